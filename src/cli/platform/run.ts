import { createWriteStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { describeFileFault } from '../../documents/describe-file-fault.ts';
import { KeptTrace } from '../../platform/engine/kept-trace.ts';
import type { TraceEvent } from '../../platform/engine/trace-event.ts';
import { loadScript } from '../../platform/run/load-script.ts';
import { readAllowList, readConnectTo } from '../../platform/run/read-allow-list.ts';
import { renderOutcome } from '../../platform/run/render-outcome.ts';
import { changesTarget, requireOperation } from '../../platform/run/require-operation.ts';
import type { RunResult } from '../../platform/run/run-result.ts';
import { startRun } from '../../platform/run/start-run.ts';
import type { Block } from '../../platform/script/script.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { writeNewFile } from '../command/new-file.ts';
import { askInTerminal, canAsk } from '../terminal/ask-in-terminal.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { runCommand } from './commands/run-command.ts';
import { LiveRun } from './live-run.ts';
import { readParameterOptions } from './read-parameter-options.ts';
import { renderRunResult } from './render-run-result.ts';
import { renderTraceEvent } from './render-trace-event.ts';
import type { RunRecorder } from './run-recorder.ts';
import { sayEmulated } from './say-emulated.ts';
import { withSettings } from './with-settings.ts';

type RunOptions = OptionsOf<typeof runCommand>;

/** `plugin-host platform run FILE OPERATION` */
export async function run(
  terminal: Terminal,
  file: string,
  name: string | undefined,
  given: RunOptions,
): Promise<number> {
  sayEmulated(terminal);
  const asked = new Map<string, string>();
  const once = async (): Promise<number> => runOnce(terminal, file, name, given, asked);
  if (!given.watch) return once();
  const { script } = loadScript(file, given.force ?? false);
  if (changesTarget(requireOperation(script, file, name))) {
    throw new PluginHostError('USAGE', `${name ?? ''} changes the target; --watch would run it at every change`, {
      hint: `plugin-host platform test --watch ${file}`,
    });
  }
  const { watchFiles } = await import('../terminal/watch-files.ts');
  const files = [file, given.params, given.ca].filter((each) => each !== undefined);
  return watchFiles({ paths: () => files, run: once }, terminal);
}

/** @param asked What was answered to questions: nobody is asked twice */
async function runOnce(
  terminal: Terminal,
  file: string,
  name: string | undefined,
  given: RunOptions,
  asked: Map<string, string>,
): Promise<number> {
  const options = await withSettings(path.dirname(file), given);
  const { script } = loadScript(file, options.force ?? false);
  const operation = requireOperation(script, file, name);
  // What few runs need is loaded for them.
  const recorder =
    options.record === undefined ? undefined : await openRecorder(options.record, options.force ?? false);
  const stepping = options.break === undefined ? undefined : await import('./create-stepper.ts');
  const breakpoints = stepping?.readBreakpoints(script, file, options.break ?? []);
  const allow = readAllowList(options.allow ?? []);
  const connectTo = (options.connectTo ?? []).map(readConnectTo);
  const authorities = options.ca === undefined ? undefined : readAuthorities(options.ca);
  const ask = canAsk() ? (each: string, isSecret: boolean) => askParameter(terminal, each, isSecret, asked) : undefined;
  const { sources, warnings } = await readParameterOptions(operation, options, { environment: process.env, ask });
  if (changesTarget(operation) && options.yes !== true) await confirm(terminal, operation);
  const kept = new KeptTrace();
  const traceFile = options.traceFile === undefined ? undefined : openTraceFile(options.traceFile);
  const isTraced = options.trace === true || traceFile !== undefined;
  const live = new LiveRun(terminal);
  const stepper = breakpoints && stepping?.createStepper(breakpoints, terminal, live, { script, file });
  const onTrace = (event: TraceEvent): void => {
    if (options.trace && options.json) kept.add(event);
    const lines = options.trace ? renderTraceEvent(event, terminal.paintError) : '';
    if (lines !== '') live.show(lines);
    traceFile?.write(`${JSON.stringify(event)}\n`);
  };
  const outcome = await startRun(script, file, operation, {
    sources,
    ask,
    allow,
    connectTo,
    authorities,
    warnings,
    isMasked: options.showSecrets !== true,
    isStrict: options.strictResult,
    terminal: options.terminal,
    acceptsNewHostKey: options.acceptHostKey,
    signal: terminal.interrupted,
    wrapNetwork: recorder?.watch,
    ...(options.maxRun !== undefined && { maxRunMs: options.maxRun }),
    ...(options.quiet !== undefined && { quietMs: options.quiet }),
    ...(isTraced && { onTrace }),
    onStatus: (entry, text) => {
      live.showStatus(entry, text);
    },
    onLog: (text) => {
      live.showLog(text);
    },
    watcher: {
      before: (active) => {
        live.showStep(active.step, active.call.depth);
        return stepper?.before(active);
      },
      failed: (active, failure) => stepper?.failed(active, failure),
    },
  }).finally(() => {
    live.close();
    traceFile?.end();
  });
  const isMasked = options.showSecrets !== true;
  const result = renderOutcome(outcome, {
    script,
    file,
    trace: options.trace && options.json ? kept.events : undefined,
    isMasked,
  });
  if (options.responseFile !== undefined && outcome.record.response !== undefined) {
    const { response } = renderOutcome(outcome, { script, file, trace: undefined, isMasked: false });
    writeNewFile(options.responseFile, `${JSON.stringify(response, undefined, 2)}\n`);
  }
  const { quiet, terminal: shape, strictResult: isStrict, acceptHostKey: acceptsNewHostKey } = options;
  const how = { quietMs: quiet, terminal: shape, isStrict, acceptsNewHostKey };
  const unrecorded =
    (await recorder?.write({ script, file, operation, outcome, options: how }, terminal.interrupted)) ?? [];
  const isUnsafe = unrecorded.some(({ level }) => level === 'error');
  const told = { ...result, problems: [...result.problems, ...unrecorded] };
  if (options.json) terminal.printJson(told);
  else terminal.show(renderRunResult(told, terminal.paint));
  if (recorder !== undefined && !isUnsafe) terminal.say(`recorded in ${options.record ?? ''}`);
  const exitCode = exitCodeOf(result, options.fail ?? false);
  return exitCode === 0 && isUnsafe ? 1 : exitCode;
}

async function openRecorder(file: string, isForced: boolean): Promise<RunRecorder> {
  const { RunRecorder } = await import('./run-recorder.ts');
  return new RunRecorder(file, isForced);
}

const exitCodes = { success: 0, mismatch: 0, failure: 1, error: 1, cancelled: 130 } as const;

function exitCodeOf({ outcome }: RunResult, isStrict: boolean): number {
  return outcome === 'mismatch' && isStrict ? 1 : exitCodes[outcome];
}

async function askParameter(
  terminal: Terminal,
  name: string,
  isSecret: boolean,
  asked: Map<string, string>,
): Promise<string | undefined> {
  const known = asked.get(name);
  if (known !== undefined) return known;
  const answer = await askInTerminal(terminal, `${name}: `, !isSecret);
  if (answer === null) return undefined;
  asked.set(name, answer);
  return answer;
}

/** @throws PluginHostError CONFIRMATION_NEEDED */
async function confirm(terminal: Terminal, { name }: Block): Promise<void> {
  if (!canAsk())
    throw new PluginHostError('CONFIRMATION_NEEDED', `${name} changes the target, and nobody has confirmed it`, {
      hint: 'Add --yes to confirm it.',
    });
  const answer = await askInTerminal(terminal, `${name} changes the target. Go on? [y/N] `, true);
  if (/^y(?:es)?$/i.test(answer?.trim() ?? '')) return;
  throw new PluginHostError('CONFIRMATION_NEEDED', 'not confirmed: nothing was changed', {
    hint: 'Add --yes to run it without being asked.',
  });
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PluginHostError('FILE_NOT_FOUND', `--ca ${file}: ${describeFileFault(cause)}`, {
      hint: 'Name a file with PEM certificates.',
      cause,
    });
  }
}

function openTraceFile(file: string): ReturnType<typeof createWriteStream> {
  writeNewFile(file, '');
  return createWriteStream(file, { flags: 'a', mode: 0o600 });
}
