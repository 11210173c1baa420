import type { JsonObject } from '../../base/json.ts';
import type { HostOptions } from '../call/resolve-host.ts';
import type { StoredStep } from '../store/session-content.ts';
import { secretsOf } from '../store/shown-step.ts';
import { findPluginPaths } from './find-plugin-paths.ts';
import type { FoundSession } from './find-session.ts';
import { reopenPlugin, type Reopened } from './reopen-plugin.ts';
import { type Replay, replayStep } from './replay-step.ts';

export interface ReplayRequest {
  session: FoundSession;
  /** Those that are called again. */
  steps: readonly StoredStep[];
  /** Paths of plugins instead of the recorded ones. */
  plugins: readonly string[];
  /** What the caller chose; undefined: as recorded. */
  given: HostOptions;
  /** Arguments that replace the recorded ones, key by key; of one step only. */
  edits: JsonObject;
  /** Answers that replace the recorded ones. */
  answers: JsonObject;
  /** Run what the release would refuse to install, and the interpreter that an imported session names. */
  force: boolean;
  signal: AbortSignal;
  /** Is told what is about to be called; what it returns is called afterwards. */
  onCall?: (step: StoredStep, reopened: Reopened) => () => void;
}

export interface ReplayedSteps {
  replays: Replay[];
  /** Of the session and of the replays: what became known as secret in one step is masked in all. */
  secrets: StoredStep['secrets'];
}

/** Calls the hooks of stored steps again, and keeps nothing of it. @throws PluginHostError as `reopenPlugin` and `callHook` */
export async function replaySteps(request: ReplayRequest): Promise<ReplayedSteps> {
  const { session, steps, given, edits, answers, force, signal, onCall } = request;
  const { content, stateDir, imported } = session;
  const paths = await findPluginPaths(request.plugins, steps, { ...given, force });
  const { values: knownSecrets } = secretsOf(content.steps);
  const { secretAnswers, masked } = content;
  const replays: Replay[] = [];
  for (const step of steps) {
    const path = paths.get(step.record.plugin.type);
    const reopened = await reopenPlugin(step, { given, stateDir, path, masked, imported, force });
    const done = onCall?.(step, reopened);
    const options = { ...reopened, edits, answers, secretAnswers, knownSecrets, force, signal };
    replays.push(await replayStep(step, options).finally(done));
  }
  return { replays, secrets: secretsOf([...content.steps, ...replays.map(({ result }) => result)]) };
}
