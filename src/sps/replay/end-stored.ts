import { systemClock } from '../../base/clock.ts';
import type { HookCall } from '../call/call-hook.ts';
import type { HostOptions } from '../call/resolve-host.ts';
import { findHook } from '../plugin/find-hook.ts';
import { callInSession, isUnstored } from '../session/call-in-session.ts';
import { endEach, findUnended } from '../session/find-unended.ts';
import { requireHook } from '../session/open-plugin.ts';
import { createStateOpener, tellClosed } from '../session/open-state.ts';
import type { StoredStep } from '../store/session-content.ts';
import type { WaitOptions } from '../store/stored-sessions.ts';
import { findPluginPaths } from './find-plugin-paths.ts';
import type { FoundSession } from './find-session.ts';
import { type Reopened, reopenPlugin } from './reopen-plugin.ts';
import { recordedArguments } from './replay-step.ts';

export interface EndRequest extends WaitOptions {
  name: string;
  session: FoundSession;
  /** Paths of plugins instead of the recorded ones. */
  plugins: readonly string[];
  /** What the caller chose; undefined: as recorded. */
  given: HostOptions;
  force: boolean;
  signal: AbortSignal;
  /** Who is called instead of the plugin that is found on disk; undefined: that one. */
  reopen?: (last: StoredStep) => (Reopened & Pick<HookCall, 'shims'>) | undefined;
  /** Is told what is about to be called; what it returns is called afterwards. */
  onCall?: (last: StoredStep, reopened: Reopened) => () => void;
}

/**
 * Calls session_ended of each plugin of a stored session that has not had it, and says that it was closed. Resolves to all steps of the
 * session, those that were added too. @throws PluginHostError as `reopenPlugin` and `callHook`; the reason of the signal
 */
export async function endStored(request: EndRequest): Promise<StoredStep[]> {
  const { name, session, plugins, given, force, signal, onWait, onCall, reopen } = request;
  const { store, stateDir, content, imported } = session;
  const unended = findUnended(content.steps);
  const paths = await findPluginPaths(plugins, unended, { ...given, force });
  const openState = createStateOpener({ store, name });
  const made: StoredStep[] = [];
  await endEach(
    unended,
    ({ record }) => record.plugin.type,
    async (last) => {
      const { type } = last.record.plugin;
      const path = paths.get(type);
      const reopened =
        reopen?.(last) ??
        (await reopenPlugin(last, { given, stateDir, path, masked: content.masked, imported, force }));
      const { plugin, host, shims }: Reopened & Pick<HookCall, 'shims'> = reopened;
      const hook = requireHook(plugin, 'session_ended', host.release.api);
      const { connection } = recordedArguments(last, findHook(type, last.record.hook) ?? hook);
      const done = onCall?.(last, reopened);
      const { record, ...rest } = await callInSession(await openState({ signal, ...(onWait && { onWait }) }), {
        plugin,
        hook,
        ...host,
        shims,
        connection,
        overlay: {},
        newAnswers: {},
        ownCookies: {},
        clock: systemClock,
        signal,
        sessionName: name,
      }).finally(done);
      made.push({ ...rest, n: content.steps.length + made.length + 1, record });
    },
  );
  const isKept = !made.some(({ record }) => record.problems.some(isUnstored));
  if (!isKept) return [...content.steps, ...made];
  const facts = await store.readFacts(name);
  if (facts.ended === null) await tellClosed(openState, { clock: systemClock, signal, facts });
  return store.readSteps(name);
}
