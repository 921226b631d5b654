import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';

import type { Actions } from './actions';
import type { Follower } from './follower';
import { panelIcon } from './icon';
import { createStart } from './launcher';
import { COMMANDS } from './lines';
import { download, fileName, PICTURE, pngOf, svgOf } from './pictures';

export const CATEGORY = 'ML product';
export const START = 'mlpm:start';
export const SHOW = 'mlpm:show';
const SAVE_SVG = 'mlpm:save-svg';
const SAVE_PNG = 'mlpm:save-png';

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

/** The commands that write a line with a magic; those of magics that the kernel lacks are off. */
export function addMagics(
  app: JupyterFrontEnd,
  actions: Actions,
  follower: Follower
): string[] {
  for (const command of COMMANDS) {
    app.commands.addCommand(command.id, {
      label: command.label,
      caption: command.caption,
      describedBy: NO_ARGUMENTS,
      isEnabled: () => {
        const link = follower.current?.link;
        const magics = link?.state?.magics;
        return !!link?.python && (!magics || magics.includes(command.magic));
      },
      execute: () => actions.magic(command)
    });
  }
  follower.changed.connect(() => app.commands.notifyCommandChanged());
  return COMMANDS.map(command => command.id);
}

/** The command that makes a notebook to start with, in the folder that is given or open. */
export function addStart(
  app: JupyterFrontEnd,
  manager: IDocumentManager,
  show: () => void
): void {
  app.commands.addCommand(START, {
    label: args => (args.isPalette ? 'New ML Product' : 'ML product'),
    caption:
      'A notebook that asks whether ML fits, and whether the data is ready',
    icon: args => (args.isPalette ? undefined : panelIcon),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          cwd: { type: 'string', description: 'the folder of the notebook' },
          isPalette: { type: 'boolean', description: 'shown in the palette' }
        }
      }
    },
    execute: async args => {
      const path = await createStart(manager, (args.cwd as string) ?? '');
      const opened = manager.openOrReveal(path);
      show();
      return opened;
    }
  });
}

/** The command that shows the panel. */
export function addShow(app: JupyterFrontEnd, show: () => void): void {
  app.commands.addCommand(SHOW, {
    label: 'Show the Panel',
    caption:
      'Phases, gates, findings and the next step of the notebook in front',
    describedBy: NO_ARGUMENTS,
    execute: show
  });
}

/** The commands of the context menu of a picture. */
export function addPictures(app: JupyterFrontEnd): void {
  const save = (
    id: string,
    label: string,
    ending: string,
    content: (image: HTMLImageElement) => Blob | Promise<Blob>
  ): void => {
    app.commands.addCommand(id, {
      label,
      describedBy: NO_ARGUMENTS,
      execute: async () => {
        const node = app.contextMenuHitTest(each => each.matches(PICTURE));
        const image = node as HTMLImageElement | undefined;
        if (image) {
          download(await content(image), `${fileName(image)}.${ending}`);
        }
      }
    });
  };
  save(SAVE_SVG, 'Save Picture as SVG', 'svg', image => {
    return new Blob([svgOf(image)], { type: 'image/svg+xml' });
  });
  save(SAVE_PNG, 'Save Picture as PNG', 'png', pngOf);
}
