import { isFailure } from '../../base/is-failure.ts';
import { createPluginMasker } from '../../sps/plugin/plugin-secrets.ts';
import { readSummary, unreadSummary } from '../../sps/store/read-summary.ts';
import type { StoredStep } from '../../sps/store/session-content.ts';
import { toShownFacts } from '../../sps/store/session-facts.ts';
import type { SessionReader } from '../../sps/store/session-reader.ts';
import type { RunningCall } from '../../sps/store/stored-sessions.ts';
import { facetsOfStep, isSlow } from '../filter/facets-of-step.ts';
import type { Facets } from '../filter/matches-session.ts';
import type { SessionElement } from './session-element.ts';
import { addSecrets } from './step-cache.ts';

/** What is known of a session without reading it. */
export interface SessionEntry {
  element: SessionElement;
  /** Of its steps, each once. */
  facets: Facets[];
  /** Undefined: they have not been read. */
  secrets: StoredStep['secrets'] | undefined;
  running: RunningCall | undefined;
  /** Of its file before it was read. */
  stamp: string | undefined;
  /** The steps have not been read: what comes of them is missing. */
  isHead: boolean;
}

export interface ReadEntry {
  entry: Pick<SessionEntry, 'element' | 'facets'> & { secrets: StoredStep['secrets'] };
  /** Steps that the former entry did not have. */
  added: StoredStep[];
  /** Everything is to be read anew: it is another session of the same name. */
  isOther: boolean;
}

const noSecrets = { values: [], names: [] };

/** Reads what a list needs to know which sessions it shows. */
export function readHead(reader: SessionReader, name: string, showSecrets: boolean): SessionEntry {
  const element = { ...emptyElement(name), ...readSummary(reader, name, { showSecrets }) };
  return { ...unreadEntry(element), secrets: undefined, isHead: true };
}

/** Of a session without a step, or one that cannot be read. */
export function unreadEntry(element: SessionElement): SessionEntry {
  return { element, facets: [], secrets: noSecrets, running: undefined, stamp: undefined, isHead: false };
}

/** Whether somebody who has seen one entry of a session sees a change in the next one. */
export function isSeenChange(former: SessionEntry | undefined, next: SessionEntry): boolean {
  if (former === undefined) return true;
  const { verdict, plugins, durationMs, errors, slow, ...head } = former.element;
  const seen = former.isHead ? { ...next.element, ...head } : former.element;
  return JSON.stringify(seen) !== JSON.stringify(next.element) || former.running?.startedAt !== next.running?.startedAt;
}

/**
 * Reads what a session has, or what it has more than before.
 * @param isTold Somebody has changed it, so one that was imported may be another one.
 */
export function readEntry(
  reader: SessionReader,
  name: string,
  { former, showSecrets, isTold = true }: { former?: SessionEntry | undefined; showSecrets: boolean; isTold?: boolean },
): ReadEntry {
  const facts = reader.facts();
  const summary = reader.summary();
  const isOther =
    former !== undefined &&
    former.element.steps > 0 &&
    (former.element.createdAt !== summary.createdAt ||
      summary.steps < former.element.steps ||
      (isTold && facts.origin === 'import'));
  const before = isOther ? 0 : (former?.element.steps ?? 0);
  let known = isOther || former?.secrets === undefined ? undefined : former;
  let steps = reader.steps(known?.element.steps ?? 0);
  const added = steps.filter(({ n }) => n > before);
  let secrets = addSecrets(known?.secrets ?? noSecrets, steps);
  if (known !== undefined && known.secrets !== secrets) {
    // What became known as secret may stand in what was found before.
    known = undefined;
    steps = reader.steps();
    secrets = addSecrets(noSecrets, steps);
  }
  const start = known?.element ?? emptyElement(name);
  const head = { ...start, ...toShownFacts(facts, secrets, { showSecrets }), ...summary, problem: null };
  const element = addSteps(head, steps);
  const mask = showSecrets ? (text: string) => text : textMaskerOf(secrets);
  const facets = steps.map((step) => facetsOf(step, mask));
  return { entry: { element, facets: eachOnce([...(known?.facets ?? []), ...facets]), secrets }, added, isOther };
}

/** Of a session that is not there yet, or cannot be read. */
export function emptyElement(name: string, problem: string | null = null): SessionElement {
  const ofSteps = { verdict: null, plugins: [], durationMs: 0, errors: 0, slow: 0 };
  return { ...unreadSummary(name, problem), ...ofSteps };
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

/** Most steps of a session are like another one of it. */
function eachOnce(facets: readonly Facets[]): Facets[] {
  return [...new Map(facets.map((each) => [JSON.stringify(each), each])).values()];
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
