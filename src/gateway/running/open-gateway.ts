import { systemClock } from '../../base/clock.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { authorityOf, isLoopback } from '../../loopback/is-loopback.ts';
import { listenOn } from '../../loopback/listen-on.ts';
import type { HostOptions } from '../../sps/call/resolve-host.ts';
import { GatewayListener } from '../client/gateway-listener.ts';
import { openHostKey } from '../client/open-host-key.ts';
import { parseHostAndPort } from '../destination/choose-destination.ts';
import type { Happening } from '../events/gateway-event.ts';
import { CallSlots } from './call-slots.ts';
import { endAbandoned } from './end-abandoned.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { GatewaySession } from './gateway-session.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import { durationOf, openSettings } from './open-settings.ts';

/** A gateway that listens. */
export interface Gateway extends AsyncDisposable {
  /** Host and port. */
  readonly address: string;
  readonly port: number;
  /** Its own. */
  readonly hostKey: { type: string; fingerprint: string; line: string };
  /** Names of the stored sessions that run. */
  sessions: () => string[];
  /** Ends all sessions, and resolves when that is kept. @param signal Why, for the log */
  close: (signal?: string) => Promise<void>;
}

/** What the command shows besides. */
export interface StartedGateway extends Gateway {
  settings: GatewaySettings;
  /** Waits for nothing any more. */
  abandon: () => void;
}

const defaultListen = '127.0.0.1:2222';
const defaultLoginMs = 120_000;
const defaultSessions = 100;
/** How long sessions may take to end with their gateway, and how many calls there are at once then. Source: gateway contract, "How it ends". */
const stopMs = 15_000;
const stopCalls = 10;
/** How often sessions are looked for whose host was killed. Source: gateway contract, "A second host". */
const sweepMs = 8000;

/** Where a gateway is opened. */
export interface GatewayPlace extends Pick<HostOptions, 'environment' | 'currentFolder'> {
  /** Aborted when it shall end soon: sessions of older gateways then wait for the next one. */
  signal?: AbortSignal;
}

/** Opens a gateway. @throws PluginHostError as `startGateway` */
export async function openGateway(
  options: GatewayOptions,
  { signal: early, ...where }: GatewayPlace,
): Promise<StartedGateway> {
  const { host, port: wanted } = readListen(options);
  const opened = await openSettings(options, where);
  await using stack = new AsyncDisposableStack(); // what was opened is closed again when the start fails
  stack.defer(opened.close);
  const hostKey = openHostKey(opened.stateDir, options.hostKey);
  const owner = await opened.settings.store.takeOwner();
  stack.defer(async () => owner.release());
  const tell = (happening: Happening): void => {
    options.onEvent?.({ time: systemClock().toISOString(), ...happening });
  };
  const settings: GatewaySettings = {
    ...opened.settings,
    owner: owner.id,
    onEvent: (event) => options.onEvent?.(event),
  };
  const hard = new AbortController();
  const around = { settings, slots: new CallSlots(), hardSignal: hard.signal };
  if (!isLoopback(host)) tell({ event: 'problem', level: 'warning', code: 'NOT_LOOPBACK', message: exposureOf(host) });
  for (const { level, code, message } of settings.problems) tell({ event: 'problem', level, code, message });
  const { stateDir, given } = opened;
  const signal = AbortSignal.any([hard.signal, ...(early === undefined ? [] : [early])]);
  const sweep = (): Promise<void> => endAbandoned({ ...around, stateDir, given, signal });
  await sweep();
  const sessions = new Set<GatewaySession>();
  const listener = new GatewayListener({
    hostKey: hostKey.privateKey,
    maxSessions: options.maxSessions ?? defaultSessions,
    loginTimeoutMs: durationOf('loginTimeout', options.loginTimeout) ?? defaultLoginMs,
    onClient: (client) => {
      const session = new GatewaySession(client, around);
      sessions.add(session);
      void session.settled.finally(() => sessions.delete(session));
    },
    onTooMany: (client) => {
      const message = 'there are as many connections as --max-sessions allows';
      tell({ event: 'refused', client, code: 'TOO_MANY_SESSIONS', message });
    },
  });
  stack.defer(() => {
    listener.destroy();
  });
  const port = await listenOn(listener.server, { host, port: wanted, option: '--listen' });
  const address = authorityOf(host, port);
  tell({ event: 'listening', address });
  if (opened.isShared) stack.use(repeat(sweep));
  const kept = stack.move();
  let closing: Promise<void> | undefined;
  const close = async (signal: string): Promise<void> => {
    tell({ event: 'stopping', signal });
    around.slots.limit(stopCalls);
    listener.stop();
    const timer = setTimeout(() => {
      hard.abort(stopped());
    }, stopMs);
    for (const session of sessions) session.stop();
    await Promise.all([...sessions].map((session) => session.settled));
    clearTimeout(timer);
    listener.destroy();
    await kept.disposeAsync();
  };
  return {
    address,
    port,
    hostKey: { type: hostKey.type, fingerprint: hostKey.fingerprint, line: hostKey.line },
    settings,
    sessions: () => [...sessions].flatMap(({ name }) => name ?? []),
    close: (signal = 'SIGTERM') => (closing ??= close(signal)),
    abandon: () => {
      hard.abort(stopped());
    },
    [Symbol.asyncDispose]: () => (closing ??= close('SIGTERM')),
  };
}

/** Of other hosts too. */
function repeat(run: () => Promise<void>): Disposable {
  const timer = setInterval(() => {
    run().catch(() => undefined); // the state is gone for a while
  }, sweepMs).unref();
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
    },
  };
}

function stopped(): PluginHostError {
  return new PluginHostError('INTERRUPTED', 'the gateway was stopped', { hint: 'The next gateway ends its sessions.' });
}

function exposureOf(host: string): string {
  return `${host} is not an address of this machine only: whoever reaches it can try plugins and targets`;
}

/** @throws PluginHostError USAGE, NOT_LOOPBACK */
function readListen({ listen = defaultListen, expose = false }: GatewayOptions): { host: string; port: number } {
  const isAny = listen.endsWith(':0');
  const parsed = parseHostAndPort(isAny ? listen.slice(0, -2) : listen);
  if (parsed === undefined || !/:\d+$/.test(listen)) {
    throw new PluginHostError('USAGE', `${JSON.stringify(listen)} is not an address to listen on`, {
      hint: 'Write ADDRESS:PORT, such as 127.0.0.1:2222; port 0 takes a free one.',
    });
  }
  const { host, port } = parsed;
  if (!isLoopback(host) && !expose) {
    throw new PluginHostError('NOT_LOOPBACK', exposureOf(host), { hint: 'Give --expose when that is wanted.' });
  }
  return { host, port: isAny ? 0 : port };
}
