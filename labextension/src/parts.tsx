import React from 'react';

import type {
  IFinding,
  IGate,
  IPanelState,
  IQuestion,
  IStage,
  IStep,
  ITask,
  IVerdict,
  Tone
} from './state';

/** What can be clicked in the panel. */
export interface IActs {
  load: () => void;
  begin: () => void;
  start: () => void;
  command: (id: string) => void;
  type: (line: string) => void;
  tick: (task: string, done: boolean) => void;
}

const SIGNS: Record<Tone, string> = {
  good: '✔',
  caution: '▲',
  bad: '✖',
  open: '?',
  plain: '•'
};
const STEP_WORDS = { done: 'done', now: 'now', ahead: 'ahead' };
const STEP_SIGNS = { done: '✔', now: '▶', ahead: '○' };
const GATES: Record<IGate['state'], { word: string; tone: Tone }> = {
  open: { word: 'Open', tone: 'open' },
  met: { word: 'Met', tone: 'good' },
  waived: { word: 'Waived', tone: 'caution' },
  reopened: { word: 'Open again', tone: 'bad' }
};

function Sign({ tone }: { tone: Tone }): JSX.Element {
  return (
    <span className={`mlpm-Sign mlpm-mod-${tone}`} aria-hidden="true">
      {SIGNS[tone]}
    </span>
  );
}

/** A sentence of the kernel, in which names stand between backticks. */
function Sentence({ text }: { text: string }): JSX.Element {
  const parts = text.split('`');
  return (
    <>
      {parts.length % 2
        ? parts.map((part, at) =>
            at % 2 ? <code key={at}>{part}</code> : part
          )
        : text}
    </>
  );
}

/** A part that can be folded; it stays as the person left it when what is in it changes. */
function Section(props: {
  title: string;
  count?: string;
  children: React.ReactNode;
}): JSX.Element {
  return (
    <details className="mlpm-Section" open>
      <summary>
        <h3>{props.title}</h3>
        {props.count && <span className="mlpm-Why"> {props.count}</span>}
      </summary>
      {props.children}
    </details>
  );
}

/** A line to type, as a button that writes it into the notebook. */
function Line(props: { line: string; acts: IActs }): JSX.Element {
  return (
    <button
      className="mlpm-Line"
      title="Write this line into the notebook"
      onClick={() => props.acts.type(props.line)}
    >
      <code>{props.line}</code>
    </button>
  );
}

/** The name of what a line is about, as a button that has it explained in the notebook. */
function Topic(props: {
  topic: string;
  title?: string;
  acts: IActs;
}): JSX.Element {
  return (
    <button
      className="mlpm-Topic"
      title="Explain this in the notebook"
      onClick={() => props.acts.type(`%ml_help ${props.topic}`)}
    >
      {props.title ?? props.topic}
    </button>
  );
}

