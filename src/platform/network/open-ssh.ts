import ssh2, { type Client, type ConnectConfig } from 'ssh2';
import { keyTypeOf } from '../../crypt/key-type-of.ts';
import { broadAlgorithms } from './broad-algorithms.ts';
import type { Dialer } from './dialer.ts';
import { executeCommand } from './execute-command.ts';
import { NetworkError } from './network-error.ts';
import type { HostIdentity, Network, SshConnection, SshOptions } from './network.ts';
import { openShell } from './open-shell.ts';
import { sshLogin } from './ssh-login.ts';

type HostKeyOptions = Parameters<Network['discoverHostKey']>[0];

/** The key that a host shows: the connection ends before anybody logs in. */
export async function discoverHostKey(dialer: Dialer, options: HostKeyOptions): Promise<HostIdentity> {
  let found: HostIdentity | undefined;
  try {
    const acceptsHost = (identity: HostIdentity): boolean => {
      found = identity;
      return false;
    };
    await connect(dialer, { ...options, user: 'host-key', password: undefined, privateKey: undefined, acceptsHost });
  } catch (error) {
    if (found === undefined) throw error;
  }
  if (found === undefined) throw new NetworkError('TARGET_CLOSED', `${options.host} showed no key`);
  return found;
}

/** A connection that is logged in. */
export async function openSsh(dialer: Dialer, options: SshOptions): Promise<SshConnection> {
  const { client, identity } = await connect(dialer, options);
  return {
    identity,
    openShell: (terminal) => openShell(client, terminal),
    execute: (command, given) => executeCommand(client, command, given),
    close: () => {
      client.destroy();
    },
  };
}

async function connect(dialer: Dialer, options: SshOptions): Promise<{ client: Client; identity: HostIdentity }> {
  const { host, port, timeoutMs, signal, isBroad, acceptsHost } = options;
  const socket = await dialer.dial({ host, port, timeoutMs, signal });
  const client = new ssh2.Client();
  const seen: { identity?: HostIdentity; isRefused?: boolean } = {};
  const login = sshLogin(options);
  const config: ConnectConfig = {
    sock: socket,
    username: options.user,
    readyTimeout: timeoutMs,
    keepaliveInterval: 0,
    hostVerifier: (key: Buffer) => {
      seen.identity = { keyType: keyTypeOf(key), key, software: softwareOf(client) };
      seen.isRefused = !acceptsHost(seen.identity);
      return !seen.isRefused;
    },
    ...login,
    ...(isBroad && { algorithms: broadAlgorithms }),
  };
  try {
    await ready(client, config, options);
  } catch (error) {
    client.destroy();
    socket.destroy();
    signal.throwIfAborted();
    throw seen.isRefused === true ? hostRefused(host, port) : toNetworkError(error, options);
  }
  const { identity } = seen;
  if (identity === undefined) throw new NetworkError('TARGET_CLOSED', `${host} showed no key`);
  return { client, identity };
}

function ready(client: Client, config: ConnectConfig, { signal }: SshOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      finish(signal.reason as Error);
    };
    const finish = (error?: Error): void => {
      signal.removeEventListener('abort', onAbort);
      client.off('ready', finish).off('close', onClose);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onClose = (): void => {
      finish(new Error('the connection was closed'));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    // Kept for good: what fails after the login ends the channels, which tell of it.
    client
      .on('error', finish)
      .once('close', onClose)
      .once('ready', () => {
        finish();
      });
    client.connect(config);
  });
}

function hostRefused(host: string, port: number): NetworkError {
  return new NetworkError('HOST_KEY_MISMATCH', `the key of ${host}:${port} is not the one that HostKey names`);
}

function toNetworkError(error: unknown, { host, port, user, privateKey, timeoutMs }: SshOptions): NetworkError {
  if (error instanceof NetworkError) return error;
  const { message, level } = error as Error & { level?: string };
  const shown = `${host}:${port}`;
  const cause = error;
  if (level === 'client-authentication')
    return new NetworkError(
      'LOGIN_REFUSED',
      `All configured authentication methods failed (user ${user}, host ${shown})`,
      // ssh2 passes over such a key without a word.
      {
        cause,
        ...(isUnusable(privateKey) && { hint: 'UserKey is no private key of OpenSSH or PEM without a passphrase.' }),
      },
    );
  if (level === 'client-timeout')
    return new NetworkError('TARGET_TIMEOUT', `${shown} did not answer within ${timeoutMs} ms`, { cause });
  if (/no matching/i.test(message))
    return new NetworkError('TARGET_UNREACHABLE', `${shown}: ${message}`, {
      hint: 'An old system may need AutoAdjustCiphers.',
      cause,
    });
  return new NetworkError('TARGET_CLOSED', `${shown}: ${message}`, { cause });
}

function isUnusable(privateKey: string | undefined): boolean {
  return privateKey !== undefined && ssh2.utils.parseKey(privateKey) instanceof Error;
}

/** Only in a field that ssh2 does not document. */
function softwareOf(client: Client): string {
  const version = (client as unknown as { _remoteVer?: unknown })._remoteVer;
  return typeof version === 'string' ? version : '';
}
