import { routeSecrets } from '../../targets/description/route-secrets.ts';
import type { TargetDescription } from '../../targets/description/target-description.ts';

/** Texts of a target that are secret by what they are for: what its users and its credentials are. */
export function targetSecrets({ http, ssh }: TargetDescription): string[] {
  // An empty user is null in YAML.
  const users: (Partial<Record<'password', string>> | null)[] = Object.values(ssh?.users ?? {});
  const ofUsers = users.flatMap((user) => (user?.password === undefined ? [] : [user.password]));
  return [...routeSecrets(http?.routes ?? []), ...ofUsers].filter((text) => !text.includes('${'));
}
