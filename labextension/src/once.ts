import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IStateDB } from '@jupyterlab/statedb';

import type { Follower } from './follower';
import { LOAD } from './insert';

const KEY = 'mlpm-magics:shown';
const ROOM = 900; // pixels; in a narrower window the panel leaves a notebook too little

/** Whether a notebook can be read with the panel beside it. */
export function hasRoom(width: number): boolean {
  return width >= ROOM;
}

/**
 * Show the panel by itself once in a workspace: with the first notebook that has a line which loads the
 * magics, or that loads them, while the window has room. After that it is where the person left it.
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
    if (!done && hasRoom(window.innerWidth)) {
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
