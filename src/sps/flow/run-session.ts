import { warning } from '../../base/problem.ts';
import { connectTarget, type TargetLogin } from './connect-target.ts';
import type { Ending } from './ending.ts';
import { passHook } from './pass-hook.ts';
import { SessionOver } from './session-over.ts';
import { SessionStage, type StageOptions } from './session-stage.ts';
import type { Target } from './target.ts';
import type { User } from './user.ts';

export interface SessionPlan extends StageOptions {
  user: User;
  /** Undefined: the session ends before a credential is fetched, as the first of several proxy sessions does. */
  target: Target | undefined;
  /** How often the store is asked for passwords while the target refuses them. */
  passwordRequests: number;
  /** Of a local credential store. */
  stored?: TargetLogin['stored'];
  /** Whether the gateway user may be the user on the target, asked between authenticate and authorize; it says why not. */
  mayLogIn: (stage: SessionStage) => boolean;
  /** What happens once the user is connected; undefined: the session ends normally. */
  use: (stage: SessionStage) => Promise<Ending | undefined>;
  /** Is told how the session ends, before session_ended is called. @param failure Of a call that could not be made */
  onEnding?: (ended: Ending, stage: SessionStage, failure?: unknown) => void;
}

export interface EndedSession {
  stage: SessionStage;
  ended: Ending;
  isInterrupted: boolean;
}

/** Protocols in which an AA plugin is called. Source: administration guide 6.0.2. */
const aaProtocols = ['ssh', 'telnet', 'rdp', 'mssql'];

/**
 * Runs one session in the order of SPS: authenticate, authorize, login on the target, session_ended of each plugin that was called, whatever
 * happened before. The user and the target are handed in. @throws PluginHostError of a call that could not be made, after session_ended
 */
export async function runSession(plan: SessionPlan): Promise<EndedSession> {
  const stage = new SessionStage(plan);
  let ended: Ending = 'closed';
  let isInterrupted = false;
  try {
    ended = (await authorizeUser(stage, plan)) ?? (await useTarget(stage, plan)) ?? 'closed';
  } catch (failure) {
    if (!(failure instanceof SessionOver) && !stage.isInterruption(failure)) {
      plan.onEnding?.('plugin-error', stage, failure);
      await stage.end();
      throw failure;
    }
    isInterrupted = true;
    const reason: unknown = plan.over?.aborted === true ? plan.over.reason : failure;
    ended = reason instanceof SessionOver ? reason.ended : 'user-left';
  }
  plan.onEnding?.(ended, stage);
  await stage.end();
  return { stage, ended, isInterrupted: isInterrupted || plan.signal.aborted };
}

async function authorizeUser(stage: SessionStage, { user, mayLogIn }: SessionPlan): Promise<Ending | undefined> {
  const isCalled = stage.has('aa') && aaProtocols.includes(stage.protocol);
  if (stage.has('aa') && !isCalled) {
    const what = `SPS does not call AA plugins in ${stage.protocol}; it was not called`;
    stage.problems.push(warning('PROTOCOL_UNSUPPORTED', what, `Use one of ${aaProtocols.join(', ')}.`));
  }
  const ended = isCalled ? await passHook(stage, 'authenticate', user) : undefined;
  if (ended !== undefined) return ended;
  if (!mayLogIn(stage)) return 'denied';
  return isCalled ? passHook(stage, 'authorize', user) : undefined;
}

async function useTarget(stage: SessionStage, plan: SessionPlan): Promise<Ending | undefined> {
  const { target, use } = plan;
  if (target === undefined) return undefined;
  return (await connectTarget(stage, { ...plan, target })) ?? use(stage);
}
