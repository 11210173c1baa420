import { setMaxListeners } from 'node:events';
import { systemClock } from '../../base/clock.ts';
import type { JsonInputObject } from '../../base/json-input.ts';
import { type Json, type JsonObject, plainJson } from '../../base/json.ts';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { RequestRecord } from '../../targets/matching/request-record.ts';
import { startBackends } from '../backends/start-backends.ts';
import { callHook, type CallResult, type HookCall } from '../call/call-hook.ts';
import { type CallRecord, mapRecordData } from '../call/call-record.ts';
import { emptyCookies } from '../call/cookies.ts';
import { type Host, resolveHost } from '../call/resolve-host.ts';
import { withSecretsOf } from '../call/secrets-of.ts';
import type { ShimSource } from '../invocation/shim-source.ts';
import { WarmShims } from '../invocation/warm-shims.ts';
import { connections, type ConnectionName, isConnectionName } from '../plugin/connections.ts';
import { findHook, type Hook, hooksByType, isSince } from '../plugin/find-hook.ts';
import type { CalledHook, HookKwargs } from '../plugin/hook-name.ts';
import { loadPlugin } from '../plugin/load-plugin.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { Recorder } from '../recording/recorder.ts';
import { MemorySession } from '../store/memory-session.ts';
import type { Origin } from '../store/session-facts.ts';
import { callInSession } from './call-in-session.ts';
import { abortSignal, checkParameter, checkParameters, jsonMapping, text } from './check-parameters.ts';
import { pluginOptions, type PluginOptions } from './plugin-options.ts';

export interface CallOptions {
  /** Default `ssh`. */
  connection?: ConnectionName;
  cookie?: JsonInputObject;
  sessionCookie?: JsonInputObject;
  /** Aborting it ends the plugin's processes; the call then rejects with its reason. */
  signal?: AbortSignal;
}

/** A plugin that can be called, each call in a process of its own. */
export interface OpenedPlugin extends AsyncDisposable {
  readonly name: string;
  readonly type: Plugin['type'];
  /** What its backends were asked since it was opened, in order; the list grows. */
  readonly requests: readonly RequestRecord[];
  /**
   * Calls one hook. Keeps nothing: cookies go in by the options and come out in the record.
   * @throws PluginHostError HOOK_UNKNOWN, HOOK_MISSING, CLASS_MISSING, PYTHON_NOT_FOUND, …; the reason of an aborted signal
   */
  call: <Hook extends string>(
    hook: CalledHook<Hook>,
    kwargs?: HookKwargs<Hook>,
    options?: CallOptions,
  ) => Promise<CallRecord<Hook>>;
  /** Ends what is running. Afterwards nothing of the plugin keeps the program alive. */
  close: () => Promise<void>;
}

/** What a session needs of an opened plugin. */
export interface PluginInternals {
  plugin: Plugin;
  host: Host;
  shims: ShimSource | undefined;
  /** Runs a call that ends with the plugin. */
  track: <T>(run: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) => Promise<T>;
}

const callOptions = { connection: text, cookie: jsonMapping, sessionCookie: jsonMapping, signal: abortSignal };

const internals = new WeakMap<OpenedPlugin, PluginInternals>();

/**
 * Opens a plugin folder or ZIP.
 * @throws PluginHostError USAGE, PACKAGE_NOT_FOUND, a code of `check` when the emulated release would not install it
 */
export async function openPlugin(path: string, options: PluginOptions = {}): Promise<OpenedPlugin> {
  return await openPluginOf('library', path, options); // stays in the stack of what it throws
}

