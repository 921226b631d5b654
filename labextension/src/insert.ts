import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';

import type { IFollowed } from './follower';

export const LOAD = '%load_ext mlpm_magics';

/** Write a code cell below the active one; an active cell that is empty is used. */
function write(notebook: NotebookPanel, source: string): void {
  const { content } = notebook;
  const active = content.activeCell?.model;
  if (!active || active.type !== 'code' || active.sharedModel.source.trim()) {
    NotebookActions.insertBelow(content);
  }
  NotebookActions.changeCellType(content, 'code');
  content.activeCell?.model.sharedModel.setSource(source);
}

/** The same, with what is to be filled in selected and the keyboard there. */
export function fillIn(
  notebook: NotebookPanel,
  source: string,
  at: number
): void {
  write(notebook, source);
  const { content } = notebook;
  const editor = content.activeCell?.editor;
  content.mode = 'edit';
  const to = at + (/^(".*"|[A-Z]+|…)/.exec(source.slice(at))?.[0].length ?? 0);
  const start = editor?.getPositionAt(at);
  const end = editor?.getPositionAt(to);
  if (editor && start && end) {
    editor.setSelection({ start, end });
    editor.focus();
  }
}

/** Write a cell and run it. */
export async function run(
  notebook: NotebookPanel,
  source: string
): Promise<boolean> {
  write(notebook, source);
  const { content, sessionContext } = notebook;
  const cell = content.activeCell;
  if (cell) {
    void content.scrollToCell(cell);
  }
  return NotebookActions.run(content, sessionContext);
}

/** Load the magics in a cell of their own, where they are not loaded. */
export async function load({ notebook, link }: IFollowed): Promise<boolean> {
  await notebook.sessionContext.ready;
  if (!link.loaded) {
    await link.refresh();
  }
  return link.loaded || run(notebook, LOAD);
}
