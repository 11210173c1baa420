import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { createSelfSigned } from '../../certificates/create-self-signed.ts';
import type { Certified } from '../../certificates/make-certificate.ts';

const names = ['localhost', '127.0.0.1', '::1'];
/** What systems accept at most. */
const validDays = 825;
const renewDays = 30;
const dayMs = 86_400_000;

export type ServerCertificate = Certified & {
  /** Of the certificate. */
  fingerprint: string;
  /** Where the certificate is; undefined of one that was given. */
  file: string | undefined;
};

/** The one of this state folder: made when there is none, and anew before it ends. @param folder For the two files */
export function ownCertificate(folder: string, now: Date): ServerCertificate {
  const [file, keyFile] = [path.join(folder, 'certificate.pem'), path.join(folder, 'key.pem')];
  const kept = readKept(file, keyFile, now);
  if (kept !== undefined) return { ...kept, file };
  const made = createSelfSigned(names, now, validDays);
  write(keyFile, made.key, 0o600);
  write(file, made.cert, 0o600);
  return { ...made, fingerprint: fingerprintOf(new X509Certificate(made.cert)), file };
}

/** @throws PluginHostError CERTIFICATE_INVALID */
export function givenCertificate(given: Certified): ServerCertificate {
  try {
    const certificate = new X509Certificate(given.cert);
    if (!certificate.checkPrivateKey(createPrivateKey(given.key))) throw new Error('they do not belong together');
    return { ...given, fingerprint: fingerprintOf(certificate), file: undefined };
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new PluginHostError('CERTIFICATE_INVALID', `the certificate and its key cannot be used: ${what}`, {
      hint: 'Give both in PEM, the key without a passphrase.',
      cause,
    });
  }
}

/** Undefined when it is not there, damaged or about to end. */
function readKept(file: string, keyFile: string, now: Date): Omit<ServerCertificate, 'file'> | undefined {
  if (!existsSync(file) || !existsSync(keyFile)) return undefined;
  const [cert, key] = [readFileSync(file, 'utf8'), readFileSync(keyFile, 'utf8')];
  try {
    const certificate = new X509Certificate(cert);
    const leftMs = Date.parse(certificate.validTo) - now.getTime();
    if (leftMs < renewDays * dayMs || !certificate.checkPrivateKey(createPrivateKey(key))) return undefined;
    return { cert, key, fingerprint: fingerprintOf(certificate) };
  } catch {
    return undefined;
  }
}

/** Never half written. */
function write(file: string, text: string, mode: number): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { mode });
  renameSync(temporary, file);
}

function fingerprintOf({ fingerprint256 }: X509Certificate): string {
  return `sha256:${fingerprint256.replaceAll(':', '').toLowerCase()}`;
}
