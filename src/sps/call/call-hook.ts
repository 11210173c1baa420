import path from 'node:path';
import { isJsonObject, type Json, type JsonObject, parseExactJson } from '../../base/json.ts';
import { ofCall } from '../../base/problem.ts';
import type { LogLine } from '../../process/output/log-collector.ts';
import { describeConnections } from '../backends/describe-connections.ts';
import { type BackendsOf, openBackends } from '../backends/open-backends.ts';
import type { Debugging } from '../invocation/debugging.ts';
import type { Exchange } from '../invocation/exchange.ts';
import { invokeHook } from '../invocation/invoke-hook.ts';
import type { RunnerSettings } from '../invocation/runner-settings.ts';
import type { ShimSource } from '../invocation/shim-source.ts';
import { checkImport } from '../outcome/check-import.ts';
import { type Judged, judgeEnding, judgeExchange } from '../outcome/judge-exchange.ts';
import type { Meaning } from '../outcome/outcome.ts';
import type { Question } from '../outcome/read-verdict.ts';
import { buildKwargs } from '../plugin/build-kwargs.ts';
import {
  collectPluginSecrets,
  createPluginMasker,
  type PluginSecrets,
  type SecretSources,
} from '../plugin/plugin-secrets.ts';
import { findStaleLocks } from '../services/find-stale-locks.ts';
import { provideAppliance } from '../services/provide-appliance.ts';
import type { LoadedFaults } from '../surroundings/load-faults.ts';
import type { LoadedServices } from '../surroundings/load-services.ts';
import { type CallRecord, describePluginOfRecord } from './call-record.ts';
import { checkRequest, checkShapes, type RequestedCall } from './check-request.ts';
import type { Cookies } from './cookies.ts';
import { deadlineOff } from './deadline-off.ts';
import { findSecretAnswers } from './find-secret-answers.ts';
import { LiveLog } from './live-log.ts';
import type { StepInput } from './step-input.ts';

