/** What a kernel tells the panel; `mlpm_magics/notebook/panel/state.py` makes it. */

export type Tone = 'good' | 'caution' | 'bad' | 'open' | 'plain';

export interface IStep {
  id: string;
  title: string;
  state: 'done' | 'now' | 'ahead';
}

export interface ITask {
  id: string;
  title: string;
  help: string;
  done: boolean;
}

export interface IGate {
  id: string;
  title: string;
  phase: string;
  state: 'open' | 'met' | 'waived' | 'reopened';
  why: string;
  how: string;
}

export interface IStage {
  name: string;
  phase: string;
  sentence: string;
  steps: IStep[];
  tasks: ITask[];
  gates: IGate[];
  next_step: string;
  type_next: string;
}

export interface IVerdict {
  about: string;
  word: string;
  tone: Tone;
}

export interface IQuestion {
  id: string;
  text: string;
}

export interface IFinding {
  text: string;
  on: string;
  topic: string;
  tone: Tone;
}

export interface IPanelState {
  version: number;
  magics: string[];
  stage: IStage | null;
  trouble: string;
  verdicts: IVerdict[];
  questions: IQuestion[];
  more_questions: number;
  findings: IFinding[];
  more_findings: number;
}

/** A table of the kernel, and the names of its columns. */
export interface ITable {
  name: string;
  columns: string[];
}

export interface ITables {
  tables: ITable[];
  files: string[];
}

const VERSION = 1;

/** The state in an answer of the kernel; null for anything else, such as that of another version. */
export function asState(answer: unknown): IPanelState | null {
  const state = answer as IPanelState | null;
  return state?.version === VERSION ? state : null;
}
