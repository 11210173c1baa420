import { expect } from 'vitest';
import type { TraceEvent } from '../../../src/platform/engine/trace-event.ts';
import { loadScript } from '../../../src/platform/run/load-script.ts';
import { readAllowList, readConnectTo } from '../../../src/platform/run/read-allow-list.ts';
import { renderOutcome } from '../../../src/platform/run/render-outcome.ts';
import { requireOperation } from '../../../src/platform/run/require-operation.ts';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import { startRun } from '../../../src/platform/run/start-run.ts';
import { findScript } from './find-script.ts';
import { writeRow } from './script-rows.ts';

/** Where a script is run, and with what. */
export interface Surroundings {
  /** Names that an operation does not declare are passed over. */
  parameters: Readonly<Record<string, unknown>>;
  /** `HOST:PORT:HOST2:PORT2` */
  connectTo?: readonly string[];
  /** Hosts besides loopback: those that a proxy connects to. */
  allow?: readonly string[];
  /** PEM */
  ca?: string;
  /** Whether an error of the script is passed over. */
  isForced?: boolean;
}

/** What an operation is expected to come to. */
export const success = { outcome: 'success', error: null };
export const mismatch = { outcome: 'mismatch', value: false };
export const failure = { outcome: 'failure', value: false };

export interface Asked {
  script: string;
  operation: string;
  /** For the table. */
  situation: string;
  parameters?: Readonly<Record<string, unknown>>;
}

/** Runs an operation of a published script, holds it against what its text says, and adds it to the table. */
export async function operate(
  { parameters, connectTo = [], allow = [], ca, isForced = false }: Surroundings,
  { script: name, operation: asked, situation, parameters: own }: Asked,
  expected: object,
): Promise<RunResult> {
  const file = findScript(name);
  const { script } = loadScript(file, isForced);
  const operation = requireOperation(script, file, asked);
  const trace: TraceEvent[] = [];
  const data = Object.entries({ ...parameters, ...own });
  const values = new Map(data.map(([each, value]) => [each, { data: value as string | null }]));
  const outcome = await startRun(script, file, operation, {
    sources: [{ name: 'parameters', values, isStrict: false }],
    connectTo: connectTo.map(readConnectTo),
    allow: readAllowList(allow),
    authorities: ca,
    maxRunMs: 120_000,
    onTrace: (event) => trace.push(event),
  });
  const result = renderOutcome(outcome, { script, file, trace, isMasked: false });
  expect(result, explain(result)).toMatchObject(expected);
  const sent = (kind: string, text: RegExp): number =>
    trace.filter((event) => event.kind === kind && event.phase === 'start' && text.test(event.text ?? '')).length;
  const table = process.env['PLUGIN_HOST_SCRIPT_ROWS'];
  if (table !== undefined)
    writeRow(table, {
      script: name,
      operation: operation.name,
      situation,
      outcome: outcomeOf(result),
      requests: sent('http', /^Sending request/),
      commands: sent('ssh', /^(Send|Execute) :/),
      isForced,
    });
  return result;
}

/** An error with its code, and that of the first one on the way to it. */
function outcomeOf({ outcome, error }: RunResult): string {
  if (error === null) return outcome;
  return [outcome, error.code, ...(error.cause === null ? [] : [`from ${error.cause.code}`])].join(' ');
}

/** What a failing test shows. */
function explain({ operation, outcome, error, status, log, trace }: RunResult): string {
  const said = (trace ?? []).flatMap(({ kind, text, why }) => (kind === 'ssh' ? [`${text ?? ''} [${why ?? ''}]`] : []));
  const shown = {
    operation,
    outcome,
    error,
    status: status.map(({ text }) => text),
    log: log.map(({ text }) => text),
    said,
  };
  return JSON.stringify(shown, undefined, 1);
}
