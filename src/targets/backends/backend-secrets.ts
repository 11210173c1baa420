import { routeSecrets } from '../description/route-secrets.ts';
import type { BackendDescription } from './backend-description.ts';

/** Texts of a backend that are secret by what they are for: credentials that it takes, the secret that it shares. */
export function backendSecrets({ http, radius }: BackendDescription): string[] {
  const passwords = Object.values(radius?.users ?? {}).flatMap(({ password }) => password ?? []);
  const found = [...routeSecrets(http?.routes ?? []), ...(radius === undefined ? [] : [radius.secret]), ...passwords];
  return found.filter((text) => !text.includes('${'));
}
