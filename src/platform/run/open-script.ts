import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import type { PlainJson } from '../conversion/from-json.ts';
import { KeptTrace } from '../engine/kept-trace.ts';
import type { StatusEntry } from '../engine/run-record.ts';
import type { TraceEvent } from '../engine/trace-event.ts';
import type { Claimant } from '../network/dialer.ts';
import { functionsOf, operationsOf, type Script } from '../script/script.ts';
import { loadScript } from './load-script.ts';
import { readAllowList, readConnectTo } from './read-allow-list.ts';
import { renderOutcome } from './render-outcome.ts';
import { changesTarget, requireOperation } from './require-operation.ts';
import type { RunResult } from './run-result.ts';
import { startRun } from './start-run.ts';

/** How a program runs an operation; all times are milliseconds. */
export interface ScriptRunOptions {
  /** Values by name; names that the operation does not declare are refused. */
  parameters?: Readonly<Record<string, PlainJson>>;
  /** With them nothing else is reached. */
  targets?: readonly Claimant[];
  /** `HOST[:PORT]`, `*.DOMAIN`, CIDR: reached besides loopback. */
  allow?: readonly string[];
  /** `HOST:PORT:HOST2:PORT2`. */
  connectTo?: readonly string[];
  /** PEM, trusted besides the system's authorities. */
  ca?: string;
  /** Confirms an operation that changes the target. */
  yes?: boolean;
  acceptHostKey?: boolean;
  /** Default 300,000. */
  maxRunMs?: number;
  /** Default 300. */
  quietMs?: number;
  strictResult?: boolean;
  terminal?: 'dumb' | 'vt100';
  /** Whether the result has the events. */
  trace?: boolean;
  signal?: AbortSignal;
  onStatus?: (status: Pick<StatusEntry, 't' | 'type' | 'percent' | 'name'> & { text: string }) => void;
  onTrace?: (event: TraceEvent) => void;
}

/** A script that can be run. */
export interface OpenScript {
  readonly id: string | null;
  readonly operations: readonly string[];
  readonly functions: readonly string[];
  readonly problems: readonly Problem[];
  /** Resolves for every outcome, with secrets in clear. @throws PluginHostError for misuse: PARAMETER_MISSING, CONFIRMATION_NEEDED, … */
  run: (operation: string, options?: ScriptRunOptions) => Promise<RunResult>;
}

/** Reads a script and checks it. @throws PluginHostError FILE_NOT_FOUND, SCRIPT_INVALID */
// eslint-disable-next-line @typescript-eslint/require-await -- a promise by contract: what reads files may wait one day
export async function openScript(file: string): Promise<OpenScript> {
  const { script, problems } = loadScript(file);
  return {
    id: script.id ?? null,
    operations: operationsOf(script).map(({ name }) => name),
    functions: functionsOf(script).map(({ name }) => name),
    problems,
    run: (operation, options = {}) => run(script, file, operation, options),
  };
}

async function run(script: Script, file: string, name: string, options: ScriptRunOptions): Promise<RunResult> {
  const operation = requireOperation(script, file, name);
  const { parameters = {}, targets, trace, onTrace, onStatus } = options;
  if (changesTarget(operation) && options.yes !== true)
    throw new PluginHostError('CONFIRMATION_NEEDED', `${path.basename(file)}: ${operation.name} changes the target`, {
      hint: 'Pass yes: true.',
    });
  const kept = new KeptTrace();
  const isTraced = trace === true || onTrace !== undefined;
  const values = new Map(Object.entries(parameters).map(([each, data]) => [each, { data }]));
  const outcome = await startRun(script, file, operation, {
    sources: [{ name: 'parameters', values, isStrict: true }],
    claimants: targets,
    allow: readAllowList(options.allow ?? []),
    connectTo: (options.connectTo ?? []).map(readConnectTo),
    authorities: options.ca,
    acceptsNewHostKey: options.acceptHostKey,
    isStrict: options.strictResult,
    terminal: options.terminal,
    signal: options.signal,
    ...(options.maxRunMs !== undefined && { maxRunMs: options.maxRunMs }),
    ...(options.quietMs !== undefined && { quietMs: options.quietMs }),
    ...(isTraced && {
      onTrace: (event: TraceEvent) => {
        if (trace === true) kept.add(event);
        onTrace?.(event);
      },
    }),
    ...(onStatus && {
      onStatus: ({ t, type, percent, name: id }: StatusEntry, text: string) => {
        onStatus({ t, type, percent, name: id, text });
      },
    }),
  });
  return renderOutcome(outcome, { script, file, trace: trace === true ? kept.events : undefined, isMasked: false });
}
