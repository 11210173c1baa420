import { readFileSync } from 'node:fs';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { describeFileFault } from '../../documents/describe-file-fault.ts';
import { readPasswordFile, shortestPassword } from '../access/read-password-file.ts';
import type { ServeOptions } from './serve-options.ts';
import type { ServerOptions } from './server-options.ts';

type Access = Pick<ServerOptions, 'certificate' | 'adminPassword' | 'isNewAdminPassword' | 'users'>;

/**
 * Certificate and passwords of the options of the library.
 * @param warn Is told of a file that others may read
 * @throws PluginHostError USAGE, CERTIFICATE_INVALID, ADMIN_PASSWORD_FILE
 */
export function readAccess(options: ServeOptions, warn: (text: string) => void): Access {
  const { certificate, key, http = false, adminPassword, adminPasswordFile, newAdminPassword = false } = options;
  const passwords = [adminPassword, adminPasswordFile, newAdminPassword || undefined];
  if (passwords.filter((each) => each !== undefined).length > 1) {
    throw usage('adminPassword, adminPasswordFile and newAdminPassword exclude each other');
  }
  if ((certificate === undefined) !== (key === undefined)) throw usage('certificate and key belong together');
  if (http && certificate !== undefined) throw usage('http has no certificate');
  const users = Object.entries(options.users ?? {}).map(([name, { password, passwordFile, privileges }]) => {
    if (name === 'admin' || name === '' || name.includes(':')) {
      throw usage(`a user cannot be called ${JSON.stringify(name)}`);
    }
    if ((password === undefined) === (passwordFile === undefined)) {
      throw usage(`${name} needs a password or a passwordFile`);
    }
    return [name, { password: readPassword(`the password of ${name}`, password, passwordFile, warn), privileges }];
  });
  return {
    certificate:
      certificate === undefined || key === undefined ? undefined : { cert: readPem(certificate), key: readPem(key) },
    adminPassword:
      adminPassword === undefined && adminPasswordFile === undefined
        ? undefined
        : readPassword('adminPassword', adminPassword, adminPasswordFile, warn),
    isNewAdminPassword: newAdminPassword,
    users: Object.fromEntries(users) as Access['users'],
  };
}

function readPassword(
  what: string,
  password: string | undefined,
  file: string | undefined,
  warn: (text: string) => void,
): string {
  if (password === undefined) return readPasswordFile(file ?? '', warn);
  if (password.length >= shortestPassword) return password;
  throw usage(`${what} has fewer than ${shortestPassword} characters`);
}

/** PEM, or the file that holds it. */
function readPem(given: string): string {
  if (given.includes('-----BEGIN ')) return given;
  try {
    return readFileSync(given, 'utf8');
  } catch (cause) {
    throw new PluginHostError('CERTIFICATE_INVALID', `${given}: ${describeFileFault(cause)}`, {
      hint: 'Give PEM, or the name of a file that holds it.',
      cause,
    });
  }
}

function usage(message: string): PluginHostError {
  return new PluginHostError('USAGE', message, {
    hint: 'The options of startServer are those of `plugin-host serve`.',
  });
}
