import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IStateDB } from '@jupyterlab/statedb';

import type { Follower } from './follower';
import { LOAD } from './insert';

const KEY = 'mlpm-magics:shown';

/**
 * Show the panel by itself once in a workspace: with the first notebook that has a line which loads the
 * magics, or that loads them. After that it is where the person left it.
 */
export async function showOnce(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  follower: Follower,
  database: IStateDB,
  show: () => void
): Promise<void> {
  await app.restored;
  let done = (await database.fetch(KEY)) === true;
  const once = (): void => {
    if (!done) {
      done = true;
      void database.save(KEY, true);
      show();
    }
  };
  const look = async (notebook: NotebookPanel | null): Promise<void> => {
    await notebook?.context.ready;
    if (notebook && !notebook.isDisposed && mentions(notebook)) {
      once();
    }
  };
  follower.arrived.connect(once);
  tracker.currentChanged.connect((_, notebook) => void look(notebook));
  await look(tracker.currentWidget);
}

function mentions(notebook: NotebookPanel): boolean {
  const cells = notebook.model?.sharedModel.cells ?? [];
  return cells.some(cell => cell.source.split('\n').includes(LOAD));
}
