import { type Certified, exportKey, makeCertificate, newKeys } from '../../certificates/make-certificate.ts';
import type { TlsKind } from '../description/target-description.ts';

export interface Authority {
  /** Its own certificate, in PEM. */
  ca: string;
  /** A certificate for a name or an address; the same again when it is asked for again. */
  certify(address: string, kind: Exclude<TlsKind, 'none'>): Certified;
}

const dayMs = 86_400_000;
/** For clients that go there without the name. */
const loopback = ['localhost', '127.0.0.1'];
const authorityName = 'plugin-host simulated targets';

/** An authority that nobody trusts who is not told to: its key is made now and is nowhere kept. */
export function createAuthority(now: Date): Authority {
  const { privateKey, publicKey } = newKeys();
  const issuer = { name: authorityName, privateKey, publicKey };
  const from = new Date(now.getTime() - dayMs);
  const to = new Date(now.getTime() + 365 * dayMs);
  const known = new Map<string, Certified>();
  const certify: Authority['certify'] = (address, kind) => {
    const own = newKeys();
    const names = kind === 'wrong-name' ? ['another-host.invalid'] : [...new Set([address, ...loopback])];
    const cert = makeCertificate({
      subject: { name: names[0] ?? '', key: own.publicKey },
      issuer: kind === 'untrusted' ? { name: 'an unknown authority', ...newKeys() } : issuer,
      from: kind === 'expired' ? new Date(now.getTime() - 30 * dayMs) : from,
      to: kind === 'expired' ? from : to,
      names,
    });
    return { key: exportKey(own), cert };
  };
  return {
    ca: makeCertificate({ subject: { name: authorityName, key: publicKey }, issuer, from, to }),
    certify: (address, kind) => {
      const key = `${kind} ${address}`;
      const made = known.get(key) ?? certify(address, kind);
      known.set(key, made);
      return made;
    },
  };
}
