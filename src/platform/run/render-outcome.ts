import type { Json } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import { toText } from '../conversion/render-text.ts';
import { toJson } from '../conversion/to-json.ts';
import { recordKinds, type RunRecord } from '../engine/run-record.ts';
import type { SecretTexts } from '../engine/secret-texts.ts';
import type { StepFailure } from '../engine/step-failure.ts';
import type { TraceEvent } from '../engine/trace-event.ts';
import type { Script } from '../script/script.ts';
import { ScriptError } from '../values/script-error.ts';
import type { Value } from '../values/value.ts';
import type { RunOutcome } from './run-outcome.ts';
import type { RunError, RunResult } from './run-result.ts';

interface Circumstances {
  script: Pick<Script, 'id' | 'lines'>;
  file: string;
  trace: readonly TraceEvent[] | undefined;
  isMasked: boolean;
}

/** A run as the contract has it: masked, or in clear for a program that asked for it. Source: the contract, section 5. */
export function renderOutcome(outcome: RunOutcome, { script, file, trace, isMasked }: Circumstances): RunResult {
  const show = showing(outcome.secrets, isMasked);
  const { record, failure } = outcome;
  const texts = (text: string): string => (isMasked ? outcome.secrets.mask(text) : text);
  return {
    script: { id: script.id ?? null, path: file },
    operation: outcome.operation,
    parameters: Object.fromEntries(Array.from(outcome.parameters, ([name, value]) => [name, show(value)])),
    outcome: outcome.outcome,
    taskStatus: outcome.taskStatus,
    value: show(outcome.value),
    error: failure === undefined ? null : renderError(failure, script, show, texts),
    response: record.response === undefined ? null : show(record.response),
    discovered: renderDiscovered(record, show),
    status: record.status.map(({ parameters, text, ...rest }) => ({
      ...rest,
      type: texts(rest.type),
      name: texts(rest.name),
      parameters: parameters.map(show),
      text: textOf(show(text)),
    })),
    log: record.log.map(({ t, text, path }) => ({ t, text: textOf(show(text)), path })),
    durationMs: outcome.durationMs,
    steps: record.steps,
    targets: outcome.targets.map(texts),
    trace: trace === undefined ? null : [...trace],
    emulationNotes: [...record.emulationNotes].map(texts),
    problems: outcome.problems.map((each): Problem => ({ ...each, message: texts(each.message) })),
  };
}

function showing(secrets: SecretTexts, isMasked: boolean): (value: Value) => Json {
  return (value) => {
    if (isMasked) return secrets.showJson(value);
    try {
      return JSON.parse(toJson(value)) as Json;
    } catch (error) {
      if (error instanceof ScriptError) return toText(null);
      throw error;
    }
  };
}

function renderDiscovered({ discovered }: RunRecord, show: (value: Value) => Json): RunResult['discovered'] {
  const [accounts, services, sshKeys, assets] = recordKinds.map((kind) =>
    discovered[kind].map((each) =>
      Object.fromEntries(Array.from(each, ([name, value]) => [name, inCamelCase(show(value))])),
    ),
  );
  return { accounts: accounts ?? [], services: services ?? [], sshKeys: sshKeys ?? [], assets: assets ?? [] };
}

/** Groups have `Name` and `Id` in the engine; in records all names begin with a small letter. */
function inCamelCase(value: Json): Json {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name.charAt(0).toLowerCase() + name.slice(1), inCamelCase(item)]),
  );
}

function renderError(
  failure: StepFailure,
  script: Pick<Script, 'lines'>,
  show: (value: Value) => Json,
  texts: (text: string) => string,
): RunError {
  const place = ({
    path,
    offset,
    library,
  }: Pick<StepFailure, 'path' | 'offset' | 'library'>): Pick<RunError, 'path' | 'line' | 'column'> => ({
    path,
    ...(library === undefined ? script.lines.placeOf(offset) : { line: null, column: null }),
  });
  const one = (each: StepFailure): Omit<RunError, 'stack' | 'cause'> => ({
    code: each.code,
    message: textOf(show(each.text)),
    hint: texts(each.hint),
    ...place(each),
  });
  const stack = failure.calls.map(({ name, ...at }) => {
    const { path, line } = place(at);
    return { name, path, line };
  });
  return { ...one(failure), stack, cause: failure.first === undefined ? null : one(failure.first) };
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
