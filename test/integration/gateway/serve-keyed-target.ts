import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { makeFolder } from '../fixture.ts';
import { type RealSshd, startRealSshd } from '../platform/real-sshd.ts';
import type { Script } from './scripted-plugins.ts';
import { type StartedGateway, startScripted, type StartOptions } from './started-gateway.ts';

interface KeyedTarget {
  /** Once the tests run. */
  sshd: () => RealSshd;
  /** A store that gives the key that the server takes. */
  withKey: () => Script;
  /** A gateway whose clients log in to the server. */
  start: (script: Script, options?: StartOptions) => Promise<StartedGateway>;
}

/** For the tests of a `describe`: a real server with the user `svc`, who has the password `svc-Pass1` and an RSA key. */
export function serveKeyedTarget(): KeyedTarget {
  const file = path.join(makeFolder(), 'key');
  let sshd: RealSshd;
  beforeAll(async () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '', '-f', file]);
    const keys = [readFileSync(`${file}.pub`, 'utf8')];
    sshd = await startRealSshd([{ name: 'svc', password: 'svc-Pass1', keys }]);
  });
  afterAll(async () => {
    await sshd.stop();
  });
  return {
    sshd: () => sshd,
    withKey: () => ({ get_private_key_list: { return: { private_keys: [['ssh-rsa', readFileSync(file, 'utf8')]] } } }),
    start: (script, options = {}) => startScripted(script, { login: `svc@127.0.0.1:${sshd.port}`, ...options }),
  };
}
