import { createHmac } from 'node:crypto';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Time-based one-time passwords as authenticator apps make them (RFC 6238 with SHA-1 and six digits).
 * The secret is base32, as apps show it: blanks and lower case are fine.
 */
export function totp(secret: string, unixTime: number, period = 30): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(unixTime / period)));
  const digest = createHmac('sha1', decodeBase32(secret)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 15;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

function decodeBase32(secret: string): Buffer {
  const text = secret.replaceAll(' ', '').toUpperCase().replace(/=+$/, '');
  const bits = Array.from(text, (letter) => {
    const value = base32.indexOf(letter);
    if (value < 0) throw new Error('the secret holds a character that is not base32');
    return value.toString(2).padStart(5, '0');
  }).join('');
  return Buffer.from(Array.from(bits.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2)));
}
