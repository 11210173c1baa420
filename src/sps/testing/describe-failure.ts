import { indent } from '../../base/indent.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { mask } from '../../secrets/create-masker.ts';
import type { Mismatch } from '../../testing/compare-value.ts';
import type { TestFailure } from '../../testing/test-report.ts';
import type { CallResult, Secrets } from '../call/call-hook.ts';
import type { CallRecord } from '../call/call-record.ts';
import { maskRecord } from '../call/mask-record.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';
import type { Member } from '../session/open-member.ts';
import { requireHook } from '../session/open-plugin.ts';
import { caseSecrets } from './case-secrets.ts';
import { describeMismatch, renderOutcome } from './describe-mismatch.ts';
import { maskMismatch } from './mask-mismatch.ts';
import type { LoadedCase, LoadedStep, LoadedTestFile } from './read-test-file.ts';
import { renderInvoke } from './render-invoke.ts';
import type { RunOptions } from './run-case.ts';

export interface FailedStep {
  file: LoadedTestFile;
  each: LoadedCase;
  step: LoadedStep;
  member: Member;
  result: CallResult;
  /** At least one. */
  mismatches: readonly Mismatch[];
  answers: JsonObject;
  options: RunOptions;
}

/** What differs, what was got, the log, and the command that repeats the call: all that a failure shows. Secrets are masked unless asked for. */
export function describeFailure(failed: FailedStep): TestFailure {
  const { file, each, step, result, mismatches, options } = failed;
  const masker = options.showSecrets ? undefined : createFailureMasker(failed);
  const record = options.showSecrets ? result.record : maskRecord(result.record, knownSecrets(failed), result.logLines);
  const shown = mismatches.map((mismatch) => (masker === undefined ? mismatch : maskMismatch(mismatch, masker.json)));
  const lines = mismatches.map(({ keys }) => file.lineOf([...step.keys, 'expect', ...keys]));
  const at = each.steps.indexOf(step);
  const where = each.steps.length > 1 ? `step ${at + 1}, ${step.hook}: ` : '';
  const texts = shown.map(describeMismatch);
  const [first = ''] = texts;
  const [headline = '', ...rest] = first.split('\n');
  const others = texts.slice(1).map((text, index) => `line ${lines[index + 1] ?? 0}: ${text}`);
  const command = renderCommand(failed, masker?.text ?? ((text) => text));
  const detail = [
    ...rest,
    ...others,
    ...renderOutcome(record),
    ...section('log', record.outcome.log.trimEnd()),
    ...section('problems', renderProblems(record)),
    ...section('repeat', command),
  ];
  const isMasked = detail.join('\n').includes(mask) || headline.includes(mask);
  const hint = isMasked && !options.showSecrets ? [`${mask} is masked; --show-secrets shows it`] : [];
  return {
    message: `${where}${headline}`,
    detail: [...detail, ...hint].join('\n'),
    ...(lines[0] === undefined ? {} : { line: lines[0] }),
  };
}

function renderCommand(
  { each, step, member, result, answers, options }: FailedStep,
  maskText: (text: string) => string,
): string {
  const { plugin, host } = member;
  const command = renderInvoke({
    ...options,
    record: result.record,
    hook: requireHook(plugin, step.hook, host.release.api),
    step,
    configuration: each.configuration,
    answers,
    api: host.release.api,
    proxyTimeoutMs: each.proxyTimeoutMs,
    options: options.repeatOptions,
    mask: maskText,
  });
  if (each.services === undefined) return command;
  return `${command}\n(with the services of the case in the plugin-host.yaml of the plugin)`;
}

/** What the call made known, and what the case holds in any of its steps. */
function knownSecrets({ each, member, result }: FailedStep): Secrets {
  const { values, names } = caseSecrets(each, member.host);
  return {
    values: [...new Set([...result.secrets.values, ...values])],
    names: [...new Set([...result.secrets.names, ...names])],
  };
}

interface FailureMasker {
  text: (text: string) => string;
  json: (value: Json) => Json;
}

function createFailureMasker(failed: FailedStep): FailureMasker {
  const { values, names } = knownSecrets(failed);
  return createPluginMasker(values, names);
}

function renderProblems({ problems }: CallRecord): string {
  return problems.map(({ level, code, message, hint }) => `${level} ${code}  ${message}\n  ${hint}`).join('\n');
}

function section(title: string, body: string): string[] {
  return body === '' ? [] : [title, indent(body)];
}
