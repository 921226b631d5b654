import type { IPanelState } from './state';

/** What is new, in a sentence for those who do not see the panel change; empty when nothing is. */
export function news(
  before: IPanelState | null,
  after: IPanelState | null
): string {
  const now = after?.stage;
  if (!now) {
    return after && before && after.trouble !== before.trouble
      ? after.trouble
      : '';
  }
  const was = before?.stage;
  if (!was || was.name !== now.name) {
    return `${now.name}: ${now.sentence}`;
  }
  const reopened = now.gates.filter(
    gate =>
      gate.state === 'reopened' &&
      was.gates.every(old => old.id !== gate.id || old.state !== 'reopened')
  );
  const said = reopened.map(gate => `Open again: ${gate.title}. ${gate.why}.`);
  if (was.sentence !== now.sentence) {
    said.push(now.sentence);
  }
  return said.join(' ');
}
