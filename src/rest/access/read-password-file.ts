import { readFileSync, statSync } from 'node:fs';
import { PluginHostError } from '../../base/plugin-host-error.ts';

/** In characters. */
export const shortestPassword = 8;
const others = 0o077;

/** The password in a file: its text without the last line end. @param warn Is told when others may read it. @throws PluginHostError ADMIN_PASSWORD_FILE */
export function readPasswordFile(file: string, warn: (text: string) => void): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
    if ((statSync(file).mode & others) !== 0) warn(`${file} can be read by other users: chmod 600 ${file}`);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'there is no such file' : message;
    throw new PluginHostError('ADMIN_PASSWORD_FILE', `${file}: ${what}`, {
      hint: 'Name a file that holds the password.',
      cause,
    });
  }
  const password = text.replace(/\r?\n$/, '');
  if (password.length >= shortestPassword) return password;
  throw new PluginHostError(
    'ADMIN_PASSWORD_FILE',
    `${file}: the password has fewer than ${shortestPassword} characters`,
    {
      hint: 'Write a longer one, or leave the option out: one is made then.',
    },
  );
}