/** @param origin Who opens it. */
export async function openPluginOf(origin: Origin, path: string, options: PluginOptions = {}): Promise<OpenedPlugin> {
  checkParameter('path', path, text);
  checkParameters(options, pluginOptions);
  const { config, processes = 'auto', ...others } = options;
  const described = await resolveHost(path, {
    ...others,
    configuration: config,
    environment: process.env,
    currentFolder: process.cwd(),
  });
  const plugin = await loadPlugin(path, { ...described, force: false });
  const backends = await startBackends(described);
  const host = { ...described, running: backends };
  const shims = processes === 'cold' ? undefined : new WarmShims(plugin, host.settings);
  if (processes === 'warm') await shims?.warmUp();
  const recorder = new Recorder(host, origin);
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // one for each running call
  const running = new Set<Promise<unknown>>();

  const track: PluginInternals['track'] = async (run, signal) => {
    closing.signal.throwIfAborted();
    const result = run(signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]));
    running.add(result);
    try {
      return await result;
    } finally {
      running.delete(result);
    }
  };
  const call = async (
    hookName: string,
    kwargs: JsonInputObject = {},
    options: CallOptions = {},
  ): Promise<CallRecord> => {
    checkParameter('hook', hookName, text);
    checkParameter('kwargs', kwargs, jsonMapping);
    checkParameters(options, callOptions);
    const { connection, cookie = {}, sessionCookie = {}, signal } = options;
    const given = {
      plugin,
      hook: requireHook(plugin, hookName, host.release.api),
      ...host,
      shims,
      connection: requireConnection(connection),
      overlay: definedOf({ cookie, session_cookie: sessionCookie, ...definedOf(kwargs) }),
      sessionName: null,
    };
    const result = await track(async (either) => callAlone(recorder, { ...given, signal: either }), signal);
    return withSecretsOf(plainRecord(result.record), result);
  };
  const opened: OpenedPlugin = {
    name: plugin.name,
    type: plugin.type,
    requests: backends?.records.requests ?? [],
    call: call as OpenedPlugin['call'], // the value is not checked: the plugin may return something else
    async close() {
      closing.abort(new DOMException(`the plugin ${plugin.name} is closed`, 'AbortError'));
      await Promise.allSettled(running);
      await recorder.settled();
      await shims?.close();
      await backends?.close();
    },
    async [Symbol.asyncDispose]() {
      await opened.close();
    },
  };
  internals.set(opened, { plugin, host, shims, track });
  return opened;
}

/** Keeps nothing, and what nobody shows is not masked; but an inspector sees it. */
async function callAlone(recorder: Recorder, call: AloneCall): Promise<CallResult> {
  const state = await recorder.watch(new MemorySession());
  if (state !== undefined) return callInSession(state, { ...call, newAnswers: {}, ownCookies: {}, clock: systemClock });
  return callHook({ ...call, answers: {}, secretAnswers: [], cookies: emptyCookies, knownSecrets: [] });
}

type AloneCall = Omit<HookCall, 'answers' | 'secretAnswers' | 'cookies' | 'knownSecrets'>;

/** An absent optional key is often written like this. */
export function definedOf(kwargs: JsonInputObject): JsonObject {
  return Object.fromEntries(Object.entries(kwargs).filter(([, value]) => value !== undefined)) as JsonObject;
}

export function internalsOf(opened: OpenedPlugin): PluginInternals {
  const found = internals.get(opened);
  if (found !== undefined) return found;
  throw new PluginHostError('USAGE', 'a plugin of the session does not come from openPlugin', {
    hint: 'Give aa and credentialstore as a path or as what openPlugin resolved to.',
  });
}

/**
 * @param api Of the emulated release, which knows no hook that came later; undefined: of any release.
 * @throws PluginHostError HOOK_UNKNOWN
 */
export function requireHook({ type }: Pick<Plugin, 'type'>, name: string, api: string | undefined): Hook {
  const hook = findHook(type, name);
  if (hook !== undefined) return requireSince(hook, api);
  throw new PluginHostError('HOOK_UNKNOWN', `${name} is not a hook of a plugin of type ${type}`, {
    hint: renderSuggestion(
      name,
      hooksByType[type].map((each) => each.name),
    ),
  });
}

/** @throws PluginHostError HOOK_UNKNOWN */
export function requireSince(hook: Hook, api: string | undefined): Hook {
  if (api === undefined || isSince(hook.since, api)) return hook;
  throw new PluginHostError(
    'HOOK_UNKNOWN',
    `${hook.name} came with API ${hook.since}; an appliance of API ${api} never calls it`,
    { hint: `Emulate a release that does, with --api ${hook.since} or newer.` },
  );
}

/** @throws PluginHostError USAGE */
export function requireConnection(name = 'ssh'): JsonObject {
  if (isConnectionName(name)) return connections[name];
  throw new PluginHostError('USAGE', `${name} is not a connection`, {
    hint: renderSuggestion(name, Object.keys(connections)),
  });
}

/** With JavaScript's own numbers. */
export function plainRecord(record: CallRecord): CallRecord {
  return mapRecordData(
    record,
    (same) => same,
    (value: Json) => plainJson(value),
  );
}
