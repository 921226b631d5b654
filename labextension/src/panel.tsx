import { ReactWidget } from '@jupyterlab/ui-components';
import React from 'react';

import { news } from './changes';
import type { Follower } from './follower';
import { panelIcon } from './icon';
import { type IActs, Told } from './parts';
import type { IPanelState } from './state';

/** What the panel needs to know of the notebook in front. */
export interface IShown {
  /** The file's name; empty where no notebook is open. */
  notebook: string;
  /** Whether the magics can be loaded there. */
  python: boolean;
  loaded: boolean;
  state: IPanelState | null;
  error: string;
}

/** The panel for what is known of the notebook in front. */
export function Board(props: { shown: IShown; acts: IActs }): JSX.Element {
  const { shown, acts } = props;
  if (!shown.notebook) {
    return (
      <div className="mlpm-Board">
        <p>Open a notebook, or begin a new one.</p>
        <button className="jp-mod-styled" onClick={acts.start}>
          New ML product
        </button>
      </div>
    );
  }
  return (
    <div className="mlpm-Board">
      <p className="mlpm-Notebook">{shown.notebook}</p>
      {shown.error && (
        <p className="mlpm-Trouble" role="alert">
          {shown.error}
        </p>
      )}
      {shown.state && <Told state={shown.state} acts={acts} />}
      {!shown.state && shown.loaded && !shown.error && (
        <p>Waiting for the kernel…</p>
      )}
      {!shown.loaded && shown.python && (
        <>
          <p>
            This notebook has not loaded the magics. They ask whether ML fits
            the problem and whether the data is ready.
          </p>
          <button className="jp-mod-styled" onClick={acts.load}>
            Load them
          </button>
        </>
      )}
      {!shown.loaded && !shown.python && (
        <p>No Python kernel is running here.</p>
      )}
    </div>
  );
}

/** The side panel; it follows the notebook in front. */
export class Panel extends ReactWidget {
  constructor(
    private readonly follower: Follower,
    private readonly acts: IActs
  ) {
    super();
    this.id = 'mlpm-panel';
    this.addClass('mlpm-Panel');
    this.title.icon = panelIcon;
    this.title.caption = 'ML product: where the project stands';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'ML product');
    follower.changed.connect(() => this.update());
  }

  protected render(): JSX.Element {
    const current = this.follower.current;
    const shown = {
      notebook: current?.notebook.title.label ?? '',
      python: current?.link.python ?? false,
      loaded: current?.link.loaded ?? false,
      state: current?.link.state ?? null,
      error: current?.link.error ?? ''
    };
    // what another notebook says is not news
    const same = this.last.notebook === shown.notebook;
    const said = news(same ? this.last.state : null, shown.state);
    this.said = same ? said || this.said : '';
    this.last = shown;
    return (
      <>
        <p role="status" className="mlpm-Hidden">
          {this.said}
        </p>
        <Board shown={shown} acts={this.acts} />
      </>
    );
  }

  private last: { notebook: string; state: IPanelState | null } = {
    notebook: '',
    state: null
  };
  private said = '';
}
