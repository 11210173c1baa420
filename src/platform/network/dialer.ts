import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { isLoopback } from '../../loopback/is-loopback.ts';
import { type AllowList, plainHost } from './allow-list.ts';
import { NetworkError } from './network-error.ts';

/** Connections to the first go to the second; what is empty matches all, or stays as it is. */
export interface ConnectTo {
  host: string;
  port: number | undefined;
  toHost: string;
  toPort: number | undefined;
}

/** Answers for an address by its name, as a simulated target does. */
export interface Claimant {
  /** The port on 127.0.0.1 that answers for a name and port; undefined when this one does not. */
  claims: (address: string, port: number) => number | undefined;
  /** What it answers for, as messages name it. Without a port, all of them. */
  readonly address?: string;
  readonly port?: number | undefined;
  /** Authority in PEM that its certificates are trusted by. Read when TLS begins: it may be made only then. */
  readonly ca?: string;
  /** Resolves when it has taken in all that was sent to it. */
  settled?: () => Promise<void>;
}

export interface DialRules {
  allow: AllowList;
  connectTo: readonly ConnectTo[];
  /** With them nothing else is reached. */
  claimants: readonly Claimant[] | undefined;
  /** Whether only loopback may be reached, whatever else is allowed. */
  isLoopbackOnly: boolean;
}

export interface Dial {
  host: string;
  port: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Opens every connection of a run, or refuses it: by the name that was asked for, and by the address that this has. */
export class Dialer {
  readonly #rules: DialRules;
  readonly #reached = new Set<string>();
  readonly #open = new Set<Socket>();

  constructor(rules: DialRules) {
    this.#rules = rules;
  }

  /** What was connected to, `host:port`, in order. */
  get reached(): readonly string[] {
    return [...this.#reached];
  }

  /** @throws NetworkError TARGET_NOT_ALLOWED, TARGET_UNREACHABLE, TARGET_TIMEOUT; the reason of the signal */
  async dial({ host, port, timeoutMs, signal }: Dial): Promise<Socket> {
    signal.throwIfAborted();
    const to = await this.#find(host, port);
    this.#reached.add(to.shown);
    const socket = connect({ host: to.address, port: to.port, noDelay: true });
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    try {
      await connected(socket, to.shown, timeoutMs, signal);
    } catch (error) {
      socket.destroy();
      throw error;
    }
    return socket;
  }

  /** Of what a proxy is to connect to: only the name can be judged. @throws NetworkError TARGET_NOT_ALLOWED */
  requireName(host: string, port: number): void {
    const { allow, claimants, isLoopbackOnly } = this.#rules;
    // The proxy is a target, which goes nowhere.
    if (claimants !== undefined) return;
    const isAllowed = isLoopbackOnly ? isLoopback(plainHost(host)) : allow.allowsName(host, port);
    if (!isAllowed) throw notAllowed(plainHost(host), port, isLoopbackOnly);
  }

  /** Nothing is left open. */
  close(): void {
    for (const socket of this.#open) socket.destroy();
  }

  async #find(asked: string, askedPort: number): Promise<{ address: string; port: number; shown: string }> {
    const { claimants } = this.#rules;
    const { host, port } = this.#redirect(plainHost(asked), askedPort);
    if (claimants !== undefined) {
      const claimed = claimants.map((each) => each.claims(host, port)).find((each) => each !== undefined);
      if (claimed !== undefined) return { address: '127.0.0.1', port: claimed, shown: shownOf(host, port) };
      throw new NetworkError('TARGET_UNREACHABLE', `${host}: no target has this name on port ${port}`, {
        hint: `${renderClaims(claimants)} Give a target the address that the script connects to; nothing leaves the machine.`,
      });
    }
    return { address: await this.#resolve(host, port), port, shown: shownOf(host, port) };
  }

  #redirect(host: string, port: number): { host: string; port: number } {
    const rule = this.#rules.connectTo.find(
      (each) => (each.host === '' || plainHost(each.host) === host) && (each.port ?? port) === port,
    );
    if (rule === undefined) return { host, port };
    return { host: rule.toHost === '' ? host : plainHost(rule.toHost), port: rule.toPort ?? port };
  }

  async #resolve(host: string, port: number): Promise<string> {
    const { allow, isLoopbackOnly } = this.#rules;
    const isNamed = isLoopbackOnly ? isLoopback(plainHost(host)) : allow.allowsName(host, port);
    if (isIP(host) !== 0) {
      if (isNamed) return host;
      throw notAllowed(host, port, isLoopbackOnly);
    }
    let addresses: string[];
    try {
      addresses = (await lookup(host, { all: true })).map(({ address }) => address);
    } catch (cause) {
      if (!isNamed) throw notAllowed(host, port, isLoopbackOnly);
      throw new NetworkError('TARGET_UNREACHABLE', `${host}: the name does not resolve`, { cause });
    }
    const judge = (address: string): boolean =>
      isLoopbackOnly ? isLoopback(address) : isNamed || allow.allowsAddress(address, port);
    const found = addresses.find(judge);
    if (found === undefined) throw notAllowed(host, port, isLoopbackOnly);
    return found;
  }
}

function shownOf(host: string, port: number): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}

function notAllowed(host: string, port: number, isLoopbackOnly: boolean): NetworkError {
  const shown = shownOf(host, port);
  if (isLoopbackOnly)
    return new NetworkError(
      'TARGET_NOT_ALLOWED',
      `${shown} may not be reached: secrets are shown, so only loopback is`,
      {
        hint: 'Leave out --show-secrets.',
      },
    );
  return new NetworkError('TARGET_NOT_ALLOWED', `${shown} may not be reached`, { hint: `Add --allow ${shown}.` });
}

function connected(socket: Socket, shown: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      fail(new NetworkError('TARGET_TIMEOUT', `${shown} did not answer within ${timeoutMs} ms`));
    }, timeoutMs);
    const onAbort = (): void => {
      fail(signal.reason as Error);
    };
    const clear = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect).off('error', onError);
    };
    const fail = (error: Error): void => {
      clear();
      socket.on('error', () => undefined);
      reject(error);
    };
    const onConnect = (): void => {
      clear();
      resolve();
    };
    const onError = (cause: Error): void => {
      fail(new NetworkError('TARGET_UNREACHABLE', `${shown}: ${cause.message}`, { cause }));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', onConnect).once('error', onError);
  });
}

/** `The targets are vault.test, 10.0.0.1:8443.` */
function renderClaims(claimants: readonly Claimant[]): string {
  const names = claimants.flatMap(({ address, port }) =>
    address === undefined ? [] : [port === undefined ? address : shownOf(address, port)],
  );
  const [only] = names;
  if (only === undefined) return 'There is no target.';
  return names.length === 1 ? `The only target is ${only}.` : `The targets are ${names.join(', ')}.`;
}
