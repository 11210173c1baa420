import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { authorityOf, requireLoopback } from '../../loopback/is-loopback.ts';
import { listenOn } from '../../loopback/listen-on.ts';
import { chooseState } from '../../project/choose-state.ts';
import { takeInspectorLock } from '../../sps/recording/take-inspector-lock.ts';
import { openStore } from '../../sps/stores/open-store.ts';
import type { Services } from '../../sps/surroundings/services.ts';
import { SessionIndex } from '../sessions/session-index.ts';
import { InspectorServer } from './inspector-server.ts';
import { pageFiles } from './page-files.ts';
import { renderExport } from './render-export.ts';

export interface InspectorOptions {
  /** Whose sessions are shown: a folder, or the address of a Redis server; default: `.plugin-host` in the current folder. */
  stateDir?: string;
  /** Default 0: any free one. */
  port?: number;
  /** Address of this machine only; default 127.0.0.1. */
  host?: string;
  /** Further names that a request's `Host` may hold, of a tunnel. */
  allowHost?: string | readonly string[];
  /** How many sessions that nobody named stay; default 500. */
  keep?: number;
  /** Masks nothing; default false. */
  showSecrets?: boolean;
  /** Path of plugin-host.yaml for calls that are made again; default: that of each plugin. */
  hostConfig?: string;
  /** Folders or ZIPs of plugins. A call that is made again runs the one of the same type and name instead of the recorded one. */
  plugins?: readonly string[];
  /** Replace those of plugin-host.yaml in calls that are made again, service by service; files are relative to the current folder. */
  services?: Services;
  /** Is told of what is a defect of ours; default: nobody. */
  onDefect?: (error: unknown) => void;
}

/** The page of a state folder, and its API. */
export interface Inspector extends AsyncDisposable {
  /** With the token. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Without a password. */
  readonly stateDir: string;
  /** Ends at once, whoever reads. */
  close: () => Promise<void>;
}

const inspectorDefaults = { host: '127.0.0.1', keep: 500 };
const tokenBytes = 32;

/**
 * Shows the stored sessions of a state folder in a page, on this machine only. While it is open, calls that would leave nothing are recorded too.
 * @throws PluginHostError PORT_IN_USE, NOT_LOOPBACK, STATE_UNWRITABLE, STATE_UNTRUSTED
 */
export async function startInspector(options: InspectorOptions = {}): Promise<Inspector> {
  const {
    port: wanted = 0,
    host = inspectorDefaults.host,
    keep = inspectorDefaults.keep,
    showSecrets = false,
  } = options;
  requireLoopback(host);
  const place = chooseState(
    { stateDir: options.stateDir, environment: process.env, currentFolder: process.cwd() },
    process.cwd(),
  );
  const page = pageFiles();
  const token = randomBytes(tokenBytes).toString('base64url');
  const closing = new AbortController();
  await using stack = new AsyncDisposableStack(); // what was opened is closed again when the start fails
  const store = stack.use(await openStore(place));
  stack.use((await store.takeInspector?.()) ?? takeInspectorLock(place.stateDir));
  const keptIn = place.stateUrl === undefined ? place.stateDir : undefined;
  const index = stack.adopt(await SessionIndex.open({ store, keptIn, showSecrets, keep }), (each) => {
    each.close();
  });
  const version = ownVersion();
  const hosted = {
    hostConfig: options.hostConfig,
    stateDir: place.stateUrl ?? place.stateDir,
    services: options.services,
    environment: process.env,
    currentFolder: process.cwd(),
  };
  const context = {
    index,
    version,
    host: hosted,
    plugins: options.plugins ?? [],
    signal: closing.signal,
    renderExport: (name: string) => renderExport(index.store, name, { page, showSecrets, version }),
  };
  const { allowHost = [], onDefect = () => undefined } = options;
  const allowHosts = [allowHost].flat();
  const listener = new InspectorServer({ context, page, token, allowHosts, onDefect });
  const port = await listenOn(listener.server, { host, port: wanted, option: '--port' });
  listener.nameCookie(port);
  const opened = stack.move();
  const close = async (): Promise<void> => {
    closing.abort();
    await listener.close();
    await opened.disposeAsync();
  };
  return {
    url: `http://${authorityOf(host, port)}/?token=${token}`,
    port,
    token,
    stateDir: store.place,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function ownVersion(): string {
  const { version } = createRequire(import.meta.url)('plugin-host/package.json') as { version: string };
  return version;
}
