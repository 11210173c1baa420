import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder, startHost } from '../fixture.ts';
import { hasRedis, startRedis } from '../redis-server.ts';

describe.skipIf(!hasRedis)('rediss://', () => {
  test('is encrypted, and takes a certificate of your own only when NODE_EXTRA_CA_CERTS names it', async () => {
    const folder = makeFolder();
    const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
    const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
    const named = ['-subj', '/CN=redis', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate];
    execFileSync('openssl', ['req', ...made, ...named], { stdio: 'ignore' });
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
    const options = ['--tls-auth-clients', 'no', ...files];
    const redis = await startRedis(folder, 's3cr3t-of-redis', { isEncrypted: true, more: options });
    try {
      const list = (...env: [string, string][]) =>
        startHost(['session', 'ls', '--json', '--state', `rediss://:s3cr3t-of-redis@127.0.0.1:${redis.port}`], {
          env: { ...process.env, ...Object.fromEntries(env) },
        }).ended;
      expect(await list(['NODE_EXTRA_CA_CERTS', certificate])).toMatchObject({ exitCode: 0, stdout: '[]\n' });
      const refused = await list();
      expect(refused).toMatchObject({ exitCode: 3 });
      expect(refused.stdout + refused.stderr).toContain('STATE_UNREACHABLE');
      expect(refused.stdout + refused.stderr).toContain('certificate');
    } finally {
      await redis.stop();
    }
  });
});
