import path from 'node:path';
import type { ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { readTextOf } from '../../documents/decode-text.ts';
import { type HostKeyType, isHostKeyType } from '../description/host-key-type.ts';

export interface HostKey {
  /** As the server reads it. */
  privateKey: string;
  /** `type base64`, as in known_hosts. */
  publicKey: string;
}

/** The key of a host: from a file, or made now. @throws PluginHostError TARGET_INVALID */
export function readHostKey(named: string | undefined, folder: string): HostKey {
  const type = named ?? 'ssh-ed25519';
  if (isHostKeyType(type)) return makeHostKey(type);
  const text = readTextOf(path.resolve(folder, type));
  const key = parse(text);
  if (!(key instanceof Error) && key.isPrivateKey()) return hostKeyOf(text, key);
  const why = key instanceof Error ? key.message : 'this is a public key';
  throw new PluginHostError(
    'TARGET_INVALID',
    `ssh.hostKey: ${type}: ${why}; expected a private key of OpenSSH without a passphrase`,
    {
      hint: 'Make one with ssh-keygen -t ed25519 -N "" -f FILE, or leave hostKey out.',
    },
  );
}

/** The library strips the zero that a key begins with, once in some two hundred, and cannot read that again: mscdex/ssh2 issue 1390. */
function makeHostKey(type: HostKeyType): HostKey {
  for (;;) {
    const text = makeKey(type);
    const key = parse(text);
    if (!(key instanceof Error)) return hostKeyOf(text, key);
  }
}

function makeKey(type: HostKeyType): string {
  const { generateKeyPairSync } = ssh2.utils;
  switch (type) {
    case 'ssh-ed25519':
      return generateKeyPairSync('ed25519').private;
    case 'ecdsa-sha2-nistp256':
      return generateKeyPairSync('ecdsa', { bits: 256 }).private;
    case 'ssh-rsa':
      return generateKeyPairSync('rsa', { bits: 2048 }).private;
  }
}

/** The library gives a list for the format of OpenSSH, whatever its types say. */
function parse(text: string): ParsedKey | Error {
  const [key] = [ssh2.utils.parseKey(text)].flat();
  return key ?? new Error('this is no key');
}

function hostKeyOf(privateKey: string, key: ParsedKey): HostKey {
  return { privateKey, publicKey: `${key.type} ${key.getPublicSSH().toString('base64')}` };
}
