import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../integration/fixture.ts';
import { noRealSshd, type RealSshd, startRealSshd, withRealSshd } from '../integration/platform/real-sshd.ts';
import { type Authority, makeAuthority } from './authority.ts';
import { findFolder } from './find-folder.ts';
import { answerVault } from './plugins/hashicorp-vault.ts';
import { answerSafeguard } from './plugins/safeguard.ts';
import { type KeptSession, layPlugin, startRealGateway, surroundingsOf } from './real-gateway.ts';
import { startBackend } from './start-backend.ts';

const python = process.env['PLUGIN_HOST_SDK_PYTHON'] ?? 'python3';
const folders = (process.env['PLUGIN_HOST_REAL_PLUGINS'] ?? '').split(path.delimiter).filter(Boolean);
const [okta, vault, safeguard] = ['okta-mfa', 'hashicorp-vault', 'safeguard'].map((name) => findFolder(folders, name));

const otpPrompt = 'Press Enter for push notification or type one-time password: ';
/** Of the vaults and of the target. */
const [gatewayPassword, password] = ['open sesame', 'correct horse'];
const command = ['id', '-un'];

describe.skipIf(noRealSshd !== undefined)(withRealSshd('published plugins, unmodified, through a gateway'), () => {
  const folder = makeFolder();
  let sshd: RealSshd;
  let authority: Authority;
  let login = '';
  const keys = { right: '', wrong: '' };

  beforeAll(async () => {
    for (const name of ['right', 'wrong'] as const) {
      const file = path.join(folder, name);
      execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '', '-f', file]);
      keys[name] = readFileSync(file, 'utf8');
    }
    sshd = await startRealSshd([
      { name: 'targetuser', password, keys: [readFileSync(path.join(folder, 'right.pub'), 'utf8')] },
    ]);
    const certificates = path.join(folder, 'certificates');
    mkdirSync(certificates);
    authority = makeAuthority(certificates);
    login = `gu=gatewayuser@targetuser@127.0.0.1:${sshd.port}`;
  });
  afterAll(async () => {
    await sshd.stop();
  });

  /** What the vault plugin asks a vault for in clear. */
  const layVault = (port: number): string => {
    const options = `address=127.0.0.1\nport=${port}\nauthentication_method=userpass\n`;
    const config = `[hashicorp]\n${options}[engine-kv-v1]\nsecrets_path=secret/users\n[tls]\nenabled=no\n`;
    return layPlugin(vault ?? '', { config });
  };
  const layOkta = (more = ''): string => {
    const { config, backends } = surroundingsOf('okta-mfa');
    return layPlugin(okta ?? '', { config: `${config}${more}`, backends });
  };

  test.skipIf(okta === undefined || vault === undefined)(
    'okta-mfa asks, and hashicorp-vault has the key under the path that was answered',
    async () => {
      const { right: pem, wrong: key } = keys;
      const secrets = { '/v1/secret/users/targetuser': { password, key }, '/v1/secret/special': { pem } };
      await using backend = await startBackend(authority, answerVault(secrets));
      const question = '[question_1]\nprompt=Path in the vault:\nkey=vp\ndisable_echo=no\n';
      await using gateway = await startRealGateway([layOkta(question), layVault(backend.port)], python);
      const answers = [gatewayPassword, '123456', 'key://secret/special#pem'];
      expect(await gateway.ssh({ login, command, answers })).toEqual({
        exitCode: 0,
        stdout: 'targetuser\n',
        stderr: '',
        asked: ['Gateway password: ', otpPrompt, 'Path in the vault: '],
      });
      const kept = await gateway.session();
      expect(kept).toMatchObject({ ended: 'closed', gatewayUser: 'gatewayuser', gateway: { credential: 'key' } });
      expect(stepsOf(kept)).toEqual([
        'SPS_Okta authenticate NEEDINFO',
        'SPS_Okta authenticate NEEDINFO',
        'SPS_Okta authenticate ACCEPT',
        'SPS_Okta authorize ACCEPT',
        'SPS_hashicorp get_private_key_list returned',
        'SPS_hashicorp authentication_completed returned',
        'SPS_hashicorp session_ended returned',
        'SPS_Okta session_ended returned',
      ]);
      expect(JSON.stringify(kept)).not.toMatch(/open sesame|BEGIN RSA/);
      expect((await gateway.replay()).steps.map(({ equal }) => equal)).toEqual(kept.steps.map(() => true));
    },
  );

  test.skipIf(vault === undefined)('hashicorp-vault has a password where its key is not taken', async () => {
    const secrets = { '/v1/secret/users/targetuser': { password, key: keys.wrong } };
    await using backend = await startBackend(authority, answerVault(secrets));
    await using gateway = await startRealGateway([layVault(backend.port)], python);
    expect(await gateway.ssh({ login, command, answers: [gatewayPassword] })).toMatchObject({ stdout: 'targetuser\n' });
    const kept = await gateway.session();
    expect(kept).toMatchObject({ ended: 'closed', gateway: { credential: 'password' } });
    expect(await gateway.replay()).toMatchObject({ equal: true });
  });

  test.skipIf(okta === undefined || safeguard === undefined)(
    'okta-mfa waits for a push, and safeguard checks a password out and in again when the client leaves',
    async () => {
      await using backend = await startBackend(authority, answerSafeguard);
      const config = `[safeguard]\naddress=${backend.address}\n`;
      const environment = { REQUESTS_CA_BUNDLE: authority.file };
      await using gateway = await startRealGateway(
        [layOkta(), layPlugin(safeguard ?? '', { config, environment })],
        python,
      );
      const ended = await gateway.ssh({ login, command: ['exit', '3'], answers: [gatewayPassword, ''] });
      expect(ended).toMatchObject({ exitCode: 3, asked: ['Gateway password: ', otpPrompt] });
      const kept = await gateway.session();
      const asked = backend.takeRequests().map(({ url }) => url.split('/').at(-1));
      expect(asked.filter((each) => each?.startsWith('Check'))).toEqual(['CheckOutPassword', 'CheckIn']);
      expect(kept).toMatchObject({
        ended: 'closed',
        gateway: { credential: 'password', channels: [{ exitStatus: 3 }] },
      });
      expect(JSON.stringify(kept)).not.toMatch(/open sesame|correct horse/);
      expect((await gateway.replay()).steps.map(({ equal }) => equal)).toEqual(kept.steps.map(() => true));
    },
  );

  test.skipIf(okta === undefined || vault === undefined)(
    'okta-mfa denies a wrong code, and the vault is asked for nothing',
    async () => {
      await using backend = await startBackend(authority, answerVault({}));
      await using gateway = await startRealGateway([layOkta(), layVault(backend.port)], python);
      const { exitCode, stderr } = await gateway.ssh({ login, answers: [gatewayPassword, '999999'] });
      expect(exitCode).toBe(255);
      expect(stderr).toContain('Access denied: Authentication failed');
      expect(await gateway.session()).toMatchObject({ ended: 'denied', gateway: { credential: null } });
      expect(backend.takeRequests()).toEqual([]);
    },
  );
});

function stepsOf({ steps }: KeptSession): string[] {
  return steps.map(({ plugin, hook, verdict, outcome }) => `${plugin.name} ${hook} ${verdict ?? outcome.kind}`);
}
