import { createHash, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { encodeTriple } from '../../crypt/encode-triple.ts';
import { isSameText } from '../../crypt/is-same-text.ts';
import { md5Crypt } from '../../crypt/md5-crypt.ts';
import { shaCryptInSlices } from '../../crypt/sha-crypt.ts';
import { finishWithPauses } from '../../crypt/slices.ts';

/** crypt(3) of the system. */
export type Crypt = (password: string, setting: string) => Promise<string | null>;

/** In bytes. The rounds go over all of it, some of them once for each byte. Source: libxcrypt, CRYPT_MAX_PASSPHRASE_SIZE. */
export const longestPassword = 511;

/**
 * Whether a password has a hash; undefined when nobody knows the format. A longer password has none.
 * @param pause Awaited every few milliseconds of a hash that takes long; what it throws ends that
 */
export async function matchesHash(
  password: string,
  hash: string,
  crypt: Crypt,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<boolean | undefined> {
  if (/^[!*]/.test(hash) || hash === '' || hash === 'x') return false;
  if (Buffer.byteLength(password) > longestPassword) return false;
  const ssha = /^\{(ssha(?:1|256|512)?)\}(\d\d)\$([^$]*)\$(.*)$/.exec(hash);
  if (ssha !== null) {
    const [, kind = '', cost, salt = '', digest = ''] = ssha;
    return isSameText(await aixHash(password, kind, Number(cost), salt), digest);
  }
  const sha1 = /^\{SSHA\}(.+)$/.exec(hash)?.[1];
  if (sha1 !== undefined) return matchesSalted(password, Buffer.from(sha1, 'base64'));
  const own = await ownHash(password, hash, pause);
  if (own !== undefined) return isSameText(own, hash);
  const made = await crypt(password, hash);
  return made === null ? undefined : isSameText(made, hash);
}

async function ownHash(password: string, hash: string, pause: () => Promise<void>): Promise<string | undefined> {
  // AIX has no magic in it, neither in the text nor in the sum.
  if (hash.startsWith('{smd5}')) return `{smd5}${md5Crypt(password, hash.slice(6).split('$')[0] ?? '', '')}`;
  if (hash.startsWith('$1$')) return md5Crypt(password, hash.slice(3).split('$')[0] ?? '');
  return finishWithPauses(shaCryptInSlices(password, hash), pause);
}

const digests: Record<string, { name: string; bytes: number }> = {
  ssha1: { name: 'sha1', bytes: 20 },
  ssha256: { name: 'sha256', bytes: 32 },
  ssha512: { name: 'sha512', bytes: 64 },
};

const deriveKey = promisify(pbkdf2);

/** `{ssha256}06$salt$hash`: PBKDF2 with 2^06 rounds, in the letters of crypt(3). Source: AIX, loadable password algorithms. */
async function aixHash(password: string, kind: string, cost: number, salt: string): Promise<string> {
  const { name, bytes } = digests[kind] ?? { name: 'sha1', bytes: 20 };
  const key = await deriveKey(password, salt, 2 ** Math.min(cost, 20), bytes, name);
  const triples = Array.from({ length: Math.ceil(bytes / 3) }, (_, index) => key.subarray(index * 3, index * 3 + 3));
  return triples
    .map(([a = 0, b = 0, c = 0], index) => encodeTriple(a, b, c, Math.min(3, bytes - index * 3) + 1))
    .join('');
}

/** `{SSHA}`: SHA-1 of password and salt, then the salt. Source: RFC 2307 and its kin. */
function matchesSalted(password: string, bytes: Buffer): boolean {
  const made = createHash('sha1').update(password).update(bytes.subarray(20)).digest();
  return bytes.length >= 20 && timingSafeEqual(made, bytes.subarray(0, 20));
}

const shadowLine = /(?:^|\s)[^:\s]*:([^:\s]*)(?::\d*){6}:[^:\s]*$/;

/** The hash in a line of `/etc/shadow`, or in what a terminal showed of it; the text itself when it is no line. Source: specification d.5. */
export function hashOfShadow(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  // A prompt may have colons too: a whole line goes before what only looks like one.
  const whole = lines.map((line) => shadowLine.exec(line)?.[1]).find((hash) => hash !== undefined);
  if (whole !== undefined) return whole;
  // AIX keeps `password = …` below the name of the account.
  const stanza = lines.map((line) => /^password ?= ?(\S+)$/.exec(line)?.[1]).find((hash) => hash !== undefined);
  if (stanza !== undefined) return stanza;
  const line = lines.find((each) => /^[^:\s]*:/.test(each));
  if (line === undefined) return lines.find((each) => each !== '') ?? '';
  return line.split(':')[1] ?? '';
}
