import type { JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { warning } from '../../base/problem.ts';
import type { Ending } from '../flow/ending.ts';
import type { SessionStage } from '../flow/session-stage.ts';
import { findHook, isSince } from '../plugin/find-hook.ts';
import type { Scenario } from './scenario.ts';

/** Fetches what a session asks the store for once the user is connected: credentials of applications (RDP), codes. Undefined: it goes on. */
export async function fetchMore(
  stage: SessionStage,
  { remoteApps = [], totpCodes = 0 }: Pick<Scenario, 'remoteApps' | 'totpCodes'>,
): Promise<Ending | undefined> {
  if (!stage.has('credentialstore')) return undefined;
  const overlays: [string, JsonObject][] = [
    ...remoteApps.map(({ asset }): [string, JsonObject] => ['get_remote_app_credentials', { asset }]),
    ...Array.from({ length: totpCodes }, (): [string, JsonObject] => ['get_totp_codes', {}]),
  ];
  for (const [hook, overlay] of overlays) {
    const ended = await callOptional(stage, hook, overlay);
    if (ended !== undefined) return ended;
  }
  return undefined;
}

/** An optional hook is not called if the plugin lacks it. */
async function callOptional(stage: SessionStage, hook: string, overlay: JsonObject): Promise<Ending | undefined> {
  const since = findHook('credentialstore', hook)?.since ?? '1.0';
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