export interface HookCall extends RequestedCall, BackendsOf {
  settings: RunnerSettings;
  proxyTimeoutMs: number;
  /** What the hook gets of it. */
  pluginTimeoutMs: number;
  connection: JsonObject;
  /** Answers so far, by key. */
  answers: JsonObject;
  /** Keys whose answers were typed with echo off. */
  secretAnswers: readonly string[];
  cookies: Cookies;
  /** Null when nothing is kept. */
  sessionName: string | null;
  /** Names that the project file marks as secret. */
  secretNames: readonly string[];
  stateDir: string;
  /** See `StatePlace`. */
  stateUrl?: string | undefined;
  services: LoadedServices;
  /** Local files by path on the appliance. */
  files: Readonly<Record<string, string>>;
  faults: LoadedFaults;
  /** Passwords and private keys of the services. */
  serviceSecrets: readonly string[];
  /** Values known from earlier calls. */
  knownSecrets: readonly string[];
  shims?: ShimSource | undefined;
  debugging?: Debugging | undefined;
  /** Is told the lines that the plugin writes, as they come, without what is known as secret by then. */
  onLog?: ((lines: readonly string[]) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export type Secrets = PluginSecrets;

export interface CallResult {
  /** In clear, its log too. */
  record: CallRecord;
  /** JSON texts, to be passed to the next call as they are. Undefined: the call failed, and the next one gets what this one found. */
  cookies: Cookies | undefined;
  question: Question | undefined;
  /** What the call was given. */
  input: StepInput;
  /** What must not be shown. */
  readonly secrets: Secrets;
  /** Time-stamped and masked. */
  readonly logLines: LogLine[];
  /** The same, unmasked. */
  clearLogLines: LogLine[];
}

/** Name in the session id when no session is kept. Source: product contract. */
const unnamedSession = 'example';

/** Calls one hook and says what it meant. @throws PluginHostError as `invokeHook` */
export async function callHook(call: HookCall): Promise<CallResult> {
  const { plugin, hook, release, proxyTimeoutMs, pluginTimeoutMs } = call;
  checkShapes(call.overlay);
  const before = { ...call.cookies, ...cookiesOf(call.overlay) };
  const kwargs = buildKwargs(hook, {
    ...call,
    cookie: parseCookie(before.cookie),
    sessionCookie: parseCookie(before.session_cookie),
    sessionName: call.sessionName ?? unnamedSession,
    api: release.api,
  });
  const { cookie, session_cookie, ...others } = kwargs;
  await using backends = await openBackends(call);
  const provided = provideAppliance({ ...call, backendsRequest: backends.request });
  const { environment, appliance } = provided;
  const shims = provided.isFreshOnly ? undefined : call.shims;
  const protocol = call.overlay['protocol'] ?? call.connection['protocol'];
  const hasConfiguration = (call.configuration ?? '').trim() !== '';
  const context = { plugin, hook, protocol, pluginTimeoutMs, hasConfiguration, limits: call.settings.limits };
  const known = [...call.serviceSecrets, ...call.knownSecrets];
  const sourcesOf = (keys: readonly string[], ...cookies: Cookies[]): SecretSources => ({
    ...(call.configuration === undefined ? {} : { configuration: call.configuration }),
    kwargs,
    answers: findSecretAnswers(kwargs, keys),
    cookies: cookies.flatMap((each) => [parseCookie(each.cookie), parseCookie(each.session_cookie)]),
    names: call.secretNames,
  });
  const live = call.onLog && new LiveLog(sourcesOf(call.secretAnswers, before), known, call.onLog);
  const unmatched = backends.running?.mark();
  // Ending the child takes as long as judging the reply: both happen at once.
  let judgedEarly: Judged | undefined;
  const exchange = await invokeHook(
    {
      ...call,
      environment,
      appliance,
      shims,
      hook: hook.name,
      isVerdictDue: hook.verdicts.length > 0,
      kwargs: others,
      cookies: { ...before },
      pluginTimeoutMs,
      onLog: live && live.add.bind(live),
      onConnection: backends.running?.note,
      onReplied: (ending) => {
        judgedEarly = judgeEnding(ending, context);
      },
    },
    call.settings,
  ).finally(() => live?.end());
  const connections = describeConnections(exchange.connections, (await unmatched?.()) ?? [], backends, plugin);
  const { meaning, verdict, question, cookies: kept, problems } = judgeExchange(exchange, context, judgedEarly);
  const after: Cookies = { ...before, ...kept };
  const { lines: clearLogLines, truncated } = exchange.collectLog((text) => text);
  const isCut = truncated || exchange.ending.kind === 'reply-too-large';

  const secretAnswers = question?.disableEcho === true ? [...call.secretAnswers, question.key] : call.secretAnswers;
  // Most callers of the library show nothing.
  const show = once(() => {
    const found = collectPluginSecrets({ ...sourcesOf(secretAnswers, before, after), result: readResult(meaning) });
    const secrets: Secrets = {
      values: [...new Set([...found.values, ...known])],
      names: [...new Set([...found.names, ...secretAnswers])],
    };
    const masker = createPluginMasker(secrets.values, secrets.names);
    return { secrets, logLines: exchange.collectLog((text) => masker.text(text)).lines };
  });
  return {
    record: {
      plugin: describePluginOfRecord(plugin),
      hook: hook.name,
      session: call.sessionName,
      kwargs: pickReceived({ ...kwargs, cookie: cookie ?? {}, session_cookie: session_cookie ?? {} }, exchange),
      outcome: {
        ...meaning,
        phase: exchange.phase,
        durationMs: Math.round(exchange.durationMs),
        log: joinLog(clearLogLines),
        truncated: isCut,
      },
      verdict,
      cookie: { before: parseCookie(before.cookie), after: parseCookie(after.cookie) },
      sessionCookie: { before: parseCookie(before.session_cookie), after: parseCookie(after.session_cookie) },
      deadline: { proxyTimeoutMs, pluginTimeoutMs },
      problems: [
        ...plugin.warnings.map((problem) => ofCall(problem)),
        ...checkRequest(call),
        ...provided.problems,
        ...(call.debugging === undefined ? [] : [deadlineOff(pluginTimeoutMs)]),
        ...problems,
        ...connections,
        ...checkImport(exchange, plugin, call.settings),
        ...(isCutShort(exchange) ? findStaleLocks(provided.folders) : []),
      ],
    },
    cookies: kept && after,
    question,
    input: {
      kwargs: others,
      cookies: before,
      configuration: call.configuration ?? null,
      python: call.settings.python,
      ...release,
      ...(!path.isAbsolute(plugin.path) && { packagePath: path.resolve(plugin.path) }),
    },
    get secrets() {
      return show().secrets;
    },
    get logLines() {
      return show().logLines;
    },
    clearLogLines,
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** It could not release what it held. */
function isCutShort({ ending }: Exchange): boolean {
  return ending.kind === 'timed-out' || ending.kind === 'exited' || ending.kind === 'reply-too-large';
}

export function joinLog(lines: readonly LogLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

/** Cookies among the given arguments are passed like any other argument. */
function cookiesOf({ cookie, session_cookie }: JsonObject): Partial<Cookies> {
  return {
    ...(isJsonObject(cookie) ? { cookie: JSON.stringify(cookie) } : {}),
    ...(isJsonObject(session_cookie) ? { session_cookie: JSON.stringify(session_cookie) } : {}),
  };
}

function parseCookie(text: string): JsonObject {
  const cookie = parseExactJson(text);
  return isJsonObject(cookie) ? cookie : {};
}

/** What the plugin gave back, also when it is not what the hook may give: it holds the same secrets. */
function readResult(meaning: Meaning): Json {
  if (meaning.kind === 'returned') return meaning.value;
  if (meaning.kind !== 'malformed') return null;
  try {
    return parseExactJson(meaning.reply);
  } catch {
    return null; // shown completely or not at all, see maskRecord
  }
}

function pickReceived(kwargs: JsonObject, { received = [] }: Exchange): JsonObject {
  return Object.fromEntries(received.map((name) => [name, kwargs[name] ?? null]));
}
