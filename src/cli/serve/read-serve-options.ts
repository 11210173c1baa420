import path from 'node:path';
import { parseDuration } from '../../base/parse-duration.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { InspectorOptions } from '../../inspector/serving/start-inspector.ts';
import type { InspectorSettings } from '../../inspector/settings/inspector-settings-schema.ts';
import { parseBytes } from '../../process/limits.ts';
import type { ProjectPart } from '../../project/read-project-file.ts';
import { resolveProject } from '../../project/resolve-project.ts';
import { readPasswordFile } from '../../rest/access/read-password-file.ts';
import { serverDefaults, type ServerOptions } from '../../rest/server/server-options.ts';
import type { ServeSettings } from '../../rest/settings/serve-part.ts';
import { resolveHost } from '../../sps/call/resolve-host.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { readTextFile } from '../command/read-json-text.ts';
import { pluginHere } from '../sps/host-options-of.ts';
import type { serveCommand } from './commands/serve-command.ts';

type GivenOptions = OptionsOf<typeof serveCommand>;

const defaultApiPort = 8443;
const defaultPagePort = 8080;

interface ReadOptions {
  server: ServerOptions;
  page: InspectorOptions;
  /** Where the access log goes. */
  log: string | undefined;
}

/**
 * What plugin-host.yaml says of the API and of the page; options win.
 * @throws PluginHostError USAGE, FILE_NOT_FOUND, ADMIN_PASSWORD_FILE, HOST_CONFIG_INVALID, …
 */
export async function readServeOptions(options: GivenOptions, warn: (text: string) => void): Promise<ReadOptions> {
  const { plugin: plugins = [], hostConfig } = options;
  const [projectOf = pluginHere()] = plugins;
  const places = { hostConfig, stateDir: options.state, environment: process.env, currentFolder: process.cwd() };
  const { stateDir, part: settings = {} } = await resolveProject(projectOf, places, loadServePart);
  const { part: ofPage = {} } = await resolveProject(projectOf, places, loadInspectorPart);
  const { services } = await resolveHost(projectOf, places);
  const isPlain = options.http ?? (options.certificate === undefined && settings.http === true);
  const certificate = isPlain
    ? undefined
    : await readCertificate(options.certificate ?? settings.certificate, options.key ?? settings.key);
  const passwordFile = options.adminPasswordFile ?? settings.adminPasswordFile;
  const isNewAdminPassword = options.newAdminPassword ?? false;
  const limit = settings.uploadLimit === undefined ? undefined : parseBytes(String(settings.uploadLimit));
  const host = options.host ?? settings.host ?? serverDefaults.host;
  const allowHosts = [settings.allowHost ?? [], options.allowHost ?? []].flat();
  const keep = options.keep ?? settings.keep ?? ofPage.keep;
  return {
    server: {
      stateDir,
      compat: options.compat ?? settings.compat ?? serverDefaults.compat,
      api: options.api,
      spsVersion: options.spsVersion,
      host,
      apiPort: options.apiPort ?? settings.apiPort ?? defaultApiPort,
      allowHosts,
      isPlain,
      certificate,
      adminPassword:
        passwordFile === undefined || isNewAdminPassword ? undefined : readPasswordFile(passwordFile, warn),
      isNewAdminPassword,
      users: Object.fromEntries(
        Object.entries(settings.users ?? {}).map(([name, { passwordFile: file, privileges }]) => [
          name,
          { password: readPasswordFile(file, warn), privileges },
        ]),
      ),
      sessionIdleMs: options.sessionIdle ?? durationOf(settings.sessionIdle) ?? serverDefaults.sessionIdleMs,
      transactionIdleMs:
        options.transactionIdle ?? durationOf(settings.transactionIdle) ?? serverDefaults.transactionIdleMs,
      uploadLimitBytes: options.uploadLimit ?? limit ?? serverDefaults.uploadLimitBytes,
      dropUnknownMembers: settings.dropUnknownMembers ?? false,
      services,
      log: () => undefined,
      onDefect: warn,
    },
    page: {
      stateDir,
      host,
      port: options.port ?? settings.port ?? ofPage.port ?? defaultPagePort,
      allowHost: [allowHosts, options.allowHost === undefined ? (ofPage.allowHost ?? []) : []].flat(),
      showSecrets: options.showSecrets ?? settings.showSecrets ?? false,
      plugins,
      ...(keep === undefined ? {} : { keep }),
      ...(hostConfig === undefined ? {} : { hostConfig: path.resolve(hostConfig) }),
    },
    log: options.log ?? settings.log,
  };
}

// With their validators, only where there is a project file.
const loadServePart = async (): Promise<ProjectPart<ServeSettings>> =>
  (await import('../../rest/settings/serve-part.ts')).servePart;
const loadInspectorPart = async (): Promise<ProjectPart<InspectorSettings>> =>
  (await import('../../inspector/settings/inspector-part.ts')).inspectorPart;

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
