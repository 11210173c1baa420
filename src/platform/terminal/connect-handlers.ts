import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import { plainVerb, type VerbHandler, waitingVerb } from '../engine/verb-handler.ts';
import type { HostIdentity } from '../network/network.ts';
import { reveal, Secret } from '../values/secret.ts';
import { ConnectionValue } from './connection-value.ts';
import { LineBuffer } from './line-buffer.ts';

const defaultTimeoutSeconds = 20;
const globalPrefix = /^global:/i;

/** `Connect`. Source: specification d.4. */
async function connect(active: ActiveStep): Promise<void> {
  const name = active.requireTarget('ConnectionObjectName');
  const given = active.text('Type') ?? 'Ssh';
  const type = given.toLowerCase();
  if (type !== 'ssh' && type !== 'telnet') {
    const isKnown = type === 'tn3270';
    throw new CommandError(
      isKnown ? 'NOT_EMULATED' : 'COMMAND_FAILED',
      isKnown ? 'connections of type Tn3270 are not emulated' : `Type ${given} is unknown; expected Ssh or Telnet`,
    );
  }
  closeOld(active, name);
  const connection = type === 'ssh' ? await connectSsh(active) : await connectTelnet(active);
  active.run.opened.add(connection);
  active.set(name, connection);
}

function closeOld(active: ActiveStep, name: string): void {
  const old = reveal(active.frame.get(name.replace(globalPrefix, '')) ?? null);
  if (old instanceof ConnectionValue) old.close();
}

async function connectSsh(active: ActiveStep): Promise<ConnectionValue> {
  const { run } = active;
  const reach = reachOf(active, 22);
  const user = active.requireText('Login');
  const password = secretText(active, 'Password');
  const privateKey = secretText(active, 'UserKey');
  const hasTerminal = active.flag('RequestTerminal', true);
  const acceptsHost = await hostCheck(active);
  active.trace({
    kind: 'ssh',
    text: `Connecting to ${run.secrets.mask(reach.host)}:${reach.port} as ${run.secrets.mask(user)}`,
  });
  const ssh = await run.settings.network.openSsh({
    ...reach,
    user,
    password,
    privateKey,
    isBroad: isBroad(active),
    acceptsHost,
  });
  active.setNamed('SoftwareVersionVariableName', ssh.identity.software);
  try {
    const line = hasTerminal ? new LineBuffer(await ssh.openShell(run.settings.terminal)) : undefined;
    return new ConnectionValue({ ssh, line, suffix: '\n' }, () => {
      ssh.close();
    });
  } catch (error) {
    ssh.close();
    throw error;
  }
}

async function connectTelnet(active: ActiveStep): Promise<ConnectionValue> {
  const { run } = active;
  const reach = reachOf(active, 23);
  active.trace({ kind: 'ssh', text: `Connecting to ${run.secrets.mask(reach.host)}:${reach.port} (Telnet)` });
  const line = await run.settings.network.openTelnet({ ...reach, terminal: run.settings.terminal });
  return new ConnectionValue({ ssh: undefined, line: new LineBuffer(line), suffix: '\r\n' }, () => {
    line.close();
  });
}

interface Reach {
  host: string;
  port: number;
  timeoutMs: number;
  signal: AbortSignal;
}

function reachOf(active: ActiveStep, standardPort: number): Reach {
  const address = active.value('NetworkAddress');
  const host = active.requireText('NetworkAddress').trim();
  if (address instanceof Secret) active.run.secrets.addText(host.toLowerCase()); // as messages have it
  if (host === '') throw new CommandError('COMMAND_FAILED', 'NetworkAddress has no value');
  const port = active.number('Port') ?? standardPort;
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new CommandError('COMMAND_FAILED', `Port ${port} is none`);
  const seconds = active.number('Timeout') ?? 0;
  const timeoutMs = (seconds > 0 ? seconds : defaultTimeoutSeconds) * 1000;
  return { host, port, timeoutMs, signal: active.run.clock.signal };
}

/** A text that is a secret wherever it came from; undefined when it is empty. */
function secretText(active: ActiveStep, name: string): string | undefined {
  const node = active.node(name);
  const plain = node === undefined ? null : plainValue(active.substitute(node));
  if (plain === null || plain === '') return undefined;
  const secret = Secret.of(toText(plain));
  active.run.secrets.add(secret);
  active.noteGiven(name, secret);
  return toText(plain);
}

function isBroad(active: ActiveStep): boolean {
  const named = plainValue(active.frame.get('EnableAllCiphers') ?? null);
  return active.flag('AutoAdjustCiphers', false) || toText(named).toLowerCase() === 'true';
}

/** Asked before anybody logs in. @throws CommandError HOST_KEY_MISSING */
async function hostCheck(active: ActiveStep): Promise<(identity: HostIdentity) => boolean> {
  const isChecked = active.flag('CheckHostKey', true);
  const wanted = (active.text('HostKey') ?? '').trim();
  if (!isChecked) return () => true;
  // What needs node:crypto is loaded when it is used.
  const { fingerprintOf } = await import('../../crypt/fingerprint-of.ts');
  const { matchesHostKey, renderHostKey } = await import('./matches-host-key.ts');
  if (wanted !== '') return ({ key }) => matchesHostKey(wanted, key);
  if (!active.run.settings.acceptsNewHostKey)
    throw new CommandError('HOST_KEY_MISSING', 'HostKey has no value while CheckHostKey is true');
  return (identity) => {
    active.warn(
      'HOST_KEY_ACCEPTED',
      `the host key is taken as it is: ${renderHostKey(identity)} (${fingerprintOf(identity.key)})`,
    );
    return true;
  };
}

/** `Disconnect`: what is not open is no error; without a name the only open connection is meant. */
function disconnect(active: ActiveStep): void {
  const open = [...active.run.opened].filter((each) => each instanceof ConnectionValue);
  const [only, ...others] = open;
  let found = active.find('ConnectionObjectName');
  if (!active.has('ConnectionObjectName')) {
    active.warn('E16', 'Disconnect names no connection; the only open one is closed');
    found = others.length === 0 ? only : undefined;
  }
  const connection = reveal(found ?? null);
  if (!(connection instanceof ConnectionValue)) return;
  connection.close();
  active.run.opened.delete(connection);
}

/** `DiscoverSshHostKey`: the key that a host shows; nobody logs in. */
async function discover(active: ActiveStep): Promise<void> {
  const name = active.requireTarget('HostKeyVariableName');
  const reach = reachOf(active, 22);
  active.begin();
  const identity = await active.run.settings.network.discoverHostKey({ ...reach, isBroad: isBroad(active) });
  const { renderHostKey } = await import('./matches-host-key.ts');
  active.set(name, renderHostKey(identity));
  active.setNamed('SoftwareVersionVariableName', identity.software);
}

/** Connections to a target. */
export const connectHandlers: Readonly<Record<string, VerbHandler>> = {
  Connect: waitingVerb(connect),
  Disconnect: plainVerb(disconnect),
  DiscoverSshHostKey: waitingVerb(discover),
};
