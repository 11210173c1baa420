import { defaultRelease } from '../../sps/manifest/release.ts';
import { readAccess } from './read-access.ts';
import { renderWarning } from './render-access.ts';
import type { ServeOptions } from './serve-options.ts';
import { serverDefaults } from './server-options.ts';

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

/**
 * Starts an SPS that holds plugins and policies, on this machine only. It sets no signal handler and writes to no stream.
 * @throws PluginHostError NOT_LOOPBACK, PORT_IN_USE, STATE_IN_USE, STATE_DAMAGED, STATE_TOO_NEW, CERTIFICATE_INVALID, ADMIN_PASSWORD_FILE, USAGE
 */
export async function startServer(
  options: ServeOptions & { stateDir: string },
  openBeside?: () => Promise<void>,
): Promise<RunningServer> {
  const { allowHost = [], services = {} } = options;
  const log = (line: string): void => void tell(options.log, line);
  const access = readAccess(options, (message) => {
    log(renderWarning('PASSWORD_FILE_READABLE', message, null));
  });
  const { startApiServer } = await import('./start-api-server.ts'); // with SQLite and the servers of Node
  const server = await startApiServer(
    {
      stateDir: options.stateDir,
      compat: options.compat ?? serverDefaults.compat,
      api: options.api ?? defaultRelease.api,
      spsVersion: options.spsVersion ?? defaultRelease.spsVersion,
      host: options.host ?? serverDefaults.host,
      apiPort: options.apiPort ?? 0,
      allowHosts: [allowHost].flat(),
      isPlain: options.http ?? false,
      ...access,
      sessionIdleMs: options.sessionIdleMs ?? serverDefaults.sessionIdleMs,
      transactionIdleMs: options.transactionIdleMs ?? serverDefaults.transactionIdleMs,
      uploadLimitBytes: options.uploadLimit ?? serverDefaults.uploadLimitBytes,
      dropUnknownMembers: options.dropUnknownMembers ?? false,
      services,
      log,
      onDefect: (text) => {
        log(JSON.stringify({ time: new Date().toISOString(), level: 'error', message: text }));
      },
    },
    openBeside,
  );
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= server.close());
  return {
    url: server.url,
    inspectorUrl: null,
    certificate: server.certificate?.cert ?? null,
    adminPassword: server.newPassword ?? null,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Neither what a callback throws nor a promise that it breaks is the fault of a request. */
async function tell(log: ((line: string) => unknown) | undefined, line: string): Promise<void> {
  try {
    await log?.(line);
  } catch {
    // Nobody can be told: this writes to no stream.
  }
}
