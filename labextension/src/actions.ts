import { InputDialog } from '@jupyterlab/apputils';

import type { IFollowed } from './follower';
import { fillIn, load, run } from './insert';
import { blankAt, commandFor, type IMagicCommand, line, quoted } from './lines';
import { pick } from './picker';

/** What a click in the panel, the menu or the palette does to the notebook in front. */
export class Actions {
  constructor(private readonly current: () => IFollowed | null) {}

  /** Load the magics into the notebook. */
  async load(): Promise<void> {
    const followed = this.current();
    if (followed) {
      await load(followed);
    }
  }

  /** Ask for what a command needs, write its line below the active cell, and run it. */
  async magic(command: IMagicCommand): Promise<void> {
    const followed = this.current();
    if (!followed || !(await load(followed))) {
      return;
    }
    const { fields } = command;
    const tables = fields.length ? await followed.link.tables() : null;
    const chosen = fields.length ? await pick(command, tables) : {};
    if (chosen) {
      await run(followed.notebook, line(command, chosen));
    }
  }

  /** Do what a line says: run it, ask first for the table it names, or leave it to be filled in. */
  async type(typed: string): Promise<void> {
    const followed = this.current();
    const command = commandFor(typed);
    if (command) {
      await this.magic(command);
    } else if (followed && (await load(followed))) {
      const blank = blankAt(typed);
      if (blank < 0) {
        await run(followed.notebook, typed);
      } else {
        fillIn(followed.notebook, typed, blank);
      }
    }
  }

  /** Begin a project in the folder of the notebook. */
  async begin(): Promise<void> {
    const { value } = await InputDialog.getText({
      title: 'Begin a project',
      label: 'What is it called? It is kept in mlpm.yaml, beside the notebook.',
      placeholder: 'Churn 2026',
      okLabel: 'Begin'
    });
    const name = value?.split(/\s+/).join(' ').trim();
    const followed = this.current();
    if (name && followed && (await load(followed))) {
      await run(followed.notebook, `%ml_lifecycle start ${quoted(name)}`);
    }
  }

  /** Tick a task, or take its tick back. */
  tick(task: string, done: boolean): void {
    this.current()?.link.tick(task, done);
  }
}
