import { parseDuration } from '../../base/parse-duration.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type Inspector, startInspector } from '../../inspector/serving/start-inspector.ts';
import { parseBytes } from '../../process/limits.ts';
import { openInBrowser } from '../../process/open-in-browser.ts';
import { resolveProject } from '../../project/resolve-project.ts';
import { createEndpointTree } from '../../rest/create-endpoint-tree.ts';
import { createRoutes } from '../../rest/create-routes.ts';
import { openApi } from '../../rest/open-api.ts';
import type { Compat } from '../../rest/profile.ts';
import { type NamedServices, serverDefaults, type ServerOptions } from '../../rest/server/server-options.ts';
import { startApiServer } from '../../rest/server/start-api-server.ts';
import { resolveHost } from '../../sps/call/resolve-host.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { readTextFile } from '../command/read-json-text.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { openLog } from '../terminal/open-log.ts';
import type { serveCommand } from './commands/serve-command.ts';
import { readAdminPassword } from './read-admin-password.ts';
import { renderAccessLine } from './render-access-line.ts';
import { readyDocument, renderReady } from './render-ready.ts';

type ServeOptions = OptionsOf<typeof serveCommand>;

const defaultApiPort = 8443;
const defaultPagePort = 8080;
const interruptedExitCode = 130;

/** Serves until it is told to end. */
export async function serve(terminal: Terminal, options: ServeOptions): Promise<number> {
  const { json = false } = options;
  if (options.openapi) {
    terminal.printJson(describeApi(options.compat ?? serverDefaults.compat));
    return 0;
  }
  const say = (text: string): void => {
    terminal.say(text);
  };
  const { serverOptions, log, pagePort } = await readServerOptions(options, say);
  using access = log === undefined ? undefined : openLog(log, say);
  const watch = (line: string): void => {
    const shown = process.stderr.isTTY ? renderAccessLine(line, terminal.paintError) : undefined;
    if (shown !== undefined) terminal.say(shown);
  };
  const signal = firstSignal();
  await using beside = new AsyncDisposableStack(); // what failed to start leaves nothing
  const inspector = Promise.withResolvers<Inspector>();
  const server = await startApiServer({ ...serverOptions, log: access?.write ?? watch }, async () => {
    const opened = await openInspector({ ...options, port: pagePort }, serverOptions, say);
    beside.defer(opened.close);
    inspector.resolve(opened);
  });
  const { url: inspectorUrl } = await inspector.promise;
  if (json) terminal.print(JSON.stringify(readyDocument(server, serverOptions, inspectorUrl))); // who starts it reads one line
  terminal.say(renderReady(server, serverOptions, { terminal, inspectorUrl }));
  if (options.open) openInBrowser(inspectorUrl);
  terminal.interruptedAgain.addEventListener('abort', () => process.exit(interruptedExitCode));
  const isInterrupted = (await signal) === 'SIGINT';
  await beside.disposeAsync();
  await server.close();
  return isInterrupted ? interruptedExitCode : 0;
}

/** The page beside the API. @throws PluginHostError PORT_IN_USE */
async function openInspector(
  { port, keep, showSecrets }: ServeOptions & { port: number },
  { stateDir, host, allowHosts }: ServerOptions,
  say: (text: string) => void,
): Promise<Inspector> {
  return startInspector({
    stateDir,
    host,
    allowHosts,
    port,
    ...(keep === undefined ? {} : { keep }),
    showSecrets: showSecrets ?? false,
    onDefect: (error) => {
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    },
  });
}

function describeApi(compat: Compat): object {
  return openApi(createRoutes(compat, createEndpointTree(compat)), compat);
}

/** The terminal of the command line keeps the process from ending by it. */
function firstSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  return promise;
}

interface Merged {
  serverOptions: ServerOptions;
  /** Where the access log goes. */
  log: string | undefined;
  /** Of the page. */
  pagePort: number;
}

/** Options win over plugin-host.yaml. */
async function readServerOptions(options: ServeOptions, warn: (text: string) => void): Promise<Merged> {
  const { stateDir, part: settings = {} } = await resolveProject(
    '.',
    { hostConfig: options.hostConfig, stateDir: options.state, environment: process.env, currentFolder: process.cwd() },
    async () => (await import('../../rest/settings/serve-part.ts')).servePart,
  );
  const certificate = options.certificate ?? settings.certificate;
  const key = options.key ?? settings.key;
  const isPlain = options.http ?? (options.certificate === undefined && settings.http === true);
  const passwordFile = options.adminPasswordFile ?? settings.adminPasswordFile;
  const isNewAdminPassword = options.newAdminPassword ?? false;
  const limit = settings.uploadLimit === undefined ? undefined : parseBytes(String(settings.uploadLimit));
  const serverOptions: ServerOptions = {
    stateDir,
    compat: options.compat ?? settings.compat ?? serverDefaults.compat,
    api: options.api,
    spsVersion: options.spsVersion,
    host: options.host ?? settings.host ?? serverDefaults.host,
    apiPort: options.apiPort ?? settings.apiPort ?? defaultApiPort,
    allowHosts: [...(settings.allowHosts ?? []), ...(options.allowHost ?? [])],
    isPlain,
    certificate: isPlain ? undefined : await readCertificate(certificate, key),
    adminPassword: passwordFile === undefined || isNewAdminPassword ? undefined : readAdminPassword(passwordFile, warn),
    isNewAdminPassword,
    users: Object.fromEntries(
      Object.entries(settings.users ?? {}).map(([name, { passwordFile: file, privileges }]) => [
        name,
        { password: readAdminPassword(file, warn), privileges },
      ]),
    ),
    sessionIdleMs: options.sessionIdle ?? durationOf(settings.sessionIdle) ?? serverDefaults.sessionIdleMs,
    transactionIdleMs:
      options.transactionIdle ?? durationOf(settings.transactionIdle) ?? serverDefaults.transactionIdleMs,
    uploadLimitBytes: options.uploadLimit ?? limit ?? serverDefaults.uploadLimitBytes,
    dropUnknownMembers: settings.dropUnknownMembers ?? false,
    services: await readNamedServices(options),
    log: () => undefined,
    onDefect: warn,
  };
  return {
    pagePort: options.port ?? settings.port ?? defaultPagePort,
    serverOptions,
    log: options.log ?? settings.log,
  };
}

/** Of plugin-host.yaml. */
async function readNamedServices({ hostConfig, state }: ServeOptions): Promise<NamedServices> {
  const where = { environment: process.env, currentFolder: process.cwd() };
  const { services } = await resolveHost('.', { hostConfig, stateDir: state, ...where });
  return services;
}

/** Checked with the file. */
function durationOf(text: string | number | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(String(text));
}

/** @throws PluginHostError USAGE, FILE_NOT_FOUND */
async function readCertificate(
  certificate: string | undefined,
  key: string | undefined,
): Promise<ServerOptions['certificate']> {
  if (certificate !== undefined && key !== undefined) {
    return { cert: await readTextFile(certificate), key: await readTextFile(key) };
  }
  if (certificate === undefined && key === undefined) return undefined;
  throw new PluginHostError('USAGE', '--certificate and --key belong together', { hint: 'Give both, or neither.' });
}
