import { systemClock } from '../../base/clock.ts';
import { isFailure } from '../../base/is-failure.ts';
import type { CallResult } from '../../sps/call/call-hook.ts';
import type { CallRecord } from '../../sps/call/call-record.ts';
import type { Cookies } from '../../sps/call/cookies.ts';
import { maskRecord } from '../../sps/call/mask-record.ts';
import type { Host } from '../../sps/call/resolve-host.ts';
import { withAnswers } from '../../sps/call/with-answers.ts';
import { type BootedShim, withBooted } from '../../sps/invocation/boot-shim.ts';
import { loadPlugin } from '../../sps/plugin/load-plugin.ts';
import { Recorder } from '../../sps/recording/recorder.ts';
import { callInSession, type SessionCall } from '../../sps/session/call-in-session.ts';
import { requireConnection, requireHook } from '../../sps/session/open-plugin.ts';
import { applyLogin } from '../../sps/simulation/build-connection.ts';
import { MemorySession } from '../../sps/store/memory-session.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { jsonOrText, readJsonObject, readJsonText, readPairs } from '../command/read-json-text.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { ChosenPlugin } from './chosen-plugin.ts';
import type { invokeCommand } from './commands/invoke-command.ts';
import { hostOf, pluginHere } from './host-options-of.ts';
import { readDebugging } from './read-debugging.ts';
import { BackendsRecording } from './recording/backends-recording.ts';
import { renderAnswering } from './render/render-answering.ts';
import { renderCall } from './render/render-call.ts';
import { refusePath } from './suggest-hooks.ts';
import { waitOptions } from './wait-options.ts';

type InvokeOptions = OptionsOf<typeof invokeCommand>;

export async function invoke(
  terminal: Terminal,
  hook: string,
  options: InvokeOptions,
  booted?: BootedShim,
): Promise<number> {
  refusePath(hook);
  const debugging = readDebugging(options, terminal);
  const overlay = {
    ...(await readJsonObject('--kwargs', options.kwargs)),
    ...readPairs('--set', options.set ?? [], jsonOrText),
  };
  const answers = readPairs('--answer', options.answer ?? [], (value) => value);
  const ownCookies = await readCookies(options);
  const force = options.force ?? false;
  const chosen = await choosePlugin(hook, options);
  const { host, path } = chosen;
  const { connection, loginAnswers } = applyLogin(chosen.connection, options.login);

  await using recording = await BackendsRecording.open(options, [host]);
  const callOnce = async (): Promise<CallResult> => {
    const loaded = await loadPlugin(path, { ...host, force });
    const plugin = chosen.shownPath === undefined ? loaded : { ...loaded, path: chosen.shownPath };
    const required = requireHook(plugin, hook, force ? undefined : host.release.api); // before the time is counted
    const stop = debugging ? () => undefined : terminal.progress(`${hook} of ${plugin.name}`, host.pluginTimeoutMs);
    return callKept(options.session, host, terminal, {
      plugin,
      hook: required,
      ...host,
      running: recording?.recorder,
      connection,
      overlay: withAnswers(overlay, answers),
      newAnswers: answers,
      loginAnswers,
      ownCookies,
      clock: systemClock,
      sessionName: options.session ?? null,
      ...(booted === undefined ? {} : { shims: withBooted(booted) }),
      debugging,
      onLog: options.json ? undefined : terminal.showLog,
      signal: terminal.interrupted,
    }).finally(stop);
  };
  let previous: CallRecord | undefined;
  const show = (result: CallResult): number => {
    const { logLines, clearLogLines, question } = result;
    const record = { ...result.record, problems: [...chosen.problems, ...result.record.problems] };
    const shown = options.showSecrets ? record : maskRecord(record, result.secrets, logLines);
    if (options.json) {
      terminal.printJson(chosen.policy === undefined ? shown : { ...shown, policy: chosen.policy });
    } else {
      const circumstances = {
        logLines: options.showSecrets ? clearLogLines : logLines,
        previous,
        answering: question === undefined ? undefined : describeAsked(hook, question.key, options),
      };
      terminal.show(renderCall(shown, circumstances, terminal));
    }
    previous = shown;
    return isFailure(record) ? 1 : 0;
  };
  if (options.watch) {
    const { watchFiles } = await import('../terminal/watch-files.ts');
    return await watchFiles({ paths: () => [path], run: async () => show(await callOnce()) }, terminal);
  }
  const result = await callOnce();
  await recording?.write(result.secrets, terminal);
  return show(result);
}

/** What the next call is typed with. What may hold a secret is not repeated. */
function describeAsked(hook: string, key: string, options: InvokeOptions): string {
  const { plugin, policy, connection, config, hostConfig, state, python, kwargs, set, login, cookie } = options;
  return renderAnswering({
    ...{ hook, key, session: options.session },
    given: [
      ['-p', plugin],
      ['--policy', policy],
      ['--connection', connection],
      ['--config', config],
      ['--host-config', hostConfig],
      ['--state', state],
      ['--python', python],
    ],
    hasMore: [kwargs, set, login, cookie].some((each) => each !== undefined),
  });
}

async function choosePlugin(hook: string, options: InvokeOptions): Promise<ChosenPlugin> {
  const { policy, plugin: path = pluginHere(), type, connection, force = false } = options;
  if (policy === undefined) {
    const host = await hostOf(path, options);
    return {
      path,
      shownPath: undefined,
      host,
      connection: requireConnection(connection),
      policy: undefined,
      problems: [],
    };
  }
  const { choosePolicyPlugin } = await import('./choose-policy-plugin.ts'); // with SQLite
  return choosePolicyPlugin({ hook, policy, type, connection, force }, options);
}

/** They go to the plugin as they were typed: parsing and writing them would sort their keys. */
async function readCookies({ cookie, sessionCookie }: InvokeOptions): Promise<Partial<Cookies>> {
  return {
    ...(cookie === undefined ? {} : { cookie: await readJsonText('--cookie', cookie) }),
    ...(sessionCookie === undefined ? {} : { session_cookie: await readJsonText('--session-cookie', sessionCookie) }),
  };
}

async function callKept(
  name: string | undefined,
  host: Host,
  terminal: Terminal,
  call: SessionCall,
): Promise<CallResult> {
  if (name === undefined) {
    const memory = new MemorySession();
    return callInSession((await new Recorder(host, 'invoke').watch(memory)) ?? memory, call);
  }
  const { openStore } = await import('../../sps/stores/open-store.ts');
  await using store = await openStore(host);
  const state = await store.open(name, {
    first: { origin: 'invoke' },
    ...waitOptions(terminal),
  });
  return await callInSession(state, call);
}
