import type { Loading } from './loading.ts';
import type { Services } from './services.ts';

interface LoadedKey {
  type: string;
  key: string;
  cert?: string;
}

/** By user, then by host. */
export type LoadedCredentials = Record<string, Record<string, { passwords: string[]; keys: LoadedKey[] }>>;

export function loadCredentials(
  stores: NonNullable<Services['credentialStores']>,
  loading: Loading,
): Record<string, LoadedCredentials> {
  return Object.fromEntries(
    Object.entries(stores).map(([name, entries]) => {
      const users = new Map<string, Map<string, LoadedCredentials[string][string]>>();
      for (const [index, { user, host, passwords = [], privateKeys = [], certificates = [] }] of entries.entries()) {
        const where = ['services', 'credentialStores', name, index];
        const hosts = users.get(user) ?? new Map<string, LoadedCredentials[string][string]>();
        users.set(user, hosts);
        const known = hosts.get(host) ?? { passwords: [], keys: [] };
        hosts.set(host, known);
        for (const password of passwords) known.passwords.push(password);
        for (const [at, { type, file, key }] of privateKeys.entries()) {
          known.keys.push({ type, key: readEither([...where, 'privateKeys', at], { file, key }, loading) });
        }
        for (const [at, { type = 'x509v3-sign-rsa', certFile, cert, keyFile, key }] of certificates.entries()) {
          const place = [...where, 'certificates', at];
          known.keys.push({
            type,
            key: readEither(place, { keyFile, key }, loading),
            cert: readEither(place, { certFile, cert }, loading),
          });
        }
      }
      const byUser = [...users].map(([user, hosts]) => [user, Object.fromEntries(hosts)] as const);
      return [name, Object.fromEntries(byUser)];
    }),
  );
}

/** The text itself, or the text of the file. Exactly one of them must be there; the file is named first. */
export function readEither(
  keys: (string | number)[],
  given: Record<string, string | undefined>,
  { fail, readFile }: Loading,
): string {
  const [[fileKey, file] = ['', undefined], [textKey, text] = ['', undefined]] = Object.entries(given);
  if ((file === undefined) === (text === undefined)) {
    fail(keys, `give either ${fileKey} or ${textKey}`);
    return '';
  }
  return file === undefined ? (text ?? '') : readFile([...keys, fileKey], file);
}
