import { createHash } from 'node:crypto';
import { fingerprintOf } from '../../crypt/fingerprint-of.ts';
import { isSameText } from '../../crypt/is-same-text.ts';
import type { HostIdentity } from '../network/network.ts';

/** `<type> <base64>`, as `ssh-keyscan` writes it. */
export function renderHostKey({ keyType, key }: Pick<HostIdentity, 'keyType' | 'key'>): string {
  return `${keyType} ${key.toString('base64')}`;
}

/** Whether a key is the one that a text names: a line of OpenSSH, its base64 alone, or a fingerprint. Source: specification d.4. */
export function matchesHostKey(wanted: string, key: Buffer): boolean {
  const text = wanted.trim();
  if (/^SHA256:/i.test(text)) return isSameText(text.slice(7).replace(/={1,2}$/, ''), fingerprintOf(key).slice(7));
  const hexadecimal = /^(?:MD5:)?((?:[\da-f]{2}:){15}[\da-f]{2})$/i.exec(text)?.[1];
  if (hexadecimal !== undefined)
    return isSameText(hexadecimal.replaceAll(':', '').toLowerCase(), createHash('md5').update(key).digest('hex'));
  const blob = key.toString('base64');
  return text.split(/\s+/).some((part) => isSameText(part.replace(/={1,2}$/, ''), blob.replace(/={1,2}$/, '')));
}
