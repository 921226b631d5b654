import { ReactWidget } from '@jupyterlab/ui-components';
import React from 'react';

import type { Follower } from './follower';
import type { IPanelState } from './state';

/** Phase and verdicts in a few words; empty where there is nothing to tell. */
export function summary(state: IPanelState | null): string {
  const now = state?.stage?.steps.find(step => step.state === 'now');
  const verdicts = state?.verdicts.map(each => `${each.about}: ${each.word}`);
  return [...(now ? [now.title] : []), ...(verdicts ?? [])].join(' · ');
}

/** The item of the status bar; a click shows the panel. */
export class Status extends ReactWidget {
  constructor(
    private readonly follower: Follower,
    private readonly onClick: () => void
  ) {
    super();
    this.addClass('mlpm-Status');
    follower.changed.connect(() => this.update());
  }

  protected render(): JSX.Element | null {
    const said = summary(this.follower.current?.link.state ?? null);
    return said ? (
      <button
        className="jp-StatusBar-TextItem"
        title="Show the ML product panel"
        onClick={this.onClick}
      >
        ML: {said}
      </button>
    ) : null;
  }
}
