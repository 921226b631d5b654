import { blankAt, COMMANDS, commandFor, line, missing, quoted } from '../lines';

const by = (id: string) => COMMANDS.find(command => command.id === id)!;

describe('a line', () => {
  it('leaves out what was not chosen', () => {
    const chosen = { '': 'churn', target: 'left', time: '' };
    expect(line(by('mlpm:profile'), chosen)).toBe(
      '%ml_profile churn --target left'
    );
  });

  it('keeps a sentence as it was written, on one line', () => {
    const chosen = { sentence: "  What's 5 $\n{worth}? " };
    expect(line(by('mlpm:check-fit'), chosen)).toBe(
      "%ml_fit What's 5 $ {worth}?"
    );
  });

  it('keeps the spaces of a name', () => {
    const chosen = { '': 't', target: ' a  b ' };
    expect(line(by('mlpm:baseline'), chosen)).toBe(
      '%ml_baseline t --target " a  b "'
    );
  });

  it('does not let a name pass for an option', () => {
    const chosen = { '': '-x.csv', target: '--out' };
    expect(line(by('mlpm:features'), chosen)).toBe(
      '%ml_features ./-x.csv --target="--out"'
    );
  });

  it.each([
    ['plain_1', 'plain_1'],
    ['data/my.csv', 'data/my.csv'],
    ['two words', '"two words"'],
    ['really?', '"really?"'],
    ["men's", '"men\'s"'],
    ['say "hi"', '\'say "hi"\''],
    ['C:\\data', "'C:\\data'"],
    ['"it\'s"', `'"it'"'"'s"'`],
    ['<img src=x>', '"<img src=x>"'],
    ['größe', '"größe"']
  ])('writes the name %s as %s', (name, written) => {
    expect(quoted(name)).toBe(written);
  });
});

describe('what is missing', () => {
  it('is the table first, then the target', () => {
    const baseline = by('mlpm:baseline');
    expect(missing(baseline, {})?.kind).toBe('table');
    expect(missing(baseline, { '': 't' })?.name).toBe('target');
    expect(missing(baseline, { '': 't', target: 'y' })).toBeNull();
  });

  it('is no column where no table was chosen', () => {
    const fit = by('mlpm:check-fit');
    expect(missing(fit, {})).toBeNull();
    expect(missing(fit, { sentence: 'Which?' })).toBeNull();
    expect(missing(fit, { data: 't' })?.name).toBe('target');
  });
});

describe('a line to type', () => {
  it('with a table to choose belongs to a command', () => {
    const typed = '%ml_profile TABLE --target COLUMN';
    expect(commandFor(typed)?.id).toBe('mlpm:profile');
    expect(commandFor('%ml_fit')).toBeNull();
    expect(commandFor('%ml_lifecycle done set_goal')).toBeNull();
  });

  it('with a part to fill in is not run', () => {
    expect(blankAt('%ml_check NAME')).toBe(10);
    expect(blankAt('%ml_lifecycle waive costs --because "…"')).toBe(37);
    expect(blankAt('%ml_lifecycle advance')).toBe(-1);
  });

  it('with an example in it is not run', () => {
    const typed = '%ml_lifecycle set goal "20 % fewer, or stop"';
    expect(blankAt(typed)).toBe(typed.indexOf('"'));
    expect(blankAt('%ml_empathy map missed "…"')).toBe(24);
  });
});
