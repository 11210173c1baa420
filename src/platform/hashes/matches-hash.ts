import { createHash, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { md5Crypt } from '../../crypt/md5-crypt.ts';
import { shaCrypt } from '../../crypt/sha-crypt.ts';

/** crypt(3) of the system. */
export type Crypt = (password: string, setting: string) => Promise<string | null>;

/** Whether a password has a hash; undefined when nobody knows the format. */
export async function matchesHash(password: string, hash: string, crypt: Crypt): Promise<boolean | undefined> {
  if (/^[!*]/.test(hash) || hash === '' || hash === 'x') return false;
  const ssha = /^\{(ssha(?:1|256|512)?)\}(\d\d)\$([^$]*)\$(.*)$/.exec(hash);
  if (ssha !== null) return isSame(aixHash(password, ssha[1] ?? '', Number(ssha[2]), ssha[3] ?? ''), ssha[4] ?? '');
  const sha1 = /^\{SSHA\}(.+)$/.exec(hash)?.[1];
  if (sha1 !== undefined) return matchesSalted(password, Buffer.from(sha1, 'base64'));
  const own = ownHash(password, hash);
  if (own !== undefined) return isSame(own, hash);
  const made = await crypt(password, hash);
  return made === null ? undefined : isSame(made, hash);
}

function ownHash(password: string, hash: string): string | undefined {
  if (hash.startsWith('$1$')) return md5Crypt(password, hash.slice(3).split('$')[0] ?? '');
  return shaCrypt(password, hash);
}

const digests: Record<string, { name: string; bytes: number }> = {
  ssha1: { name: 'sha1', bytes: 20 },
  ssha256: { name: 'sha256', bytes: 32 },
  ssha512: { name: 'sha512', bytes: 64 },
};

/** `{ssha256}06$salt$hash`: PBKDF2 with 2^06 rounds. Source: AIX, loadable password algorithms. */
function aixHash(password: string, kind: string, cost: number, salt: string): string {
  const { name, bytes } = digests[kind] ?? { name: 'sha1', bytes: 20 };
  const key = pbkdf2Sync(password, salt, 2 ** Math.min(cost, 20), bytes, name);
  return aixBase64(key);
}

const aixLetters = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function aixBase64(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const count = Math.min(3, bytes.length - at);
    let bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let index = 0; index <= count; index++, bits = (bits << 6) & 0xffffff)
      text += aixLetters[(bits >> 18) & 63] ?? '';
  }
  return text;
}

/** `{SSHA}`: SHA-1 of password and salt, then the salt. Source: RFC 2307 and its kin. */
function matchesSalted(password: string, bytes: Buffer): boolean {
  const made = createHash('sha1').update(password).update(bytes.subarray(20)).digest();
  return bytes.length >= 20 && timingSafeEqual(made, bytes.subarray(0, 20));
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The hash in a line of `/etc/shadow`, or in what a terminal showed of it; the text itself when it is no line. */
export function hashOfShadow(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const line = lines.find((each) => /^[^:\s]*:/.test(each));
  if (line === undefined) return lines.find((each) => each !== '') ?? '';
  return line.split(':')[1] ?? '';
}
