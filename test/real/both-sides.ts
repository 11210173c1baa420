import { expect } from 'vitest';
import {
  type CallRecord,
  type ConnectionName,
  type Json,
  type JsonObject,
  openPlugin,
  type PluginOptions,
} from '../../src/index.ts';
import { callOracle, type OracleReply } from './call-oracle.ts';
import type { Backend, BackendRequest } from './start-backend.ts';

export interface BothSidesOptions {
  config: string;
  backend?: Backend;
  connection?: ConnectionName;
  /** What the appliance provides, once as plugin-host takes it and once in the SDK's shapes, for the oracle. */
  services?: { host: NonNullable<PluginOptions['services']>; sdk: JsonObject };
  /** Takes out of a result or a cookie what the clock or chance put in. */
  maskValue?: (value: Json) => Json;
  /** Takes out of a request what the clock or chance put in. */
  maskRequest?: (request: BackendRequest) => unknown;
}

export interface Surroundings {
  folder: string;
  python: string;
  environment: Readonly<Record<string, string>>;
  pluginOptions: PluginOptions;
  /** What the product passes to a hook, before any filtering. */
  kwargsOf: (hook: string, connection: ConnectionName) => Promise<JsonObject>;
  onCompared: (hook: string, requests: number) => void;
}

/** A plugin that is called by the library and by the oracle at once; a difference between the two fails the test. */
export interface BothSides extends AsyncDisposable {
  /** Cookies and answers go from one call to the next. */
  startSession: (cookies?: { cookie?: JsonObject; sessionCookie?: JsonObject }) => BothSidesSession;
}

interface BothSidesSession {
  call: (hook: string, kwargs?: JsonObject, answers?: Record<string, string>) => Promise<ComparedCall>;
}

interface ComparedCall {
  record: CallRecord;
  /** What the oracle's process returned, in clear. */
  value: Json;
  /** `METHOD URL`, in order. */
  requests: string[];
}

export async function openBothSides(
  { folder, python, environment, pluginOptions, kwargsOf, onCompared }: Surroundings,
  options: BothSidesOptions,
): Promise<BothSides> {
  const { config, backend, services, connection = 'ssh-gateway', maskRequest = (each): unknown => each } = options;
  const mask = options.maskValue ?? ((value) => value);
  const plugin = await openPlugin(folder, { ...pluginOptions, config, python, services: services?.host ?? {} });
  const takeRequests = (): unknown[] => backend?.takeRequests().map(maskRequest) ?? [];

  return {
    startSession({ cookie = {}, sessionCookie = {} } = {}) {
      let cookies = { cookie, sessionCookie };
      let given: Record<string, string> = {};
      return {
        async call(hook, kwargs = {}, answers = {}) {
          given = { ...given, ...answers };
          const base = await kwargsOf(hook, connection);
          const pairs = base['key_value_pairs'];
          const overlay = {
            ...(pairs === undefined ? {} : { key_value_pairs: { ...(pairs as JsonObject), ...given } }),
            ...kwargs,
          };
          takeRequests();
          const record = await plugin.call(hook, overlay, { connection, ...cookies });
          const sent = backend?.takeRequests() ?? [];
          const reply = await callOracle(python, environment, {
            root: folder,
            configuration: config,
            hook,
            kwargs: { ...base, ...overlay, cookie: cookies.cookie, session_cookie: cookies.sessionCookie },
            services: services?.sdk ?? {},
          });
          expect(mask(meaningOf(record))).toEqual(mask(meaningOfReply(reply)));
          expect(sent.map(maskRequest)).toEqual(takeRequests());
          if (reply.kind === 'returned') expect(record.kwargs).toEqual(reply.received);
          expect(record.cookie.before).toEqual(cookies.cookie);
          expect(mask(record.cookie.after)).toEqual(mask(cookieAfter(reply, 'cookie', cookies.cookie)));
          expect(mask(record.sessionCookie.after)).toEqual(
            mask(cookieAfter(reply, 'session_cookie', cookies.sessionCookie)),
          );
          onCompared(hook, sent.length);
          cookies = { cookie: record.cookie.after, sessionCookie: record.sessionCookie.after };
          const value = reply.kind === 'returned' ? reply.value : null;
          return { record, value, requests: sent.map(({ method, url }) => `${method} ${url}`) };
        },
      };
    },
    [Symbol.asyncDispose]: () => plugin[Symbol.asyncDispose](),
  };
}

function meaningOf({ outcome }: CallRecord): Json {
  switch (outcome.kind) {
    case 'returned':
      return { kind: 'returned', value: outcome.value };
    case 'raised':
      return { kind: 'raised', exception: outcome.exception, message: outcome.message };
    case 'malformed':
    case 'timed-out':
    case 'crashed':
      return { kind: outcome.kind, log: outcome.log };
  }
}

function meaningOfReply(reply: OracleReply): Json {
  if (reply.kind === 'raised') return reply;
  return { kind: 'returned', value: reply.value };
}

/** Source: plugin guides; a cookie is replaced by what a hook returns under its name. */
function cookieAfter(reply: OracleReply, name: string, before: JsonObject): JsonObject {
  const own =
    reply.kind === 'returned' && typeof reply.value === 'object' && !Array.isArray(reply.value) ? reply.value : null;
  return (own?.[name] ?? before) as JsonObject;
}
