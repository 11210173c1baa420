import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { error, warning } from '../outcome/finding.ts';
import { isSince, type PluginType } from '../plugin/find-hook.ts';
import type { Ending, Scenario } from '../simulation/scenario.ts';
import type { SimulatedUser } from '../simulation/simulated-user.ts';
import { connectTarget } from './connect-target.ts';
import { passHook } from './pass-hook.ts';
import { SessionStage, type StageOptions } from './session-stage.ts';

export interface Play extends StageOptions {
  script: Pick<Scenario, 'target' | 'usermapping' | 'passwordRequests' | 'remoteApps' | 'totpCodes'>;
  user: SimulatedUser;
  /** Ends it before a credential is fetched, as the first of several proxy sessions does. */
  endsEarly: boolean;
}

export interface PlayedSession {
  stage: SessionStage;
  ended: Ending;
  isInterrupted: boolean;
}

/** Protocols in which an AA plugin is called. Source: administration guide 6.0.2. */
const aaProtocols = ['ssh', 'telnet', 'rdp', 'mssql'];

/**
 * Plays one session as SPS runs it: authenticate, authorize, login on the target, session_ended of each plugin that was called, whatever
 * happened before. @throws PluginHostError of a call that could not be made, after session_ended
 */
export async function playSession(play: Play): Promise<PlayedSession> {
  const stage = new SessionStage(play);
  let ended: Ending = 'closed';
  let isInterrupted = false;
  try {
    ended = (await authorizeUser(stage, play)) ?? (await useTarget(stage, play)) ?? 'closed';
  } catch (failure) {
    if (!stage.isInterruption(failure)) {
      await stage.end();
      throw failure;
    }
    isInterrupted = true;
    ended = 'user-left';
  }
  await stage.end();
  return { stage, ended, isInterrupted: isInterrupted || play.signal.aborted };
}

async function authorizeUser(stage: SessionStage, { user, script }: Play): Promise<Ending | undefined> {
  const isCalled = stage.has('aa') && aaProtocols.includes(stage.protocol);
  if (stage.has('aa') && !isCalled) {
    const what = `SPS calls no AA plugin in ${stage.protocol}; it was not called`;
    stage.problems.push(warning('PROTOCOL_UNSUPPORTED', what, `Use one of ${aaProtocols.join(', ')}.`));
  }
  const ended = isCalled ? await passHook(stage, 'authenticate', user) : undefined;
  return ended ?? checkUsermapping(stage, script) ?? (isCalled ? passHook(stage, 'authorize', user) : undefined);
}

/** Another name on the target than at the gateway needs a policy. Source: administration guide 5 F3. */
function checkUsermapping(stage: SessionStage, { usermapping = true }: Play['script']): Ending | undefined {
  const { gateway_user: gatewayUser, server_username: serverUser } = stage.connection;
  const isSame = typeof gatewayUser !== 'string' || typeof serverUser !== 'string' || gatewayUser === serverUser;
  if (usermapping || isSame) return undefined;
  stage.problems.push(
    error(
      'USERMAPPING_MISSING',
      'the gateway user and the user on the target differ, and the connection has no usermapping policy',
      'Log in under the same name, or leave out `usermapping: false`.',
    ),
  );
  return 'denied';
}

async function useTarget(stage: SessionStage, play: Play): Promise<Ending | undefined> {
  if (play.endsEarly) return undefined;
  const { target, passwordRequests = 1, remoteApps = [], totpCodes = 0 } = play.script;
  const ended = await connectTarget(stage, { target, user: play.user, passwordRequests });
  if (ended !== undefined || !stage.has('credentialstore')) return ended;
  const overlays: [string, string, JsonObject][] = [
    ...remoteApps.map(({ asset }): [string, string, JsonObject] => ['get_remote_app_credentials', '1.7', { asset }]),
    ...Array.from({ length: totpCodes }, (): [string, string, JsonObject] => ['get_totp_codes', '1.9', {}]),
  ];
  for (const [hook, since, overlay] of overlays) {
    const end = await callOptional(stage, hook, since, overlay);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** A hook that a plugin may lack is not called then. */
async function callOptional(
  stage: SessionStage,
  hook: string,
  since: string,
  overlay: JsonObject,
): Promise<Ending | undefined> {
  const release = stage.options.members.credentialstore?.host.release.api ?? since;
  const skip = (why: string): void => {
    stage.problems.push(warning('HOOK_MISSING', `${hook} is not called: ${why}`, 'The user types the credential.'));
  };
  if (!isSince(since, release)) {
    skip(`it came with API ${since}, the emulated release has ${release}`);
    return undefined;
  }
  try {
    return stage.endingOf(await stage.call('credentialstore', hook, overlay));
  } catch (failure) {
    if (!(failure instanceof PluginHostError) || failure.code !== 'HOOK_MISSING') throw failure;
    skip('the plugin lacks it');
    return undefined;
  }
}

/** The cookies that a plugin's next call would have got. */
export function cookiesAfter(stage: SessionStage, type: PluginType): JsonObject {
  const last = stage.played.findLast(({ step }) => step.plugin.type === type);
  return isJsonObject(last?.step.cookie.after) ? last.step.cookie.after : {};
}
