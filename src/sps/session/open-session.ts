import { systemClock } from '../../base/clock.ts';
import type { JsonInputObject } from '../../base/json-input.ts';
import { isJsonObject } from '../../base/json.ts';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { isStateUrl, requireStateUrl, type StatePlace } from '../../state/state-place.ts';
import type { CallRecord } from '../call/call-record.ts';
import { withSecretsOf } from '../call/secrets-of.ts';
import type { ConnectionName } from '../plugin/connections.ts';
import { findHook, hooksByType, type PluginType, pluginTypes } from '../plugin/find-hook.ts';
import type { CalledHook, HookKwargs } from '../plugin/hook-name.ts';
import { Recorder } from '../recording/recorder.ts';
import type { Origin } from '../store/session-facts.ts';
import { openStore } from '../stores/open-store.ts';
import { callInSession } from './call-in-session.ts';
import { abortSignal, checkParameter, checkParameters, jsonMapping, mapping, oneOf, text } from './check-parameters.ts';
import { endEach } from './find-unended.ts';
import {
  definedOf,
  internalsOf,
  type OpenedPlugin,
  openPluginOf,
  plainRecord,
  type PluginInternals,
  requireConnection,
  requireHook,
} from './open-plugin.ts';
import { createStateOpener, tellClosed } from './open-state.ts';

export interface SessionOptions {
  /** Path or opened plugin of type `aa`. */
  aa?: string | OpenedPlugin;
  /** Path or opened plugin of type `credentialstore`. */
  credentialstore?: string | OpenedPlugin;
  /** Default `ssh`. */
  connection?: ConnectionName;
  /** Stores the session as `--session` of the command line does; without it, the session is only in memory. */
  store?: { name: string; stateDir?: string };
}

export interface SessionCallOptions {
  /** Which plugin is meant if both have the hook. */
  plugin?: PluginType;
  signal?: AbortSignal;
}

/** Calls that belong together: cookies and answers are kept from one to the next. */
export interface OpenedSession extends AsyncDisposable {
  /**
   * Calls a hook of the plugin that has it; the texts of `key_value_pairs` are kept as answers. A call waits for the one before it.
   * @throws PluginHostError HOOK_UNKNOWN, USAGE when no or more than one plugin of the session has the hook, and as `OpenedPlugin.call`
   */
  call: <Hook extends string>(
    hook: CalledHook<Hook>,
    kwargs?: HookKwargs<Hook>,
    options?: SessionCallOptions,
  ) => Promise<CallRecord<Hook>>;
  /** Calls session_ended of each plugin that was called and has not had it yet, the credential store first. Later calls of `end` do nothing. */
  end: () => Promise<CallRecord[]>;
  /** Ends what is running and closes the plugins that the session opened itself. */
  close: () => Promise<void>;
}

/** An opened plugin is checked when it is used. */
const pluginOrPath = { words: 'a path or a plugin', is: (value: unknown) => text.is(value) || mapping.is(value) };
const sessionOptions = { aa: pluginOrPath, credentialstore: pluginOrPath, connection: text, store: mapping };
const callOptions = { plugin: oneOf(...pluginTypes), signal: abortSignal };

interface Member extends PluginInternals {
  opened: OpenedPlugin;
  isOwn: boolean;
  /** Plugins that were called and not told about the end since. */
  isCalled: boolean;
}

/** Opens a session of one plugin of each type, at least one. @throws PluginHostError as `openPlugin`; USAGE */
export async function openSession(options: SessionOptions): Promise<OpenedSession> {
  return openSessionOf('library', options);
}