export function Stepper({ steps }: { steps: IStep[] }): JSX.Element {
  return (
    <nav aria-label="Phases">
      <ol className="mlpm-Stepper">
        {steps.map(step => (
          <li
            key={step.id}
            className={`mlpm-Step mlpm-mod-${step.state}`}
            aria-current={step.state === 'now' ? 'step' : undefined}
          >
            <span aria-hidden="true">{STEP_SIGNS[step.state]}</span>{' '}
            {step.title}
            <span className="mlpm-Hidden"> ({STEP_WORDS[step.state]})</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Next({ stage, acts }: { stage: IStage; acts: IActs }): JSX.Element {
  return (
    <Section title="Next">
      <p>{stage.next_step}</p>
      {stage.type_next && <Line line={stage.type_next} acts={acts} />}
    </Section>
  );
}

function Tasks(props: { tasks: ITask[]; acts: IActs }): JSX.Element {
  const done = props.tasks.filter(task => task.done).length;
  return (
    <Section title="Tasks" count={`${done} of ${props.tasks.length} done`}>
      <ul className="mlpm-Tasks">
        {props.tasks.map(task => (
          <li key={task.id}>
            <label title={task.help}>
              <input
                type="checkbox"
                checked={task.done}
                onChange={event =>
                  props.acts.tick(task.id, event.target.checked)
                }
              />{' '}
              <span>{task.title}</span>
            </label>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The gate of the phase; of earlier ones only what is open again. */
function Gates({ stage, acts }: { stage: IStage; acts: IActs }): JSX.Element {
  const titles = new Map(stage.steps.map(step => [step.id, step.title]));
  const gates = stage.gates.filter(
    gate => gate.phase === stage.phase || gate.state === 'reopened'
  );
  const passed = gates.filter(gate => weight(gate) > 1).length;
  gates.sort((a, b) => weight(a) - weight(b));
  return (
    <Section title="Gate" count={`${passed} of ${gates.length} passed`}>
      <ul className="mlpm-Points">
        {gates.map(gate => {
          const { word, tone } = GATES[gate.state];
          const earlier =
            gate.phase === stage.phase ? '' : `, ${titles.get(gate.phase)}`;
          return (
            <li key={gate.id}>
              <Sign tone={tone} />
              <div>
                <b>
                  {word}
                  {earlier}:
                </b>{' '}
                {gate.title}
                {gate.state !== 'met' && gate.why && !isTask(gate) && (
                  <div className="mlpm-Why">{gate.why}</div>
                )}
                {gate.how && gate.how !== stage.type_next && !isTask(gate) && (
                  <Line line={gate.how} acts={acts} />
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** Whether ticking a task is all it takes; the task stands above. */
function isTask(gate: IGate): boolean {
  return gate.state === 'open' && /^%ml_lifecycle done \w+$/.test(gate.how);
}

function weight(gate: IGate): number {
  return ['reopened', 'open', 'waived', 'met'].indexOf(gate.state);
}

function Verdicts({ verdicts }: { verdicts: IVerdict[] }): JSX.Element {
  return (
    <ul className="mlpm-Verdicts" aria-label="Verdicts">
      {verdicts.map(verdict => (
        <li key={verdict.about}>
          <Sign tone={verdict.tone} />
          <span>
            {verdict.about}: <b>{verdict.word}</b>
          </span>
        </li>
      ))}
    </ul>
  );
}

function More({ count }: { count: number }): JSX.Element | null {
  return count ? <p className="mlpm-Why">and {count} more</p> : null;
}

function Questions(props: {
  questions: IQuestion[];
  more: number;
  acts: IActs;
}): JSX.Element {
  return (
    <Section title="Open questions">
      <ul className="mlpm-Points">
        {props.questions.map(question => (
          <li key={question.id}>
            <Sign tone="open" />
            <div>
              {question.text} <Topic topic={question.id} acts={props.acts} />
            </div>
          </li>
        ))}
      </ul>
      <More count={props.more} />
      <Line line="%ml_fit" acts={props.acts} />
    </Section>
  );
}

function Findings(props: {
  findings: IFinding[];
  more: number;
  acts: IActs;
}): JSX.Element {
  return (
    <Section title="Findings">
      <ul className="mlpm-Points">
        {props.findings.map((finding, at) => (
          <li key={at}>
            <Sign tone={finding.tone} />
            <div>
              <Sentence text={finding.text} />{' '}
              <Topic
                topic={finding.topic}
                title={finding.on}
                acts={props.acts}
              />
            </div>
          </li>
        ))}
      </ul>
      <More count={props.more} />
    </Section>
  );
}

/** Where to begin, while nothing was asked yet. */
function First({ acts }: { acts: IActs }): JSX.Element {
  return (
    <Section title="Ask first">
      <button
        className="jp-mod-styled"
        onClick={() => acts.command('mlpm:check-fit')}
      >
        Does ML fit the problem?
      </button>
      <button
        className="jp-mod-styled"
        onClick={() => acts.command('mlpm:profile')}
      >
        Is the data ready?
      </button>
    </Section>
  );
}

function NoProject({ acts }: { acts: IActs }): JSX.Element {
  return (
    <Section title="Project">
      <p>
        There is none in this folder. A project keeps what was decided, by whom
        and why, in one file.
      </p>
      <button className="jp-mod-styled" onClick={acts.begin}>
        Begin a project
      </button>
    </Section>
  );
}

/** Everything that a kernel told. */
export function Told(props: { state: IPanelState; acts: IActs }): JSX.Element {
  const { state, acts } = props;
  const { stage } = state;
  return (
    <>
      {state.trouble && (
        <p className="mlpm-Trouble">
          <Sign tone="bad" />
          {state.trouble}
        </p>
      )}
      {stage && (
        <>
          <h2>{stage.name}</h2>
          <Stepper steps={stage.steps} />
          <p>{stage.sentence}</p>
        </>
      )}
      {state.verdicts.length > 0 ? (
        <Verdicts verdicts={state.verdicts} />
      ) : (
        !stage && <First acts={acts} />
      )}
      {stage && <Next stage={stage} acts={acts} />}
      {!stage && !state.trouble && <NoProject acts={acts} />}
      {state.findings.length > 0 && (
        <Findings
          findings={state.findings}
          more={state.more_findings}
          acts={acts}
        />
      )}
      {stage && (
        <>
          <Tasks tasks={stage.tasks} acts={acts} />
          <Gates stage={stage} acts={acts} />
        </>
      )}
      {state.questions.length > 0 && (
        <Questions
          questions={state.questions}
          more={state.more_questions}
          acts={acts}
        />
      )}
    </>
  );
}
