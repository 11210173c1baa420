import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { keyTypeOf } from '../../crypt/key-type-of.ts';
import { fileUnwritable } from '../../documents/file-unwritable.ts';
import { makePrivateFolder } from '../../state/make-private-folder.ts';
import { findKnownKeys, renderKnownHost } from './find-known-keys.ts';

/** Whether the key of a host was known: a changed one is never taken. */
export type KeyVerdict = { isTaken: boolean; known: boolean | 'changed' };

/** The host keys of targets. */
export interface TrustedKeys {
  /** Types of the keys that a host is known by. */
  typesOf: (host: string, port: number) => Promise<readonly string[]>;
  judge: (host: string, port: number, key: Buffer) => Promise<KeyVerdict>;
}

export interface KnownHostsOptions {
  file: string;
  /** Whether an unknown key is taken and kept. */
  acceptsNew: boolean;
}

/**
 * The keys of a file in OpenSSH's format, read anew for each question: another gateway may have learnt one. A host that is known by keys of other
 * types only counts as changed.
 */
export function openKnownHosts({ file, acceptsNew }: KnownHostsOptions): TrustedKeys {
  return {
    typesOf: (host, port) => Promise.resolve(findKnownKeys(read(file), host, port).map(({ type }) => type)),
    judge: (host, port, key) => {
      const blob = key.toString('base64');
      const keys = findKnownKeys(read(file), host, port);
      const same = keys.filter((each) => each.blob === blob && each.type === keyTypeOf(key));
      const isRevoked = same.some((each) => each.isRevoked);
      if (isRevoked || (same.length === 0 && keys.some((each) => !each.isRevoked)))
        return Promise.resolve({ isTaken: false, known: 'changed' as const });
      if (same.length > 0) return Promise.resolve({ isTaken: true, known: true });
      if (acceptsNew) add(file, renderKnownHost(host, port, key));
      return Promise.resolve({ isTaken: acceptsNew, known: false });
    },
  };
}

/** @throws PluginHostError FILE_UNREADABLE when it is there and cannot be read */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw unusable(file, cause);
  }
}

/** A line at once, and on a line of its own. */
function add(file: string, line: string): void {
  try {
    makePrivateFolder(path.dirname(file));
    const text = read(file);
    appendFileSync(file, text === '' || text.endsWith('\n') ? line : `\n${line}`, { mode: 0o600 });
  } catch (cause) {
    throw cause instanceof PluginHostError ? cause : unusable(file, cause);
  }
}

function unusable(file: string, cause: unknown): PluginHostError {
  return fileUnwritable(file, cause, 'Name a file that can be read and written with --known-hosts.');
}
