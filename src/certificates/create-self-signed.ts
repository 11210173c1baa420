import { type Certified, exportKey, makeCertificate, newKeys } from './make-certificate.ts';

const dayMs = 86_400_000;

/** A certificate that vouches for itself, good for these names and addresses. @param days At most 825, which is what systems accept */
export function createSelfSigned(names: readonly string[], now: Date, days: number): Certified {
  const own = newKeys();
  const name = names[0] ?? '';
  const cert = makeCertificate({
    subject: { name, key: own.publicKey },
    issuer: { name, ...own },
    from: new Date(now.getTime() - dayMs),
    to: new Date(now.getTime() + (days - 1) * dayMs),
    names,
  });
  return { key: exportKey(own), cert };
}
