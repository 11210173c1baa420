import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A certificate authority that lives as long as the run, with what it signed. */
export interface Authority {
  file: string;
  certificate: string;
  /** For the backends, whatever host they stand for. */
  server: Credentials;
  /** For a plugin that shows one; its key is PKCS#1, the only form in which the SDK takes it. */
  client: Credentials;
}

interface Credentials {
  key: string;
  certificate: string;
}

/** Hosts of the vendors whose plugins cannot be pointed elsewhere, besides the local address. */
const subjectNames =
  'IP:127.0.0.1,DNS:localhost,DNS:*.duosecurity.com,DNS:*.us.onelogin.com,DNS:login.microsoftonline.com';

const program = process.env['OPENSSL'] ?? 'openssl';

export function makeAuthority(folder: string): Authority {
  const openssl = (...args: string[]): void => {
    execFileSync(program, args, { cwd: folder, stdio: 'pipe' });
  };
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  const key = (name: string): void => {
    openssl('genrsa', '-traditional', '-out', `${name}.key`, '2048');
  };
  const sign = (name: string, subject: string, extensions: string): Credentials => {
    key(name);
    writeFileSync(path.join(folder, `${name}.ext`), extensions);
    openssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`);
    const issuer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...issuer, '-extfile', `${name}.ext`, '-out', `${name}.pem`);
    return { key: read(`${name}.key`), certificate: read(`${name}.pem`) };
  };
  key('ca');
  const isAuthority = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  openssl('req', '-x509', '-new', '-key', 'ca.key', '-subj', '/CN=Run', '-days', '2', ...isAuthority, '-out', 'ca.pem');
  return {
    file: path.join(folder, 'ca.pem'),
    certificate: read('ca.pem'),
    server: sign('server', '/CN=backend', `subjectAltName=${subjectNames}\nbasicConstraints=CA:FALSE\n`),
    client: sign('client', '/CN=plugin', 'basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth\n'),
  };
}

/** As a value of more than one line in a configuration text. */
export function indentPem(pem: string): string {
  return pem.trim().replaceAll('\n', '\n ');
}
