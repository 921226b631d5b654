import React, { act } from 'react';
import { createRoot } from 'react-dom/client';

import { news } from '../changes';
import { type IActs, Told } from '../parts';
import { Form, firstChoices } from '../picker';
import { COMMANDS } from '../lines';
import { asState, type IPanelState } from '../state';
import { summary } from '../status';
import told from './told.json';

// only the dialog itself needs JupyterLab's widgets; the browser tests open it
jest.mock('@jupyterlab/apputils', () => ({}));
jest.mock('@jupyterlab/ui-components', () => ({ ReactWidget: class {} }));

(
  globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }
).IS_REACT_ACT_ENVIRONMENT = true;

const state = asState(told)!;
const HOSTILE = '<img src=x onerror=alert(1)>';

function drawn(element: JSX.Element): HTMLElement {
  const node = document.createElement('div');
  act(() => createRoot(node).render(element));
  return node;
}

function acts(): IActs & { said: string[] } {
  const said: string[] = [];
  return {
    said,
    load: () => said.push('load'),
    begin: () => said.push('begin'),
    start: () => said.push('start'),
    command: id => said.push(id),
    type: line => said.push(line),
    tick: (task, done) => said.push(`${task} ${done}`)
  };
}

function changed(
  change: Partial<NonNullable<IPanelState['stage']>>
): IPanelState {
  return { ...state, stage: { ...state.stage!, ...change } };
}

describe('the panel', () => {
  it('shows what the kernel told', () => {
    const text = drawn(<Told state={state} acts={acts()} />).textContent!;
    const stage = state.stage!;
    for (const said of [
      stage.name,
      stage.sentence,
      stage.next_step,
      ...stage.tasks.map(task => task.title),
      ...state.verdicts.map(verdict => verdict.word),
      ...state.questions.map(question => question.text),
      ...state.findings.map(finding => finding.text)
    ]) {
      expect(text).toContain(said);
    }
  });

  it('marks the step of now for everybody', () => {
    const node = drawn(<Told state={state} acts={acts()} />);
    const now = node.querySelectorAll('[aria-current=step]');
    expect(now).toHaveLength(1);
    expect(now[0].textContent).toContain('Data');
    expect(now[0].textContent).toContain('now');
  });

  it('says why a gate is open again, before the others', () => {
    const node = drawn(<Told state={state} acts={acts()} />);
    const gates = [...node.querySelectorAll('details')].find(
      section => section.querySelector('h3')?.textContent === 'Gate'
    )!;
    const [first] = gates.querySelectorAll('li');
    const reopened = state.stage!.gates.find(g => g.state === 'reopened')!;
    expect(first.textContent).toContain('Open again, Problem');
    expect(first.textContent).toContain(reopened.why);
  });

  it('ticks a task and writes a line on a click', () => {
    const done = acts();
    const node = drawn(<Told state={state} acts={done} />);
    const box = node.querySelector<HTMLInputElement>('input[type=checkbox]')!;
    act(() => box.click());
    act(() => node.querySelector<HTMLElement>('.mlpm-Line')!.click());
    expect(done.said).toEqual([
      `${state.stage!.tasks[0].id} ${!state.stage!.tasks[0].done}`,
      state.stage!.type_next
    ]);
  });

  it('puts in every name as text', () => {
    const hostile = JSON.parse(
      JSON.stringify(state, (_, value) =>
        typeof value === 'string' && value.includes(' ') ? HOSTILE : value
      )
    );
    const node = drawn(<Told state={hostile} acts={acts()} />);
    expect(node.querySelector('img')).toBeNull();
    expect(node.textContent).toContain(HOSTILE);
  });

  it('sets names between backticks apart, whatever they hold', () => {
    const found = (text: string) =>
      drawn(
        <Told
          state={{
            ...state,
            findings: [{ text, on: 'x', topic: 'x', tone: 'bad' }]
          }}
          acts={acts()}
        />
      );
    const named = found('`<b>a</b>` alone gives `y`.');
    const codes = [...named.querySelectorAll('.mlpm-Points div > code')];
    expect(codes.map(code => code.textContent)).toEqual(['<b>a</b>', 'y']);
    expect(found('one ` alone').textContent).toContain('one ` alone');
  });

  it('has a finding and a question explained with a click', () => {
    const done = acts();
    const node = drawn(<Told state={state} acts={done} />);
    node
      .querySelectorAll<HTMLElement>('.mlpm-Topic')
      .forEach(button => act(() => button.click()));
    const { findings, questions } = state;
    const topics = [
      ...findings.map(found => found.topic),
      ...questions.map(question => question.id)
    ];
    expect(topics.length).toBeGreaterThan(1);
    expect(done.said).toEqual(topics.map(topic => `%ml_help ${topic}`));
  });

  it('offers to begin where there is no project', () => {
    const done = acts();
    const empty = { ...state, stage: null, verdicts: [] };
    const node = drawn(<Told state={empty} acts={done} />);
    node
      .querySelectorAll<HTMLElement>('button:not(.mlpm-Topic)')
      .forEach(button => act(() => button.click()));
    expect(done.said).toEqual([
      'mlpm:check-fit',
      'mlpm:profile',
      'begin',
      '%ml_fit'
    ]);
  });

  it('has no use for the state of another version', () => {
    expect(asState({ ...state, version: 2 })).toBeNull();
    expect(asState(null)).toBeNull();
    expect(asState(undefined)).toBeNull();
  });
});

