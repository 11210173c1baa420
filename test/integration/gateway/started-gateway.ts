import path from 'node:path';
import { afterEach, expect } from 'vitest';
import {
  type Gateway,
  type GatewayEvent,
  type GatewayOptions,
  type JsonObject,
  startGateway,
} from '../../../src/index.ts';
import type { SessionFacts } from '../../../src/sps/store/session-facts.ts';
import { SessionStore } from '../../../src/sps/store/session-store.ts';
import { makeFolder, python } from '../fixture.ts';
import { type Script, type ScriptedPlugins, writePlugins } from './scripted-plugins.ts';
import { killSsh, runSsh, type SshOptions, type SshResult, type SshRun } from './ssh-client.ts';

export interface StartedGateway extends ScriptedPlugins {
  folder: string;
  gateway: Gateway;
  events: GatewayEvent[];
  store: SessionStore;
  run: (options?: Partial<SshOptions>) => SshRun;
  ssh: (options?: Partial<SshOptions>) => Promise<SshResult>;
  /** The only session, once it has ended. */
  session: () => Promise<SessionFacts & { gateway: JsonObject }>;
  /** Events of a kind. */
  told: <Kind extends GatewayEvent['event']>(kind: Kind) => Extract<GatewayEvent, { event: Kind }>[];
}

export interface StartOptions extends Partial<GatewayOptions> {
  /** Of the clients, unless they have one of their own. */
  login?: string;
  types?: readonly ('aa' | 'credentialstore')[];
}

const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
});

/** A gateway with scripted plugins; it ends with the test. */
export async function startScripted(script: Script, options: StartOptions = {}): Promise<StartedGateway> {
  const { login = 'svc', types = ['aa', 'credentialstore'], ...given } = options;
  const folder = makeFolder();
  const scripted = writePlugins(folder, script, types);
  const stateDir = given.stateDir ?? path.join(folder, 'state');
  const events: GatewayEvent[] = [];
  const gateway = await startGateway({
    plugins: scripted.plugins,
    stateDir,
    python,
    listen: '127.0.0.1:0',
    onEvent: (event) => events.push(event),
    ...given,
  });
  const runs: SshRun[] = [];
  opened.push(async () => {
    await gateway.close();
    for (const each of runs) killSsh(each);
    await Promise.all(runs.map(({ done }) => done));
  });
  const store = new SessionStore(stateDir);
  const run = (client: Partial<SshOptions> = {}): SshRun => {
    const begun = runSsh(folder, { port: gateway.port, login, ...client });
    runs.push(begun);
    return begun;
  };
  return {
    ...scripted,
    folder,
    gateway,
    events,
    store,
    run,
    ssh: (client) => run(client).done,
    session: async () => {
      await expect.poll(() => events.some(({ event }) => event === 'ended')).toBe(true);
      const name = store.names().find((each) => each.startsWith('ssh-')) ?? '';
      return store.readFacts(name) as SessionFacts & { gateway: JsonObject };
    },
    told: (kind) => events.filter(({ event }) => event === kind) as never,
  };
}

/** Hooks that ended a session, as the plugins noted them. */
export function endsOf({ hooks }: Pick<ScriptedPlugins, 'hooks'>): number {
  return hooks().filter((hook) => hook === 'session_ended').length;
}
