import path from 'node:path';
import { startInspector } from '../../inspector/serving/start-inspector.ts';
import { inspectorPart } from '../../inspector/settings/inspector-part.ts';
import { openInBrowser } from '../../process/open-in-browser.ts';
import { resolveProject } from '../../project/resolve-project.ts';
import { openStore } from '../../sps/stores/open-store.ts';
import type { StatePlace } from '../../state/state-place.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { pluginHere } from '../sps/host-options-of.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { firstSignal } from '../terminal/first-signal.ts';
import type { inspectCommand } from './inspect-command.ts';

type InspectOptions = OptionsOf<typeof inspectCommand>;

const defaultPort = 8080;
const interruptedExitCode = 130;

/** Shows the page until it is told to end. */
export async function inspect(terminal: Terminal, name: string | undefined, options: InspectOptions): Promise<number> {
  const { json = false, showSecrets = false, plugin: plugins = [] } = options;
  const {
    stateDir: folder,
    stateUrl,
    part = {},
  } = await resolveProject(
    plugins[0] ?? pluginHere(),
    {
      hostConfig: options.hostConfig,
      stateDir: options.state,
      environment: process.env,
      currentFolder: process.cwd(),
    },
    () => Promise.resolve(inspectorPart),
  );
  if (name !== undefined) await requireSession(name, { stateDir: folder, stateUrl });
  const keep = options.keep ?? part.keep;
  const inspector = await startInspector({
    stateDir: stateUrl ?? folder,
    port: options.port ?? part.port ?? defaultPort,
    allowHost: options.allowHost ?? part.allowHost ?? [],
    plugins,
    showSecrets,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(keep === undefined ? {} : { keep }),
    ...(options.hostConfig === undefined ? {} : { hostConfig: path.resolve(options.hostConfig) }),
    onDefect: (error) => {
      terminal.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    },
  });
  const signal = firstSignal();
  const url = name === undefined ? inspector.url : inspector.url.replace('/?', `/sessions/${name}?`);
  const { port, token, stateDir } = inspector;
  if (json) terminal.print(JSON.stringify({ url, port, token, stateDir, pid: process.pid }));
  terminal.sayAnyway(`sessions of ${stateDir}, and every call that is made there from now on:\n${url}`);
  if (showSecrets) terminal.say('warning: secrets are shown');
  if (options.open) openInBrowser(url);
  const isInterrupted = (await signal) === 'SIGINT';
  await inspector.close();
  return isInterrupted ? interruptedExitCode : 0;
}

/** @throws PluginHostError SESSION_NOT_FOUND */
async function requireSession(name: string, place: StatePlace): Promise<void> {
  await using store = await openStore(place);
  await store.readFacts(name);
}
