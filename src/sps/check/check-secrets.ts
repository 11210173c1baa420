import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../base/problem.ts';
import { quoteWord } from '../../base/quote-word.ts';

const keyFile = /\.(?:pem|key)$|^id_[a-z0-9]+$/i;
const privateKey = /^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/m;
/** A key has some kilobytes; a list of certificates may be larger, and begins otherwise. */
const maxBytes = 1_000_000;

/** Private keys in an unpacked ZIP: whoever has the ZIP has them. @param root Of regular files and folders only */
export function checkSecrets(root: string): Problem[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && keyFile.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).size <= maxBytes && privateKey.test(readFileSync(file, 'latin1')))
    .map((file) => path.relative(root, file))
    .sort()
    .map((file) => ({
      level: 'warning',
      code: 'SECRET_PACKED',
      message: `${file}: has a private key, which everyone gets who gets the ZIP`,
      hint: `Keep keys in a credential store of the appliance, and leave the file out: plugin-host pack --exclude ${quoteWord(file)}`,
      file,
      line: null,
    }));
}
