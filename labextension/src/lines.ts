import listed from './commands.json';

/** What a person chooses before a magic runs. `name` is the option, empty for what stands first. */
export interface IField {
  name: string;
  kind: 'sentence' | 'table' | 'column';
  label: string;
  needed?: boolean;
}

/** A command of the palette and the menu: it writes a line with a magic and runs it. */
export interface IMagicCommand {
  id: string;
  label: string;
  caption: string;
  magic: string;
  fields: IField[];
}

export const COMMANDS = listed as IMagicCommand[];

/** What was chosen, by the name of the field. */
export type Choices = Record<string, string>;

const PLAIN = /^[A-Za-z0-9_./][\w./-]*$/;

/** A name as a shell would take it: bare where it can be, else in quotes; a backslash stays one anywhere. */
export function quoted(name: string): string {
  if (PLAIN.test(name)) {
    return name;
  }
  if (!/["\\]/.test(name)) {
    return `"${name}"`;
  }
  return name
    .split(/('+)/)
    .filter(part => part)
    .map(part => (part.startsWith("'") ? `"${part}"` : `'${part}'`))
    .join('');
}

/** The line that a command writes. */
export function line(command: IMagicCommand, choices: Choices): string {
  const words = [`%${command.magic}`];
  for (const field of command.fields) {
    const chosen = choice(field, choices);
    if (!chosen) {
      continue;
    }
    if (field.kind === 'sentence') {
      words.push(chosen);
    } else {
      words.push(field.name ? option(field.name, chosen) : first(chosen));
    }
  }
  return words.join(' ');
}

/** What has to be chosen and was not; columns are asked for only where a table was chosen. */
export function missing(
  command: IMagicCommand,
  choices: Choices
): IField | null {
  const table = command.fields.find(field => field.kind === 'table');
  const open = command.fields.filter(
    field => field.needed && !choice(field, choices)
  );
  const chosen = table && choice(table, choices);
  return open.find(field => field === table || chosen) ?? null;
}

/** The command for a line that names what is still to be chosen, such as `%ml_profile TABLE`. */
export function commandFor(typed: string): IMagicCommand | null {
  const magic = /^%+(\w+)/.exec(typed)?.[1];
  const blank = /\b(TABLE|COLUMN)\b/.test(typed);
  const command = COMMANDS.find(each => each.magic === magic);
  return command && blank ? command : null;
}

/** Where a line is still to be filled in by hand, such as at NAME; -1 where it can be run. */
export function blankAt(typed: string): number {
  const blank = typed.search(/(?<=\s)[A-Z]{3,}\b|…/);
  // what is set is the person's to say: the words on the line are an example
  return blank < 0 && /^%ml_\w+ (set|map) /.test(typed)
    ? typed.search(/"|$/)
    : blank;
}

function option(name: string, value: string): string {
  // a value that starts with a dash would be taken for an option
  const joint = value.startsWith('-') ? '=' : ' ';
  return `--${name}${joint}${quoted(value)}`;
}

function first(value: string): string {
  return quoted(value.startsWith('-') ? `./${value}` : value);
}

function choice(field: IField, choices: Choices): string {
  const chosen = choices[field.name] ?? '';
  return field.kind === 'sentence'
    ? chosen.split(/\s+/).join(' ').trim()
    : chosen;
}
