import { hasSecret } from '../conversion/has-secret.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import { toJson } from '../conversion/to-json.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import type { RecordKind } from '../engine/run-record.ts';
import { plainVerb, type VerbHandler } from '../engine/verb-handler.ts';
import { itemsOf } from '../members/items-of.ts';
import type { JsonNode } from '../script/json-node.ts';
import { statusTypes } from '../tables/status-messages.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import { renderStatus } from './render-status.ts';

/** `Log`: a line for people. */
function log(active: ActiveStep): void {
  const { run, step } = active;
  const value = active.value('Text');
  const plain = reveal(value);
  const isNested = plain !== null && typeof plain === 'object' && itemsOf(plain) !== undefined;
  const text = isNested ? toJson(plain) : toText(value);
  run.requireRecord(text.length);
  const entry = { t: run.clock.elapsedMs, text: hasSecret(value) ? asShownSecret(value, text) : text, path: step.path };
  run.record.log.push(entry);
  const shown = run.secrets.show(entry.text);
  active.trace({ kind: 'log', text: shown });
  run.settings.onLog?.(shown);
}

/** A text that was put together of secrets stays what it is, so that what is known of it is kept. */
function asShownSecret(value: Value, text: string): Value {
  return value instanceof Secret ? value : Secret.of(text);
}

/** `Status`: how far the operation is. It decides nothing. Source: specification f.3. */
function status(active: ActiveStep): void {
  const { run } = active;
  const given = active.requireText('Type');
  const type = statusTypes.find((each) => each.toLowerCase() === given.toLowerCase());
  if (type === undefined) active.warn('L16', `Status has the unknown type ${given}`);
  const message = active.node('Message');
  const name = toText(member(active, message, 'Name'));
  const list = member(active, message, 'Parameters');
  const parameters = [...(itemsOf(reveal(list)) ?? (list === null ? [] : [list]))];
  const text = renderStatus(name, parameters.map(toText));
  const secrets = parameters.filter(hasSecret);
  run.requireRecord(2 * text.length);
  const entry = {
    t: run.clock.elapsedMs,
    type: type ?? run.secrets.show(active.value('Type')),
    percent: active.number('Percent'),
    name,
    parameters,
    text: secrets.length === 0 ? text : run.secrets.join(text, secrets),
  };
  run.record.status.push(entry);
  const shown = run.secrets.show(entry.text);
  active.trace({ kind: 'status', text: shown, value: run.secrets.mask(name) });
  run.settings.onStatus?.(entry, shown);
}

function member(active: ActiveStep, node: JsonNode | undefined, name: string): Value {
  if (node?.kind !== 'object') return null;
  const found = node.entries.findLast(({ key }) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? null : active.noteGiven(name, active.substitute(found.value));
}

/** `WriteResponseObject`: what SPP gets; the last one counts. */
function writeResponse(active: ActiveStep): void {
  const value = active.value('Value');
  active.run.requireRecord(toJson(value).length);
  active.run.record.response = value;
  active.trace({ kind: 'response', value: active.run.secrets.showJson(value) });
}

/** A record with the names of the properties, the first letter small; what was not given is absent. */
function discover(
  kind: RecordKind,
  names: readonly string[],
  drifted: Readonly<Record<string, string>> = {},
): VerbHandler {
  return plainVerb((active) => {
    const record = new Map<string, Value>();
    for (const name of names) if (active.has(name)) record.set(inCamelCase(name), active.value(name));
    for (const { name: written, value } of active.step.unknown) {
      const name = Object.entries(drifted).find(([each]) => each.toLowerCase() === written.toLowerCase())?.[1];
      if (name === undefined || record.has(inCamelCase(name))) continue;
      active.warn('L02', `${active.step.verb.name} has no ${written}; it is read as ${name}`);
      record.set(inCamelCase(name), active.substitute(value));
    }
    for (const [name, value] of record) if (plainValue(value) === null) record.delete(name);
    for (const value of record.values()) active.run.requireRecord(toJson(value).length);
    active.run.record.discovered[kind].push(record);
    active.run.record.emulationNotes.add('DiscoveryQuery not applied');
  });
}

function inCamelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const service = { Name: 'ServiceName', Description: 'DisplayName', AccountName: 'Account' };

/** What a run tells and gives. */
export const reportHandlers: Readonly<Record<string, VerbHandler>> = {
  Log: plainVerb(log),
  Status: plainVerb(status),
  WriteResponseObject: plainVerb(writeResponse),
  WriteDiscoveredAccount: discover(
    'accounts',
    ['Name', 'UserId', 'Sid', 'GroupId', 'Groups', 'Roles', 'Permissions', 'FilterQuery'],
    { AccountName: 'Name' },
  ),
  WriteDiscoveredService: discover(
    'services',
    ['ServiceName', 'DisplayName', 'Account', 'ServiceType', 'Enabled', 'FilterQuery'],
    service,
  ),
  WriteDiscoveredSshKey: discover('sshKeys', ['KeyType', 'SshKey', 'Comment', 'Options']),
  WriteDiscoveredAsset: discover('assets', ['Name', 'Description', 'GuestOperatingSystem', 'Running', 'IpList']),
};
