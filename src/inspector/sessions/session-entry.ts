import { isFailure } from '../../base/is-failure.ts';
import { createPluginMasker } from '../../sps/plugin/plugin-secrets.ts';
import type { StoredStep } from '../../sps/store/session-content.ts';
import { type SessionFacts, toShownFacts, unknownFacts } from '../../sps/store/session-facts.ts';
import type { SessionReader } from '../../sps/store/session-reader.ts';
import type { RunningCall } from '../../sps/store/stored-sessions.ts';
import { facetsOfStep, isSlow } from '../filter/facets-of-step.ts';
import type { Facets } from '../filter/matches-session.ts';
import type { SessionElement } from './session-element.ts';
import { addSecrets } from './step-cache.ts';

/** What is known of a session without reading it. */
export interface SessionEntry {
  element: SessionElement;
  /** Of its steps. */
  facets: Facets[];
  secrets: StoredStep['secrets'];
  running: RunningCall | undefined;
}

export interface ReadEntry {
  entry: SessionEntry;
  /** Steps that the former entry did not have. */
  added: StoredStep[];
  /** Everything is to be read anew: it is another session of the same name. */
  isOther: boolean;
}

const noSecrets = { values: [], names: [] };

/** Reads what a session has, or what it has more than before. */
export function readEntry(
  reader: SessionReader,
  name: string,
  former: SessionEntry | undefined,
  showSecrets: boolean,
): ReadEntry {
  const facts = reader.facts();
  const summary = reader.summary();
  const isOther =
    former !== undefined &&
    former.element.steps > 0 &&
    (former.element.createdAt !== summary.createdAt ||
      summary.steps < former.element.steps ||
      facts.origin === 'import');
  const known = isOther ? undefined : former;
  const added = reader.steps(known?.element.steps ?? 0);
  const secrets = addSecrets(known?.secrets ?? noSecrets, added);
  // What became known as secret may stand in what was found before.
  const isMaskedAnew = known !== undefined && known.secrets !== secrets;
  const all = isMaskedAnew ? reader.steps() : added;
  const start = isMaskedAnew ? emptyElement(name) : (known?.element ?? emptyElement(name));
  const head = { ...start, ...toShownFacts(facts, secrets, { showSecrets }), ...summary, problem: null };
  const element = addSteps(head, all);
  const mask = showSecrets ? (text: string) => text : textMaskerOf(secrets);
  const facets = all.map((step) => facetsOf(step, mask));
  return {
    entry: {
      element,
      facets: isMaskedAnew ? facets : [...(known?.facets ?? []), ...facets],
      secrets,
      running: undefined,
    },
    added,
    isOther,
  };
}

/** Of a session that is not there yet, or cannot be read. */
export function emptyElement(name: string, facts: Partial<SessionFacts> = {}): SessionElement {
  return {
    name,
    ...toShownFacts({ ...unknownFacts, ...facts }, noSecrets),
    createdAt: '',
    steps: 0,
    lastHook: null,
    lastAt: null,
    problem: null,
    verdict: null,
    plugins: [],
    durationMs: 0,
    errors: 0,
    slow: 0,
  };
}

function addSteps(element: SessionElement, steps: readonly StoredStep[]): SessionElement {
  const plugins = [...element.plugins];
  let { verdict, durationMs, errors, slow } = element;
  for (const { record } of steps) {
    const { name, version, type } = record.plugin;
    const isKnown = plugins.some((each) => each.name === name && each.version === version && each.type === type);
    if (!isKnown) plugins.push({ name, version, type });
    verdict = record.verdict ?? verdict;
    durationMs += record.outcome.durationMs;
    if (isFailure(record)) errors += 1;
    if (isSlow(record)) slow += 1;
  }
  return { ...element, plugins, verdict, durationMs, errors, slow };
}

/** Without what the filter does not need, because it stays in memory. */
function facetsOf({ record }: StoredStep, mask: (text: string) => string): Facets {
  const { outcome } = record;
  const exception = outcome.kind === 'raised' ? { exception: mask(outcome.exception) } : {};
  return facetsOfStep({ ...record, outcome: { kind: outcome.kind, durationMs: outcome.durationMs, ...exception } });
}

/** Made when it is first needed: few steps raise. */
function textMaskerOf({ values, names }: StoredStep['secrets']): (text: string) => string {
  let masker: ReturnType<typeof createPluginMasker> | undefined;
  return (text) => (masker ??= createPluginMasker(values, names)).text(text);
}
