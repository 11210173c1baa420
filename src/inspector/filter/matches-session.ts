import type { Filter, FilterField, FilterFlag, FilterWord } from './parse-filter.ts';

/** What a filter is held against, of a session or of a step. */
export interface Facets {
  fields: Readonly<Partial<Record<FilterField, readonly string[]>>>;
  /** Name of an exception, which has no field. */
  texts?: readonly string[];
  flags: readonly FilterFlag[];
}

/** Fields in which a bare word is looked for. */
const searched: readonly FilterField[] = ['session', 'hook', 'plugin', 'user', 'verdict', 'outcome', 'problem'];

/** Of a session only. */
const ofSession: readonly FilterField[] = ['session', 'origin', 'ended', 'user', 'protocol'];

/** Whether the steps of a session have to be known to hold a filter against it. */
export function needsSteps({ words }: Filter): boolean {
  return !words.every((word) => word.kind === 'field' && ofSession.includes(word.field));
}

/** Whether a step is shown. It has what its session has, so that a filter of sessions leaves their steps in. */
export function matchesStep({ words }: Filter, step: Facets, session: Facets): boolean {
  const above = { ...session, flags: [] };
  return words.every((word) => (has(step, word) || has(above, word)) !== word.isNegated);
}

/** Whether a session is shown: each word for itself holds when the session or any of its steps has it, a negated one when none has it. */
export function matchesSession({ words }: Filter, session: Facets, steps: readonly Facets[]): boolean {
  return words.every((word) => (has(session, word) || steps.some((step) => has(step, word))) !== word.isNegated);
}

function has({ fields, texts = [], flags }: Facets, word: FilterWord): boolean {
  switch (word.kind) {
    case 'flag':
      return flags.includes(word.flag);
    case 'field':
      return (fields[word.field] ?? []).some((value) => isLike(value.toLowerCase(), word.text));
    case 'text':
      return [...searched.flatMap((field) => fields[field] ?? []), ...texts].some((value) =>
        value.toLowerCase().includes(word.text),
      );
  }
}

/** As a whole; `*` in the pattern stands for any text. In linear time, whatever is typed. */
function isLike(value: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return value === pattern;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - at >= last.length && value.endsWith(last);
}
