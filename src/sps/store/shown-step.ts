import { isJsonObject, type Json } from '../../base/json.ts';
import type { CallRecord } from '../call/call-record.ts';
import { maskRecord } from '../call/mask-record.ts';
import { maskWord } from '../plugin/mask-word.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';
import type { StoredStep } from './session-content.ts';

/** A step as `session show` and `simulate` give it. Source: product contract, JSON of `simulate`. */
export interface ShownStep extends CallRecord {
  /** From 1. */
  n: number;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** What the plugin asked the user, null when it did not. */
  question: ShownQuestion | null;
  /** What the next call of the same hook got under the question's key; null when there was none. */
  answer: string | null;
}

export interface ShownQuestion {
  key: string;
  prompt: string;
  /** False when typing is hidden and the answer is masked. */
  echo: boolean;
}

/** The steps of a session as they may be shown. A log is always masked; it was never stored unmasked. */
export function toShownSteps(steps: readonly StoredStep[], { showSecrets = false } = {}): ShownStep[] {
  const secrets = secretsOf(steps);
  return steps.map((step) => toShownStep(step, { steps, secrets, showSecrets }));
}

export interface Showing {
  /** All of the session, for the answers to questions. */
  steps: readonly StoredStep[];
  /** Of all steps; the same object for all of them, because finding secrets has to be prepared. */
  secrets: StoredStep['secrets'];
  showSecrets: boolean;
}

/** One of the steps of a session as it may be shown. */
export function toShownStep(step: StoredStep, { steps, secrets, showSecrets }: Showing): ShownStep {
  const { n, startedAt, record, logLines } = step;
  const masked = maskRecord(record, secrets, logLines);
  const shown = showSecrets ? { ...record, outcome: { ...record.outcome, log: masked.outcome.log } } : masked;
  const asked = readQuestion(record);
  const answer = asked === null ? null : findAnswer(steps, step, asked.key);
  return {
    n,
    startedAt,
    ...shown,
    question: asked && (showSecrets ? asked : maskQuestion(asked, masked)),
    answer: asked === null || answer === null || showSecrets ? answer : maskAnswer(answer, asked, secrets),
  };
}

/** A secret that became known in a later step is masked in the earlier ones too. */
export function secretsOf(steps: readonly Pick<StoredStep, 'secrets'>[]): StoredStep['secrets'] {
  return {
    values: [...new Set(steps.flatMap(({ secrets }) => secrets.values))],
    names: [...new Set(steps.flatMap(({ secrets }) => secrets.names))],
  };
}

function readQuestion({ verdict, outcome }: CallRecord): ShownQuestion | null {
  if (verdict !== 'NEEDINFO' || outcome.kind !== 'returned' || !isJsonObject(outcome.value)) return null;
  const { question } = outcome.value;
  if (!Array.isArray(question)) return null;
  const [key, prompt, disableEcho] = question;
  return typeof key === 'string' && typeof prompt === 'string' ? { key, prompt, echo: disableEcho !== true } : null;
}

/** The question as the masked record has it. */
export function maskQuestion({ echo }: ShownQuestion, masked: CallRecord): ShownQuestion {
  const { key, prompt } = readQuestion(masked) ?? { key: maskWord, prompt: maskWord };
  return { key, prompt, echo };
}

function findAnswer(steps: readonly StoredStep[], { n, record }: StoredStep, key: string): string | null {
  const next = steps.find((each) => each.n > n && isSameHook(each.record, record));
  const pairs: Json | undefined = next?.record.kwargs['key_value_pairs'];
  const answer = isJsonObject(pairs) && Object.hasOwn(pairs, key) ? pairs[key] : undefined;
  return typeof answer === 'string' ? answer : null;
}

function isSameHook(one: CallRecord, other: CallRecord): boolean {
  return one.hook === other.hook && one.plugin.type === other.plugin.type && one.plugin.name === other.plugin.name;
}

export function maskAnswer(
  answer: string,
  { key, echo }: ShownQuestion,
  { values, names }: StoredStep['secrets'],
): string {
  if (!echo && answer !== '') return maskWord;
  const masked = createPluginMasker(values, names).json({ key_value_pairs: { [key]: answer } });
  const pairs = isJsonObject(masked) ? masked['key_value_pairs'] : undefined;
  const [text] = isJsonObject(pairs) ? Object.values(pairs) : [];
  return typeof text === 'string' ? text : maskWord;
}
