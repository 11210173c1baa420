import path from 'node:path';
import type { Json, JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { substitute } from '../../targets/description/substitute.ts';
import { createNamer, createTemplater, type Named } from '../../targets/recording/create-templater.ts';
import { TextGuard } from '../../targets/recording/text-guard.ts';
import { toJson } from '../conversion/to-json.ts';
import { renderOutcome } from '../run/render-outcome.ts';
import type { RunOutcome } from '../run/run-outcome.ts';
import type { RunResult } from '../run/run-result.ts';
import { type RunOptions, startRun } from '../run/start-run.ts';
import { systemCrypt } from '../run/system-crypt.ts';
import { plainValueOf } from '../script/plain-value-of.ts';
import type { Block, Script } from '../script/script.ts';
import { PlayDiverged, playNetwork } from './observing/play-network.ts';
import { recordNetwork } from './observing/record-network.ts';
import type { RecordedCall } from './observing/recorded-call.ts';
import { playCalls } from './play-calls.ts';
import { collectSecrets, type CollectedSecrets } from './secrets/collect-secrets.ts';
import { type RecordedRun, writeRecording } from './write-recording.ts';

export interface RecordingSource {
  script: Script;
  /** As it was named. */
  file: string;
  scriptText: string;
  operation: Block;
  outcome: RunOutcome;
  calls: readonly RecordedCall[];
  /** Where the recording is to be. */
  target: string;
  /** How it was run. */
  options: Partial<Record<'quietMs', number | undefined>> &
    Pick<RunOptions, 'terminal' | 'isStrict' | 'acceptsNewHostKey'>;
}

/**
 * A run as a test file. The operation is run once more, against what the targets answered with stand-ins in the place of secrets: so what the
 * script makes of its secrets is made of the stand-ins, and no request of the recording was ever made of a secret.
 * @throws PluginHostError RECORDING_UNSAFE
 */
export async function makeRecording(source: RecordingSource): Promise<string> {
  const { outcome, calls, scriptText } = source;
  const secrets = await collectSecrets(outcome, calls, scriptText, cryptInTime);
  const whys: string[] = [];
  // A secret that is an ordinary word stands in other words by chance.
  for (const isBounded of [false, true]) {
    const made = await tryRecording(source, secrets, isBounded);
    if (typeof made === 'object') return made.text;
    whys.push(made);
  }
  throw new PluginHostError('RECORDING_UNSAFE', `nothing is recorded: ${whys[0] ?? ''}`, {
    hint: 'Run it with other secrets, or write the test by hand: docs/platform-recording.md.',
  });
}

/** A hash that takes longer is of no secret. */
const longestCryptMs = 10_000;

async function cryptInTime(password: string, setting: string): Promise<string | null> {
  const ended = AbortSignal.timeout(longestCryptMs);
  try {
    return await systemCrypt(password, setting, ended);
  } catch (error) {
    if (ended.aborted) return null;
    throw error;
  }
}

async function tryRecording(
  source: RecordingSource,
  { standIns, hashes }: CollectedSecrets,
  isBounded: boolean,
): Promise<{ text: string } | string> {
  const { script, file, outcome, calls, scriptText } = source;
  const guard = new TextGuard(standIns.all, isBounded);
  const templater = guard.watch(createTemplater(standIns.all, { isBounded, hashes }));
  const values = Object.fromEntries(standIns.all.map(({ name, text }) => [name, text]));
  const named = [
    ...standIns.all.map(({ name, text }): Named => ({ text, reference: `\${${name}}` })),
    ...[...new Set(hashes.values())].map((reference): Named => ({ text: substitute(reference, values), reference })),
  ];
  const material = { templater, namer: createNamer(named), standIns, values, scriptText };
  const parameters = Object.fromEntries(
    Array.from(outcome.parameters, ([name, value]) => [
      name,
      substitute(templater.json(JSON.parse(toJson(value)) as Json), values),
    ]),
  );
  const played = await play(source, playCalls(calls, material), parameters);
  const result = renderOutcome(outcome, { script, file, trace: undefined, isMasked: true });
  const isCut = isCutOff(result);
  if (!isCut && played.result === undefined) return `the run takes another way with other secrets: ${played.why}`;
  const difference = isCut || played.result === undefined ? undefined : differenceOf(result, played.result);
  if (difference !== undefined) return `the run takes another way with other secrets: ${difference}`;
  const run: RecordedRun = {
    ...material,
    calls: played.calls.map((each, index) => ({ call: calls[index] ?? each, played: each, at: index })),
    result: isCut ? undefined : played.result,
    cutOff: isCut ? { outcome: result.outcome, code: result.error?.code } : undefined,
    parameters: withoutDefaults(parameters, source.operation),
    script: path.relative(path.dirname(source.target), file).replaceAll(path.sep, '/'),
    operation: source.operation.name,
  };
  const text = writeRecording(run);
  const [leak] = guard.leaks;
  return leak === undefined ? { text } : `${leak} stands in an answer in a spelling that cannot be replaced`;
}

interface Played {
  calls: readonly RecordedCall[];
  result?: RunResult;
  why?: string;
}

async function play(
  { script, file, operation, options }: RecordingSource,
  calls: readonly RecordedCall[],
  parameters: JsonObject,
): Promise<Played> {
  let recording: ReturnType<typeof recordNetwork> | undefined;
  const values = new Map(Object.entries(parameters).map(([name, data]) => [name, { data: data }]));
  try {
    const outcome = await startRun(script, file, operation, {
      ...options,
      quietMs: options.quietMs ?? 1,
      sources: [{ name: 'recording', values, isStrict: false }],
      isMasked: false,
      skipsWaits: true,
      wrapNetwork: () => (recording = recordNetwork(playNetwork(calls), () => performance.now())).network,
    });
    const result = renderOutcome(outcome, { script, file, trace: undefined, isMasked: false });
    return { calls: recording?.calls ?? [], result };
  } catch (error) {
    if (!(error instanceof PlayDiverged || error instanceof PluginHostError)) throw error;
    return { calls: recording?.calls ?? [], why: error.message };
  }
}

/** Whether it was ended from outside, which no target can repeat. */
function isCutOff({ outcome, error }: RunResult): boolean {
  return outcome === 'cancelled' || error?.code === 'RUN_TIMEOUT' || error?.code === 'TARGET_NOT_ALLOWED';
}

function differenceOf(recorded: RunResult, played: RunResult): string | undefined {
  const show = ({ outcome, error }: RunResult): string => (error === null ? outcome : `${outcome} (${error.code})`);
  return show(recorded) === show(played) ? undefined : `it ends with ${show(played)}, and ended with ${show(recorded)}`;
}

/** What the script fills by itself is left out. */
function withoutDefaults(parameters: JsonObject, { parameters: declared }: Block): JsonObject {
  const standards = new Map<string, unknown>(
    declared.map(({ name, default: standard }) => [
      name,
      standard === undefined ? (name.toLowerCase() === 'assetname' ? 'Custom Asset' : null) : plainValueOf(standard),
    ]),
  );
  return Object.fromEntries(
    Object.entries(parameters).filter(
      ([name, value]) => value !== null && JSON.stringify(value) !== JSON.stringify(standards.get(name) ?? null),
    ),
  );
}
