import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { decodeText, TextFault } from '../../documents/decode-text.ts';
import type { Secrets } from '../call/call-hook.ts';
import type { CallRecord } from '../call/call-record.ts';
import { secretsOf } from '../call/secrets-of.ts';
import { findPluginHere } from '../package/find-plugin-here.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';
import { type OpenedPlugin, openPluginOf } from './open-plugin.ts';
import { type OpenedSession, openSessionOf, type SessionOptions } from './open-session.ts';

/** What is open in one connection, by the number that the client was given. */
interface Opened {
  plugins: Map<number, OpenedPlugin>;
  sessions: Map<number, OpenedSession>;
  /** What must not be shown of the calls so far. */
  secrets: Secrets;
  next: number;
}

type Method = (opened: Opened, params: JsonObject) => Promise<unknown>;

const methods: Record<string, Method> = {
  async open(opened, { path, ...options }) {
    const given = path === undefined ? findPluginHere(process.cwd()) : text('path', path);
    const plugin = await openPluginOf('rpc', given, options);
    const number = opened.next++;
    opened.plugins.set(number, plugin);
    return { plugin: number, name: plugin.name, type: plugin.type };
  },
  async call(opened, { plugin, hook, kwargs, ...options }) {
    return remember(
      opened,
      await find(opened.plugins, 'plugin', plugin).call(text('hook', hook), mapping('kwargs', kwargs), options),
    );
  },
  requests: (opened, { plugin }) =>
    Promise.resolve().then(() => ({ requests: find(opened.plugins, 'plugin', plugin).requests })),
  async 'session.open'(opened, { aa, credentialstore, ...options }) {
    const member = (name: string, given: Json | undefined): Partial<SessionOptions> =>
      given === undefined ? {} : { [name]: typeof given === 'string' ? given : find(opened.plugins, name, given) };
    const session = await openSessionOf('rpc', {
      ...(options as SessionOptions),
      ...member('aa', aa),
      ...member('credentialstore', credentialstore),
    });
    const number = opened.next++;
    opened.sessions.set(number, session);
    return { session: number };
  },
  async 'session.call'(opened, { session, hook, kwargs, ...options }) {
    return remember(
      opened,
      await find(opened.sessions, 'session', session).call(text('hook', hook), mapping('kwargs', kwargs), options),
    );
  },
  async 'session.end'(opened, { session }) {
    const records = await find(opened.sessions, 'session', session).end();
    return records.map((record) => remember(opened, record));
  },
  mask: ({ secrets }, { texts }) =>
    Promise.resolve().then(() => {
      const masker = createPluginMasker(secrets.values, secrets.names);
      return { texts: list('texts', texts).map((each) => masker.text(text('texts', each))) };
    }),
  async 'session.close'(opened, { session }) {
    await find(opened.sessions, 'session', session).close();
    opened.sessions.delete(Number(session));
    return {};
  },
  async close(opened, { plugin }) {
    if (plugin === undefined) await closeAll(opened);
    else {
      await find(opened.plugins, 'plugin', plugin).close();
      opened.plugins.delete(Number(plugin));
    }
    return {};
  },
};

/**
 * Answers requests, one JSON document in UTF-8 per line, until the lines end; then closes what is open. Requests run at the same time, so answers may come
 * in another order. Shapes: docs/rpc.md.
 * @param signal Ends it as the end of the lines does
 */
export async function serveRpc(
  lines: AsyncIterable<Uint8Array>,
  answer: (document: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const opened: Opened = { plugins: new Map(), sessions: new Map(), secrets: { values: [], names: [] }, next: 1 };
  const running = new Set<Promise<void>>();
  // A running call does not delay the end.
  signal.addEventListener('abort', () => void closeAll(opened));
  try {
    for await (const line of lines) {
      if (line.every((byte) => byte <= blank)) continue;
      const served = serve(opened, line).then((document) => {
        answer(JSON.stringify(document));
      });
      running.add(served);
      void served.finally(() => running.delete(served));
    }
  } finally {
    await closeAll(opened);
    await Promise.all(running);
    await closeAll(opened); // what was being opened
  }
}

/** It and what is below it in ASCII: blanks, tabs, line ends. */
const blank = 0x20;

async function serve(opened: Opened, line: Uint8Array): Promise<unknown> {
  let id: Json = null;
  try {
    const request = parse(line);
    id = request['id'] ?? null;
    const name = text('method', request['method']);
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (method === undefined) {
      const hint = renderSuggestion(name, Object.keys(methods));
      throw new PluginHostError('USAGE', `${name} is not a method`, { hint });
    }
    return { id, result: await method(opened, mapping('params', request['params'])) };
  } catch (error) {
    if (error instanceof PluginHostError) {
      return { id, error: { code: error.code, message: error.message, hint: error.hint } };
    }
    const { name, message } = error as Error;
    const code = name === 'AbortError' ? 'INTERRUPTED' : 'HOST_FAILED';
    return { id, error: { code, message, hint: 'Everything that was started has ended.' } };
  }
}

/** The text is not repeated: it may hold a password. */
function parse(line: Uint8Array): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(decodeText(line));
  } catch (error) {
    if (error instanceof TextFault) {
      throw new PluginHostError('NOT_UTF8', `the request: ${error.message}`, { hint: 'Write JSON in UTF-8.' });
    }
    throw new PluginHostError('JSON_INVALID', 'the request is not JSON', { hint: 'Write one JSON object per line.' });
  }
  return mapping('the request', value as Json);
}

function text(name: string, value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw new PluginHostError('USAGE', `${name}: expected a string`, { hint: 'See docs/rpc.md.' });
}

function list(name: string, value: Json | undefined): Json[] {
  if (Array.isArray(value)) return value;
  throw new PluginHostError('USAGE', `${name}: expected a list`, { hint: 'See docs/rpc.md.' });
}

function mapping(name: string, value: Json | undefined): JsonObject {
  if (value === undefined || value === null) return {};
  if (isJsonObject(value)) return value;
  throw new PluginHostError('USAGE', `${name}: expected a JSON object`, { hint: 'See docs/rpc.md.' });
}

function remember({ secrets }: Opened, record: CallRecord): CallRecord {
  const { values, names } = secretsOf(record);
  secrets.values = [...new Set([...secrets.values, ...values])];
  secrets.names = [...new Set([...secrets.names, ...names])];
  return record;
}

function find<T>(open: ReadonlyMap<number, T>, name: string, number: Json | undefined): T {
  const found = typeof number === 'number' ? open.get(number) : undefined;
  if (found !== undefined) return found;
  throw new PluginHostError('USAGE', `${name}: nothing is open as ${JSON.stringify(number ?? null)}`, {
    hint: 'Give the number that open or session.open returned.',
  });
}

async function closeAll({ plugins, sessions }: Opened): Promise<void> {
  await Promise.allSettled([...sessions.values()].map((session) => session.close()));
  await Promise.allSettled([...plugins.values()].map((plugin) => plugin.close()));
  sessions.clear();
  plugins.clear();
}
