import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { makeTemporaryFolder } from '../../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../process/folders/remove-folder.ts';
import { defaultRelease } from '../../sps/manifest/release.ts';
import type { Services } from '../../sps/surroundings/services.ts';
import { serverDefaults, type ServerUser } from './server-options.ts';

export interface ServeOptions {
  /** Where plugins and policies are committed; default: a temporary folder that `close` removes. */
  stateDir?: string;
  /** `classic` (default) is SPS 5.7 to 6.0, `current` 7.0.5 to 8.0. */
  compat?: 'classic' | 'current';
  /** An address of this machine only; default `127.0.0.1`. */
  host?: string;
  /** Default 0: any free one. */
  apiPort?: number;
  /** Further names that the `Host` of a request may hold. */
  allowHosts?: readonly string[];
  /** Plain HTTP instead of HTTPS. */
  http?: boolean;
  /** PEM instead of the self-signed one, with `key`. */
  certificate?: string;
  /** PEM of the private key of `certificate`. */
  key?: string;
  /** Of `admin`, at least 8 characters; it replaces the stored one. Without it, and without a stored one, one is made. */
  adminPassword?: string;
  /** Makes another password of `admin`; not together with `adminPassword`. */
  newAdminPassword?: boolean;
  /** Users besides `admin`. */
  users?: Readonly<Record<string, ServerUser>>;
  /** Default 1 200 000. */
  sessionIdleMs?: number;
  /** Default 600 000. */
  transactionIdleMs?: number;
  /** Largest body of an upload in bytes; default 100 MiB. */
  uploadLimit?: number;
  /** Leave members out that nobody reads, as SPS does. */
  dropUnknownMembers?: boolean;
  /** Besides what is committed: a configuration text may name them without a warning. */
  services?: Services;
  /** Gets each line of the access log. */
  log?: (line: string) => void;
  /** API of the emulated release, such as `1.9`. */
  api?: string;
  /** Version of the emulated release, such as `9.0.0`. */
  spsVersion?: string;
}

/** A server of the emulated API. */
export interface RunningServer extends AsyncDisposable {
  /** `https://127.0.0.1:8443` */
  readonly url: string;
  /** Null when the API was started alone. */
  readonly inspectorUrl: string | null;
  /** PEM; null over plain HTTP. */
  readonly certificate: string | null;
  /** Of `admin`, when it was made at this start. */
  readonly adminPassword: string | null;
  /** Answers what is under way and drops open transactions. Safe to call twice. */
  close: () => Promise<void>;
}

const shortestPassword = 8;

/**
 * Starts an SPS that holds plugins and policies, on this machine only. It sets no signal handler and writes to no stream.
 * @throws PluginHostError NOT_LOOPBACK, PORT_IN_USE, STATE_IN_USE, STATE_DAMAGED, STATE_TOO_NEW, CERTIFICATE_INVALID, USAGE
 */
export async function startServer(
  options: ServeOptions = {},
  openBeside?: () => Promise<void>,
): Promise<RunningServer> {
  const { certificate, key, adminPassword, newAdminPassword = false, users = {}, log = () => undefined } = options;
  if ((certificate === undefined) !== (key === undefined)) throw usage('certificate and key belong together');
  if (adminPassword !== undefined && adminPassword.length < shortestPassword) {
    throw usage(`adminPassword has fewer than ${shortestPassword} characters`);
  }
  if (adminPassword !== undefined && newAdminPassword)
    throw usage('adminPassword and newAdminPassword exclude each other');
  for (const [name, { password }] of Object.entries(users)) {
    if (name === 'admin' || name.includes(':')) throw usage(`a user cannot be called ${JSON.stringify(name)}`);
    if (password.length < shortestPassword)
      throw usage(`the password of ${name} has fewer than ${shortestPassword} characters`);
  }
  const { startApiServer } = await import('./start-api-server.ts'); // with SQLite and the servers of Node
  const temporary = options.stateDir === undefined ? makeTemporaryFolder() : undefined;
  const remove = (): void => {
    if (temporary !== undefined) removeFolder(temporary);
  };
  try {
    const server = await startApiServer(
      {
        stateDir: temporary ?? path.resolve(options.stateDir ?? ''),
        compat: options.compat ?? serverDefaults.compat,
        api: options.api ?? defaultRelease.api,
        spsVersion: options.spsVersion ?? defaultRelease.spsVersion,
        host: options.host ?? serverDefaults.host,
        apiPort: options.apiPort ?? 0,
        allowHosts: options.allowHosts ?? [],
        isPlain: options.http ?? false,
        certificate: certificate === undefined || key === undefined ? undefined : { cert: certificate, key },
        adminPassword,
        isNewAdminPassword: newAdminPassword,
        users,
        sessionIdleMs: options.sessionIdleMs ?? serverDefaults.sessionIdleMs,
        transactionIdleMs: options.transactionIdleMs ?? serverDefaults.transactionIdleMs,
        uploadLimitBytes: options.uploadLimit ?? serverDefaults.uploadLimitBytes,
        dropUnknownMembers: options.dropUnknownMembers ?? false,
        services: options.services ?? {},
        log,
        onDefect: (text) => {
          log(JSON.stringify({ time: new Date().toISOString(), level: 'error', message: text }));
        },
      },
      openBeside,
    );
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => (closing ??= server.close().finally(remove));
    return {
      url: server.url,
      inspectorUrl: null,
      certificate: server.certificate?.cert ?? null,
      adminPassword: server.newPassword ?? null,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function usage(message: string): PluginHostError {
  return new PluginHostError('USAGE', message, {
    hint: 'The options of startServer are those of `plugin-host serve`.',
  });
}
