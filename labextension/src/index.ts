import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStateDB } from '@jupyterlab/statedb';
import { IStatusBar } from '@jupyterlab/statusbar';

import { Actions } from './actions';
import {
  addMagics,
  addPictures,
  addShow,
  addStart,
  CATEGORY,
  SHOW,
  START
} from './commands';
import { Follower } from './follower';
import { hasRoom, showOnce } from './once';
import { Panel } from './panel';
import { Status } from './status';

/** The panel, its commands and the launcher tile; whatever place is missing is left out. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: 'mlpm-magics:plugin',
  description: 'Where an ML product stands, beside the notebook',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [
    IDocumentManager,
    ICommandPalette,
    ILauncher,
    ILayoutRestorer,
    IStateDB,
    IStatusBar
  ],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    manager: IDocumentManager | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    restorer: ILayoutRestorer | null,
    database: IStateDB | null,
    bar: IStatusBar | null
  ) => {
    const { commands, shell } = app;
    const follower = new Follower(tracker);
    const actions = new Actions(() => follower.current);
    const panel = new Panel(follower, {
      load: () => void actions.load(),
      begin: () => void actions.begin(),
      start: () => void commands.execute(START),
      command: id => void commands.execute(id),
      type: line => void actions.type(line),
      tick: (task, done) => actions.tick(task, done)
    });
    const show = () => shell.activateById(panel.id);
    shell.add(panel, 'right', { rank: 900 });
    restorer?.add(panel, panel.id);
    if (database) {
      void showOnce(app, tracker, follower, database, show);
    }

    const listed = [SHOW, ...addMagics(app, actions, follower)];
    addShow(app, show);
    addPictures(app);
    if (manager) {
      addStart(app, manager, () => hasRoom(window.innerWidth) && show());
      listed.push(START);
      launcher?.add({ command: START, category: 'Notebook', rank: 900 });
    }
    for (const command of listed) {
      palette?.addItem({
        command,
        category: CATEGORY,
        args: { isPalette: true }
      });
    }
    bar?.registerStatusItem('mlpm-magics:status', {
      item: new Status(follower, show),
      align: 'left',
      rank: 900
    });
  }
};

export default plugin;
