import { Dialog, showDialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import React from 'react';

import {
  type Choices,
  type IField,
  type IMagicCommand,
  missing
} from './lines';
import type { ITables } from './state';

const NONE: ITables = { tables: [], files: [] };

interface IFormProps {
  command: IMagicCommand;
  there: ITables | null;
  choices: Choices;
  complaint: string;
  onChange: (name: string, chosen: string) => void;
}

/** The fields of a command. All names are put in as text. */
export function Form(props: IFormProps): JSX.Element {
  const { command, there, choices } = props;
  const { tables, files } = there ?? NONE;
  const table = command.fields.find(field => field.kind === 'table');
  const chosen = choices[table?.name ?? ''] ?? '';
  const columns = tables.find(each => each.name === chosen)?.columns ?? [];
  const offered = {
    table: [...tables.map(t => t.name), ...files],
    column: columns
  };
  return (
    <div className="mlpm-Form">
      {props.complaint && (
        <p role="alert" className="mlpm-Form-complaint">
          {props.complaint}
        </p>
      )}
      {!there && table && (
        <p>
          The kernel is busy, so its tables cannot be listed. Type their names.
        </p>
      )}
      {there && table && !offered.table.length && (
        <p>
          No variable of this notebook holds a table yet, and no CSV, Parquet or
          JSON file lies beside it. Load one, or type the path of a file.
        </p>
      )}
      {command.fields
        .filter(field => field.kind !== 'column' || chosen)
        .map(field => (
          <Field
            key={field.name}
            field={field}
            value={choices[field.name] ?? ''}
            offered={field.kind === 'sentence' ? [] : offered[field.kind]}
            onChange={value => props.onChange(field.name, value)}
          />
        ))}
    </div>
  );
}

interface IFieldProps {
  field: IField;
  value: string;
  offered: string[];
  onChange: (value: string) => void;
}

function Field({ field, value, offered, onChange }: IFieldProps): JSX.Element {
  const given = {
    value,
    required: field.needed,
    className: 'jp-mod-styled',
    onChange: (
      event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>
    ) => onChange(event.target.value)
  };
  return (
    <label>
      <span>
        {field.label}
        {field.needed || field.kind === 'sentence' ? '' : ' (if any)'}
      </span>
      {offered.length ? (
        <select {...given}>
          <option value="">{field.needed ? 'choose…' : '—'}</option>
          {offered.map(name => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <input type="text" {...given} />
      )}
    </label>
  );
}

/** The body of the dialog: the form, and what was chosen in it. */
class Picker extends ReactWidget {
  constructor(
    private readonly command: IMagicCommand,
    private readonly there: ITables | null,
    private choices: Choices,
    private readonly complaint: string
  ) {
    super();
  }

  getValue(): Choices {
    return this.choices;
  }

  protected render(): JSX.Element {
    return (
      <Form
        command={this.command}
        there={this.there}
        choices={this.choices}
        complaint={this.complaint}
        onChange={(name, chosen) => {
          this.choices = { ...this.choices, [name]: chosen };
          this.update();
        }}
      />
    );
  }
}

/**
 * Let a person choose a table and its columns.
 *
 * @returns what was chosen; null when the dialog was closed.
 */
export async function pick(
  command: IMagicCommand,
  there: ITables | null
): Promise<Choices | null> {
  let choices = firstChoices(command, there);
  let complaint = '';
  for (;;) {
    const { button, value } = await showDialog({
      title: command.caption,
      body: new Picker(command, there, choices, complaint),
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: 'Run' })],
      focusNodeSelector: 'input, select'
    });
    if (!button.accept || !value) {
      return null;
    }
    const field = missing(command, value);
    if (!field) {
      return value;
    }
    choices = value;
    complaint = `Still to choose: ${field.label.toLowerCase()}.`;
  }
}

/** The only table there is need not be chosen. */
export function firstChoices(
  command: IMagicCommand,
  there: ITables | null
): Choices {
  const table = command.fields.find(field => field.kind === 'table');
  const only = there?.tables.length === 1 ? there.tables[0].name : '';
  return table?.needed && only ? { [table.name]: only } : {};
}
