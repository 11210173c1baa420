import { createHmac } from 'node:crypto';
import { keyTypeOf } from '../../crypt/key-type-of.ts';
import { fitsWildcard } from '../../sps/policies/fits-wildcard.ts';

/** A key that a host is known by, or must not have. */
export interface KnownKey {
  type: string;
  /** Base64 of the blob. */
  blob: string;
  isRevoked: boolean;
}

/** The keys that a text in OpenSSH's format has for a host. Certificate authorities are passed over. Source: sshd(8), SSH_KNOWN_HOSTS. */
export function findKnownKeys(text: string, host: string, port: number): KnownKey[] {
  const name = knownName(host, port);
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const marker = fields[0]?.startsWith('@') === true ? fields.shift() : undefined;
    const [names = '', type = '', blob = ''] = fields;
    if (names.startsWith('#') || blob === '' || (marker !== undefined && marker !== '@revoked')) return [];
    return isFor(names, name) ? [{ type, blob, isRevoked: marker === '@revoked' }] : [];
  });
}

/** A line for a host that becomes known. */
export function renderKnownHost(host: string, port: number, key: Buffer): string {
  return `${knownName(host, port)} ${keyTypeOf(key)} ${key.toString('base64')}\n`;
}

/** How a file names a host. */
export function knownName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

function isFor(names: string, name: string): boolean {
  if (names.startsWith('|1|')) return isHashOf(names, name);
  const patterns = names.toLowerCase().split(',');
  const fits = (pattern: string): boolean => fitsWildcard(pattern, name);
  if (patterns.some((each) => each.startsWith('!') && fits(each.slice(1)))) return false;
  return patterns.some((each) => !each.startsWith('!') && fits(each));
}

function isHashOf(hashed: string, name: string): boolean {
  const [, , salt = '', hash = ''] = hashed.split('|');
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}
