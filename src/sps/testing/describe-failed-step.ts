import type { JsonObject } from '../../base/json.ts';
import { renderRequest } from '../../targets/matching/render-request.ts';
import { withRequest } from '../../targets/matching/with-request.ts';
import type { Mismatch } from '../../testing/compare-value.ts';
import { composeFailure, section } from '../../testing/compose-failure.ts';
import { describeMismatch, showValue } from '../../testing/describe-mismatch.ts';
import { maskMismatch } from '../../testing/mask-mismatch.ts';
import type { TestFailure } from '../../testing/test-report.ts';
import type { RunningBackends } from '../backends/running-backends.ts';
import type { CallResult, Secrets } from '../call/call-hook.ts';
import type { CallRecord } from '../call/call-record.ts';
import { maskRecord } from '../call/mask-record.ts';
import { maskWord } from '../plugin/mask-word.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';
import type { Member } from '../session/open-member.ts';
import { requireHook } from '../session/open-plugin.ts';
import { caseSecrets } from './case-secrets.ts';
import type { LoadedCase, LoadedStep, LoadedTestFile } from './read-test-file.ts';
import { renderInvoke } from './render-invoke.ts';
import { renderOutcome } from './render-outcome.ts';

export interface FailedStep {
  file: LoadedTestFile;
  each: LoadedCase;
  step: LoadedStep;
  member: Member;
  result: CallResult;
  /** At least one. */
  mismatches: readonly Mismatch[];
  answers: JsonObject;
  /** Undefined where the case has no backends. */
  running: RunningBackends | undefined;
  options: FailureOptions;
  /** Why `--update` left something alone. */
  notes?: readonly string[];
}

export interface FailureOptions {
  showSecrets: boolean;
  currentFolder: string;
  /** Options that the command that repeats a call needs too. */
  repeatOptions: readonly string[];
}

/** What a failure shows: what differs, the result, the log, and the command that repeats the call. Secrets are masked unless asked for. */
export function describeFailedStep(failed: FailedStep): TestFailure {
  const { file, each, step, result, mismatches, options } = failed;
  const secrets = knownSecrets(failed);
  const masker = options.showSecrets ? undefined : createPluginMasker(secrets.values, secrets.names);
  const record = options.showSecrets ? result.record : maskRecord(result.record, secrets, result.logLines);
  const lines = mismatches.map(({ keys }) => file.lineOf([...step.keys, 'expect', ...keys]));
  const show = (text: string): string => masker?.text(text) ?? text;
  const requests = failed.running?.records.requests ?? [];
  const texts = mismatches.map((each) =>
    describe(withRequest(masker === undefined ? each : maskMismatch(each, masker), requests, show)),
  );
  const at = each.steps.findIndex(({ keys }) => keys === step.keys);
  const where = each.steps.length > 1 ? `step ${at + 1}, ${step.hook}: ` : '';
  const shown = composeFailure({
    mismatches: texts.map((text, index) => (index === 0 ? `${where}${text}` : `line ${lines[index] ?? 0}: ${text}`)),
    below: [
      ...renderOutcome(record),
      ...section('requests', requests.map((each) => renderRequest(each, show)).join('\n')),
      ...section('log', record.outcome.log.trimEnd()),
      ...section('problems', renderProblems(record)),
      ...section('repeat', renderCommand(failed, show)),
      ...(failed.notes ?? []),
    ],
    place: lines[0] === undefined ? {} : { line: lines[0] },
  });
  const isMasked = !options.showSecrets && `${shown.message}\n${shown.detail}`.includes(maskWord);
  return isMasked ? { ...shown, detail: `${shown.detail}\n${maskWord} is masked; --show-secrets shows it` } : shown;
}

/** The complete log follows below. */
function describe(mismatch: Mismatch): string {
  const { keys, expected, got } = mismatch;
  if (keys[0] !== 'log') return describeMismatch(mismatch);
  return describeMismatch({
    ...mismatch,
    instead: `expected ${showValue(expected)}, got ${got === '' ? 'nothing' : 'another'}`,
  });
}

function renderCommand(
  { file, each, step, member, result, answers, options }: FailedStep,
  maskText: (text: string) => string,
): string {
  const { plugin, host } = member;
  const command = renderInvoke({
    ...options,
    record: result.record,
    policy: file.subject.policy,
    hook: requireHook(plugin, step.hook, host.release.api),
    step,
    configuration: each.configuration,
    answers,
    api: host.release.api,
    proxyTimeoutMs: each.proxyTimeoutMs,
    options: options.repeatOptions,
    mask: maskText,
  });
  const own = [
    ...(each.services === undefined ? [] : ['services']),
    ...(each.backends === undefined ? [] : ['backends']),
  ];
  if (own.length === 0) return command;
  return `${command}\n(with the ${own.join(' and ')} of the case in the plugin-host.yaml of the plugin)`;
}

/** What the call made known, and what the case holds in any of its steps. */
export function knownSecrets({ each, member, result }: Pick<FailedStep, 'each' | 'member' | 'result'>): Secrets {
  const { values, names } = caseSecrets(each, member.host);
  return {
    values: [...new Set([...result.secrets.values, ...values])],
    names: [...new Set([...result.secrets.names, ...names])],
  };
}

function renderProblems({ problems }: CallRecord): string {
  return problems.map(({ level, code, message, hint }) => `${level} ${code}  ${message}\n  ${hint}`).join('\n');
}
