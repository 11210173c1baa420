import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { fingerprintOf } from '../../crypt/fingerprint-of.ts';
import { renderRecording } from '../../targets/recording/render-recording.ts';
import type { RunResult } from '../run/run-result.ts';
import { matchesHostKey, renderHostKey } from '../terminal/matches-host-key.ts';
import { describeExpectation, loosen } from './describing/describe-expectation.ts';
import { describeTargets } from './describing/describe-targets.ts';
import type { Material, PlayedCall } from './describing/recorded-target.ts';

/** A run, and the same once more with stand-ins. */
export interface RecordedRun extends Material {
  calls: readonly PlayedCall[];
  /** Of the second; undefined when the run was cut off. */
  result: RunResult | undefined;
  cutOff: { outcome: string; code: string | undefined } | undefined;
  /** Those that a test must give, with stand-ins. */
  parameters: JsonObject;
  /** Path of the script from the recording. */
  script: string;
  operation: string;
}

/** The text of the test file. */
export function writeRecording(run: RecordedRun): string {
  const { calls, result, cutOff, script, operation, standIns, namer } = run;
  const targets = describeTargets(calls, run);
  const described = targets.map(({ description }) => description as unknown as Json);
  const [only = { address: 'nobody.test', http: { routes: [] } }, ...others] = described;
  const recorded = Object.fromEntries(standIns.recorded.map(({ name, text }) => [name, text]));
  const identities = identitiesOf(calls);
  const isOwn = (text: string): boolean => identities.some(({ key }) => holdsKey(text, key));
  const expectation =
    result === undefined
      ? expectCut(cutOff)
      : loosen(nameHostKey(describeExpectation(result, targets, namer), identities), isOwn);
  const name = `${operation} as it was recorded`;
  const content: JsonObject = {
    script,
    ...(Object.keys(recorded).length > 0 && { recorded }),
    parameters: withoutHostKey(run.parameters, identities),
    ...(others.length === 0 ? { target: only } : { targets: described }),
    cases: [{ name, operation, ...(result === undefined && { skip: true }), expect: expectation }],
  };
  return renderRecording(content, [
    `Recorded by plugin-host platform run ${script} ${operation} --record.`,
    'Secrets are made up: the values of parameters below, and what stands under recorded.',
    ...(result === undefined ? ['The run was cut off, which no target can repeat: the case is skipped.'] : []),
  ]);
}

type Identity = ReturnType<typeof identitiesOf>[number];

function identitiesOf(calls: readonly PlayedCall[]): { keyType: string; key: Buffer }[] {
  return calls.flatMap(({ call }) => {
    const identity = call.kind === 'ssh' ? call.identity : call.kind === 'hostKey' ? call.result : undefined;
    return identity === undefined ? [] : [identity];
  });
}

function holdsKey(text: string, key: Buffer): boolean {
  return text.includes(key.toString('base64').replace(/={1,2}$/, '')) || text.includes(fingerprintOf(key));
}

/** That of a simulated host is another one each time, and known to the test. */
function withoutHostKey(parameters: JsonObject, identities: readonly Identity[]): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name, value]) => {
      if (!/hostkey$/i.test(name) || typeof value !== 'string') return true;
      return value.trim() !== '' && !identities.some(({ key }) => matchesHostKey(value, key));
    }),
  );
}

/** The key of the simulated host has a name. */
function nameHostKey(expected: JsonObject, identities: readonly Identity[]): JsonObject {
  const keys = identities.map(renderHostKey);
  const replace = (value: Json): Json => {
    if (typeof value === 'string') return keys.reduce((text, key) => text.replaceAll(key, () => '${HostKey}'), value);
    if (Array.isArray(value)) return value.map(replace);
    return isJsonObject(value) ? replaceAll(value) : value;
  };
  const replaceAll = (mapping: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(mapping).map(([name, item]) => [name, replace(item)]));
  return replaceAll(expected);
}

function expectCut(cutOff: RecordedRun['cutOff']): JsonObject {
  const { outcome = 'cancelled', code } = cutOff ?? {};
  return { outcome, ...(code !== undefined && { error: { code } }) };
}