/** @param origin Who makes the session. */
export async function openSessionOf(origin: Origin, options: SessionOptions): Promise<OpenedSession> {
  checkParameters(options, sessionOptions);
  checkParameters(options.store, { name: text, stateDir: text }, 'store');
  if (options.store !== undefined) checkParameter('store.name', options.store.name, text);
  const connection = requireConnection(options.connection);
  const members = new Map<PluginType, Member>();
  for (const type of ['credentialstore', 'aa'] as const) {
    const given = options[type];
    if (given === undefined) continue;
    const opened = typeof given === 'string' ? await openPluginOf(origin, given) : given;
    if (opened.type !== type) {
      throw new PluginHostError('USAGE', `${opened.name} is a plugin of type ${opened.type}, not ${type}`, {
        hint: `Give it as ${opened.type}.`,
      });
    }
    members.set(type, { ...internalsOf(opened), opened, isOwn: typeof given === 'string', isCalled: false });
  }
  const [first] = members.values();
  if (first === undefined)
    throw new PluginHostError('USAGE', 'a session needs a plugin', { hint: 'Give aa, credentialstore or both.' });

  const closeOwn = async (): Promise<void> => {
    await Promise.all([...members.values()].filter(({ isOwn }) => isOwn).map(({ opened }) => opened.close()));
  };
  const recorder = new Recorder(first.host, origin);
  const store =
    options.store &&
    (await openStore(placeOf(first.host, options.store.stateDir)).catch(async (failure: unknown) => {
      await closeOwn();
      throw failure;
    }));
  const openState = createStateOpener(
    options.store &&
      store && {
        store,
        name: options.store.name,
        first: { origin },
      },
    recorder,
  );
  const closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  let isEnded = false;

  const callMember = async (
    member: Member,
    hookName: string,
    kwargs: JsonInputObject,
    signal: AbortSignal,
  ): Promise<CallRecord> => {
    const { key_value_pairs: pairs, ...overlay } = definedOf(kwargs);
    const { plugin, host, shims } = member;
    const hook = requireHook(plugin, hookName, host.release.api);
    member.isCalled = hookName !== 'session_ended';
    const result = await member.track(
      async (either) =>
        callInSession(await openState({ signal: either }), {
          plugin,
          hook,
          ...host,
          shims,
          connection,
          overlay,
          newAnswers: isJsonObject(pairs) ? pairs : {},
          ownCookies: {},
          clock: systemClock,
          sessionName: options.store?.name ?? null,
          signal: either,
        }),
      signal,
    );
    return withSecretsOf(plainRecord(result.record), result);
  };
  const inTurn = async <T>(run: () => Promise<T>): Promise<T> => {
    closing.signal.throwIfAborted();
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  };
  const call = async (
    hook: string,
    kwargs: JsonInputObject = {},
    given: SessionCallOptions = {},
  ): Promise<CallRecord> => {
    checkParameter('hook', hook, text);
    checkParameter('kwargs', kwargs, jsonMapping);
    checkParameters(given, callOptions);
    const { plugin, signal } = given;
    const member = findMember([...members.values()], hook, plugin);
    const signals = AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])]);
    return inTurn(() => callMember(member, hook, kwargs, signals));
  };
  const session: OpenedSession = {
    call: call as OpenedSession['call'], // the value is not checked: the plugin may return something else
    async end() {
      return inTurn(async () => {
        if (isEnded) return [];
        isEnded = true;
        const called = [...members.values()].filter(({ isCalled }) => isCalled);
        const records = await endEach(
          called,
          ({ plugin }) => plugin.type,
          (member) => callMember(member, 'session_ended', {}, closing.signal),
        );
        if (called.length > 0) await tellClosed(openState, { clock: systemClock, signal: closing.signal });
        return records;
      });
    },
    async close() {
      closing.abort();
      await last;
      await recorder.settled();
      await store?.[Symbol.asyncDispose]();
      await closeOwn();
    },
    async [Symbol.asyncDispose]() {
      await session.close();
    },
  };
  return session;
}

/** Of the session, which may be kept elsewhere than what its plugins keep. */
function placeOf(host: StatePlace, given: string | undefined): StatePlace {
  if (given === undefined) return host;
  return isStateUrl(given) ? { ...host, stateUrl: requireStateUrl(given) } : { stateDir: given };
}

function findMember(members: readonly Member[], hook: string, type: PluginType | undefined): Member {
  const fitting = members.filter(
    ({ plugin }) => (type === undefined || plugin.type === type) && findHook(plugin.type, hook),
  );
  const [only, other] = fitting;
  if (only !== undefined && other === undefined) return only;
  if (other !== undefined) {
    throw new PluginHostError('USAGE', `${hook}: both plugins of the session have this hook`, {
      hint: "Add { plugin: 'aa' } or { plugin: 'credentialstore' }.",
    });
  }
  const known = members.flatMap(({ plugin }) => hooksByType[plugin.type].map(({ name }) => name));
  throw new PluginHostError('HOOK_UNKNOWN', `${hook} is not a hook of a plugin in this session`, {
    hint: renderSuggestion(hook, known),
  });
}