describe('news', () => {
  it('is the sentence where it changed, and what is open again', () => {
    expect(news(state, state)).toBe('');
    expect(news(state, changed({ sentence: 'On.' }))).toBe('On.');
    const [gate] = state.stage!.gates.filter(g => g.state === 'reopened');
    const before = changed({ gates: [{ ...gate, state: 'met' }] });
    expect(news(before, state)).toBe(`Open again: ${gate.title}. ${gate.why}.`);
  });

  it('is nothing without a project', () => {
    expect(news(null, null)).toBe('');
    expect(news(state, { ...state, stage: null })).toBe('');
  });
});

describe('the status item', () => {
  it('says phase and verdicts', () => {
    expect(summary(state)).toBe(
      'Data · Fit: Not a fit as framed · Data: Ready'
    );
  });

  it('is empty where there is nothing to tell', () => {
    expect(summary(null)).toBe('');
    expect(summary({ ...state, stage: null, verdicts: [] })).toBe('');
  });
});

describe('the form', () => {
  const profile = COMMANDS.find(command => command.id === 'mlpm:profile')!;
  const there = {
    tables: [{ name: 'churn', columns: [HOSTILE, 'left'] }],
    files: ['sales.csv']
  };
  const form = (choices: Record<string, string>, tables = there) =>
    drawn(
      <Form
        command={profile}
        there={tables}
        choices={choices}
        complaint=""
        onChange={() => undefined}
      />
    );

  it('offers tables and files, and columns once a table is chosen', () => {
    expect([...form({}).querySelectorAll('option')].map(o => o.value)).toEqual([
      '',
      'churn',
      'sales.csv'
    ]);
    const chosen = form({ '': 'churn' });
    expect(chosen.querySelectorAll('select')).toHaveLength(5);
    expect(chosen.querySelector('img')).toBeNull();
    expect(chosen.textContent).toContain(HOSTILE);
  });

  it('lets a column be typed where its table cannot be listed', () => {
    expect(form({ '': 'sales.csv' }).querySelectorAll('input')).toHaveLength(4);
  });

  it('has a label for every control', () => {
    for (const control of form({ '': 'churn' }).querySelectorAll('select')) {
      expect(control.closest('label')?.textContent).toBeTruthy();
    }
  });

  it('takes the only table there is', () => {
    expect(firstChoices(profile, there)).toEqual({ '': 'churn' });
    expect(firstChoices(profile, { tables: [], files: [] })).toEqual({});
    expect(firstChoices(profile, null)).toEqual({});
  });
});
