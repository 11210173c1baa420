import { PluginHostError } from '../../base/plugin-host-error.ts';
import { resolveProject } from '../../project/resolve-project.ts';
import { serverDefaults, type ServerOptions } from '../../rest/server/server-options.ts';
import { startApiServer } from '../../rest/server/start-api-server.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { readTextFile } from '../command/read-json-text.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { serveCommand } from './commands/serve-command.ts';
import { openLog } from './open-log.ts';
import { readAdminPassword } from './read-admin-password.ts';
import { readyDocument, renderReady } from './render-ready.ts';

type ServeOptions = OptionsOf<typeof serveCommand>;

const defaultApiPort = 8443;
const interruptedExitCode = 130;

/** Serves until it is told to end. */
export async function serve(terminal: Terminal, options: ServeOptions): Promise<number> {
  const { json = false, log } = options;
  const say = (text: string): void => {
    terminal.say(text);
  };
  const serverOptions = await readServerOptions(options, say);
  using access = log === undefined ? undefined : openLog(log, say);
  const signal = firstSignal();
  const server = await startApiServer({ ...serverOptions, log: access?.write ?? (() => undefined) });
  if (json) terminal.printJson(readyDocument(server, serverOptions));
  terminal.say(renderReady(server, serverOptions, terminal));
  terminal.interruptedAgain.addEventListener('abort', () => process.exit(interruptedExitCode));
  const isInterrupted = (await signal) === 'SIGINT';
  await server.close();
  return isInterrupted ? interruptedExitCode : 0;
}

/** The terminal of the command line keeps the process from ending by it. */
function firstSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  return promise;
}

async function readServerOptions(options: ServeOptions, warn: (text: string) => void): Promise<ServerOptions> {
  const { stateDir } = await resolveProject('.', {
    hostConfig: options.hostConfig,
    stateDir: options.state,
    environment: process.env,
    currentFolder: process.cwd(),
  });
  const { certificate, key, adminPasswordFile } = options;
  if ((certificate === undefined) !== (key === undefined)) {
    throw new PluginHostError('USAGE', '--certificate and --key belong together', { hint: 'Give both, or neither.' });
  }
  const pair =
    certificate === undefined || key === undefined
      ? undefined
      : { cert: await readTextFile(certificate), key: await readTextFile(key) };
  return {
    stateDir,
    compat: options.compat ?? serverDefaults.compat,
    api: options.api,
    spsVersion: options.spsVersion,
    host: options.host ?? serverDefaults.host,
    apiPort: options.apiPort ?? defaultApiPort,
    allowHosts: options.allowHost ?? [],
    isPlain: options.http ?? false,
    certificate: pair,
    adminPassword: adminPasswordFile === undefined ? undefined : readAdminPassword(adminPasswordFile, warn),
    isNewAdminPassword: options.newAdminPassword ?? false,
    users: {},
    sessionIdleMs: options.sessionIdle ?? serverDefaults.sessionIdleMs,
    transactionIdleMs: options.transactionIdle ?? serverDefaults.transactionIdleMs,
    uploadLimitBytes: options.uploadLimit ?? serverDefaults.uploadLimitBytes,
    dropUnknownMembers: false,
    log: () => undefined,
    onDefect: warn,
  };
}
