import path from 'node:path';
import { type CallRecord, type Json, type JsonObject, openPlugin, openSession } from '../../src/index.ts';
import { fixture, type HostRun, invokeArguments, type Language, makeFolder, python, runHost } from './fixture.ts';

interface Step extends CallRecord {
  n: number;
  startedAt: string;
}

interface Call {
  /** Default `store-returns-as-told`. */
  behaviour?: string;
  language?: Language;
  /** Default `get_password_list`. */
  hook?: string;
  /** Default `demo`. */
  session?: string;
  /** What the hook returns. */
  told?: Json;
}

export interface HostCall extends Call {
  /** More options of the command line. */
  more?: string[];
}

interface Store {
  state: string;
  /** A call by the library, which takes a third of the time of a command line. */
  call: (call: Call) => Promise<CallRecord>;
  argumentsOf: (call: HostCall) => string[];
  /** A call by the command line. */
  invoke: (call: HostCall) => Promise<HostRun & { json: CallRecord }>;
  /** `plugin-host session …` */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a test knows what its command prints
  session: <T>(...args: string[]) => Promise<HostRun & { json: T }>;
  steps: () => Promise<Step[]>;
  /** The cookies that a next call starts with; it keeps them. */
  cookies: () => Promise<{ cookie: JsonObject; sessionCookie: JsonObject }>;
}

/** A state folder of its own and calls in its sessions. */
export function makeStore(): Store {
  const state = path.join(makeFolder(), 'state');
  const behaviourOf = ({ behaviour = 'store-returns-as-told' }: Call): string => behaviour;
  const store: Store = {
    state,
    async call(options) {
      const { language, hook = 'get_password_list', session: name = 'demo', told } = options;
      await using plugin = await openPlugin(fixture(behaviourOf(options), language), { python, processes: 'cold' });
      await using session = await openSession({ [plugin.type]: plugin, store: { name, stateDir: state } });
      return await session.call(hook, told === undefined ? {} : { server_username: told });
    },
    argumentsOf: (options) => [
      ...invokeArguments(behaviourOf(options), options),
      ...['--state', state, '--session', options.session ?? 'demo'],
      ...(options.told === undefined ? [] : ['--set', `server_username=${JSON.stringify(options.told)}`]),
      ...(options.more ?? []),
    ],
    invoke: async (options) => runHost(...store.argumentsOf(options)),
    session: async (...args) => runHost('session', ...args, '--state', state),
    steps: async () => (await store.session<{ steps: Step[] }>('show', 'demo')).json.steps,
    async cookies() {
      const { cookie, sessionCookie } = await store.call({ told: null });
      return { cookie: cookie.before, sessionCookie: sessionCookie.before };
    },
  };
  return store;
}
