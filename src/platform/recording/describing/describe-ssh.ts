import ssh2 from 'ssh2';
import { isHostKeyType } from '../../../targets/description/host-key-type.ts';
import type { SshDescription } from '../../../targets/description/target-description.ts';
import { otherPassword } from '../../../targets/recording/stand-ins.ts';
import type { HostIdentity } from '../../network/network.ts';
import type { SshCall } from '../observing/recorded-call.ts';
import type { Material, PlayedCall } from './recorded-target.ts';

const usualBanner = 'OpenSSH_9.2p1';

/** Who may log in, the host key and the greeting of an SSH target. */
export function describeSsh(
  calls: readonly PlayedCall<SshCall>[],
  shown: readonly HostIdentity[],
  { namer }: Material,
): SshDescription {
  const [first] = calls;
  const identity = calls.map(({ call }) => call.identity).find((each) => each !== undefined) ?? shown[0];
  if (first !== undefined && calls.every(({ call }) => call.failure?.code === 'TARGET_UNREACHABLE'))
    return { refuse: true };
  const users: NonNullable<SshDescription['users']> = {};
  for (const { call, played } of calls) {
    const name = namer.text(played.user);
    if (call.result !== undefined) users[name] = { ...users[name], ...credentialsOf(played, namer.text) };
    else if (call.failure?.code === 'LOGIN_REFUSED') users[name] ??= { password: `\${${otherPassword}}` };
  }
  const type = identity?.keyType ?? '';
  const banner = identity?.software.replace(/^SSH-\d\.\d+-/, '') ?? '';
  return {
    ...(Object.keys(users).length > 0 && { users }),
    ...(isHostKeyType(type) && { hostKey: type }),
    ...(/^[!-~ ]+$/.test(banner) && banner !== usualBanner && { banner }),
  };
}

function credentialsOf(
  { password, privateKey }: SshCall,
  text: (text: string) => string,
): { password?: string; keys?: string[] } {
  const [parsed] = privateKey === undefined ? [] : [ssh2.utils.parseKey(privateKey)].flat();
  const key = parsed === undefined || parsed instanceof Error ? undefined : parsed;
  return {
    ...(password !== undefined && { password: text(password) }),
    ...(key !== undefined && { keys: [`${key.type} ${key.getPublicSSH().toString('base64')}`] }),
  };
}
