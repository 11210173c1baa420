import { readEither } from './load-credentials.ts';
import type { Loading } from './loading.ts';
import type { Services } from './services.ts';

/** As the SDK's box configuration gives it, except for the location. Source: SDK 1.9.1, stand-ins of its back end. */
export interface LoadedCaList {
  name: string;
  type: 'x509v3-sign-rsa';
  certs: string[];
  crls: (string | null)[];
  config: { strict_hostcheck: boolean };
}

const certificatePattern = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/g;

export function loadTrustedCaLists(
  lists: NonNullable<Services['trustedCaLists']>,
  loading: Loading,
): Record<string, LoadedCaList> {
  return Object.fromEntries(
    Object.entries(lists).map(([name, { certs, crls, strictHostcheck = false }]) => {
      const texts = certs.flatMap(({ file, pem }, index) => {
        const keys = ['services', 'trustedCaLists', name, 'certs', index];
        const known = loading.problems.length;
        const text = readEither(keys, { file, pem }, loading);
        return loading.problems.length > known ? [] : splitCertificates(text, keys, loading);
      });
      const list: LoadedCaList = {
        name,
        type: 'x509v3-sign-rsa',
        certs: texts,
        crls: crls ?? texts.map(() => null),
        config: { strict_hostcheck: strictHostcheck },
      };
      return [name, list];
    }),
  );
}

/** The SDK reads the subject of each, and fails in the plugin's constructor if it cannot. */
function splitCertificates(text: string, keys: (string | number)[], { fail }: Loading): string[] {
  const { X509Certificate } = process.getBuiltinModule('node:crypto'); // takes 7 ms: loaded only if there are certificates
  const found = text.match(certificatePattern) ?? [];
  if (found.length === 0) fail(keys, 'has no certificate in PEM');
  return found.filter((pem, index) => {
    try {
      new X509Certificate(pem);
      return true;
    } catch {
      fail(keys, `certificate ${index + 1} of ${found.length} cannot be read`);
      return false;
    }
  });
}
