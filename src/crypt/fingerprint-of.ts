import { createHash } from 'node:crypto';

/** Of the blob of a key, as ssh-keygen shows it: `SHA256:…`. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace('=', '')}`;
}
