import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { type ISignal, Signal } from '@lumino/signaling';

import { Link } from './link';

/** A notebook and its line to the kernel. */
export interface IFollowed {
  notebook: NotebookPanel;
  link: Link;
}

/** Keeps a line for every notebook, and knows the one a person looks at. */
export class Follower {
  constructor(private readonly tracker: INotebookTracker) {
    tracker.forEach(notebook => this.follow(notebook));
    tracker.widgetAdded.connect((_, notebook) => this.follow(notebook));
    tracker.currentChanged.connect(() => {
      void this.current?.link.refresh();
      this._changed.emit();
    });
  }

  /** The notebook in front; null where there is none. */
  get current(): IFollowed | null {
    const notebook = this.tracker.currentWidget;
    const link = notebook && this.links.get(notebook);
    return link ? { notebook, link } : null;
  }

  /** Another notebook came to the front, or what its kernel tells is another. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The magics were loaded in a notebook. */
  get arrived(): ISignal<this, NotebookPanel> {
    return this._arrived;
  }

  private follow(notebook: NotebookPanel): void {
    const link = new Link(notebook.sessionContext);
    this.links.set(notebook, link);
    link.changed.connect(() => {
      if (notebook === this.tracker.currentWidget) {
        this._changed.emit();
      }
    });
    link.arrived.connect(() => this._arrived.emit(notebook));
    notebook.disposed.connect(() => {
      link.dispose();
      this.links.delete(notebook);
    });
    void link.refresh();
  }

  private readonly links = new Map<NotebookPanel, Link>();
  private readonly _changed = new Signal<this, void>(this);
  private readonly _arrived = new Signal<this, NotebookPanel>(this);
}
