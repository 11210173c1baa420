import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import ssh2, { type ParsedKey } from 'ssh2';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { fingerprintOf } from '../../crypt/fingerprint-of.ts';
import { describeFileFault } from '../../documents/describe-file-fault.ts';
import { makeStateFolder } from '../../state/make-state-folder.ts';
import { readHostKey } from '../../targets/ssh/read-host-key.ts';

/** The key of the gateway itself. */
export interface GatewayHostKey {
  /** As the library reads it. */
  privateKey: string;
  type: string;
  /** `SHA256:…` */
  fingerprint: string;
  /** Type and base64, as in known_hosts. */
  line: string;
}

/** Reads the key of a file, or the one of the state folder, which is made at the first start. @throws PluginHostError USAGE, STATE_UNWRITABLE */
export function openHostKey(stateDir: string, file: string | undefined): GatewayHostKey {
  if (file !== undefined) return parseHostKey(file, read(file));
  const own = path.join(makeStateFolder(stateDir, 'gateway'), 'ssh_host_ed25519_key');
  try {
    return parseHostKey(own, readFileSync(own, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    make(own);
    return parseHostKey(own, read(own));
  }
}

/** Whole or not at all; another gateway may be faster. */
function make(file: string): void {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, readHostKey('ssh-ed25519', '.').privateKey, { mode: 0o600, flag: 'wx' });
    linkSync(temporary, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(file, describeFileFault(cause), cause);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unusable(file, describeFileFault(cause), cause);
  }
}

function parseHostKey(file: string, text: string): GatewayHostKey {
  const [key] = [ssh2.utils.parseKey(text)].flat() as (ParsedKey | Error | undefined)[];
  if (key === undefined || key instanceof Error) throw unusable(file, 'it is no private key without a passphrase', key);
  if (!key.isPrivateKey() || key.type !== 'ssh-ed25519')
    throw unusable(file, `it is not a private key of type ssh-ed25519`);
  const blob = key.getPublicSSH();
  return {
    privateKey: text,
    type: key.type,
    fingerprint: fingerprintOf(blob),
    line: `${key.type} ${blob.toString('base64')}`,
  };
}

function unusable(file: string, fault: string, cause?: unknown): PluginHostError {
  return new PluginHostError('USAGE', `${file}: ${fault}`, {
    hint: 'Give --host-key a file that `ssh-keygen -t ed25519 -N "" -f FILE` made, or leave it out.',
    cause,
  });
}
