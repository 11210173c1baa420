import path from 'node:path';
import type { ValueFault } from '../../base/problem.ts';
import { tryReadText } from '../../documents/decode-text.ts';
import { checkShell } from './check-shell.ts';
import { faultAt } from './fault-at.ts';
import { hostKeyTypes, isHostKeyType } from './host-key-type.ts';
import type { SshDescription } from './target-description.ts';

type Keys = ValueFault['keys'];

/** What is wrong in `ssh:` beyond its shape. @param folder That its files are relative to. */
export function checkSsh(keys: Keys, ssh: SshDescription, folder: string): ValueFault[] {
  const users = Object.entries(ssh.users ?? {}).flatMap(([name, user]) =>
    // An empty user is null in YAML.
    ((user as { keys?: string[] } | null)?.keys ?? []).flatMap((key, index) =>
      checkPublicKey([...keys, 'users', name, 'keys', index], key),
    ),
  );
  return [...users, ...checkHostKey([...keys, 'hostKey'], ssh.hostKey, folder), ...checkShell(keys, ssh)];
}

function checkPublicKey(keys: Keys, key: string): ValueFault[] {
  if (key.includes('${') || /^\s*[\w@.-]+ +[A-Za-z0-9+/]{16,}={0,2}(?:\s|$)/.test(key)) return [];
  return [faultAt(keys, 'this is no public key; expected its type and its base64 text, as in authorized_keys')];
}

function checkHostKey(keys: Keys, hostKey: string | undefined, folder: string): ValueFault[] {
  if (hostKey === undefined || isHostKeyType(hostKey)) return [];
  const read = tryReadText(path.resolve(folder, hostKey), hostKey);
  if ('fault' in read)
    return [faultAt(keys, `${read.fault}; expected a file with a private key, or one of ${hostKeyTypes.join(', ')}`)];
  return read.text.includes('PRIVATE KEY')
    ? []
    : [faultAt(keys, `${hostKey} holds no private key; expected one as ssh-keygen writes it`)];
}
