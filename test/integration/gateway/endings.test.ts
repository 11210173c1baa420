import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../fixture.ts';
import { noRealSshd, withRealSshd } from '../platform/real-sshd.ts';
import type { Script } from './scripted-plugins.ts';
import { serveKeyedTarget } from './serve-keyed-target.ts';
import { killSsh } from './ssh-client.ts';
import { endsOf } from './started-gateway.ts';

describe.skipIf(noRealSshd !== undefined)(withRealSshd('a session of a gateway'), () => {
  const { sshd, withKey, start } = serveKeyedTarget();

  const deny = (reason?: string): Script => ({
    authenticate: { return: { verdict: 'DENY', ...(reason === undefined ? {} : { reason }) } },
  });

  test.each([
    ['a refusal with a reason', deny('not on Sunday\u001b[2J'), 'denied', 'Access denied: not on Sunday^[[2J'],
    ['a refusal without a reason', deny(), 'denied', 'Access denied.'],
    ['a refusal with the reason N/A', deny('N/A'), 'denied', 'Access denied.'],
    [
      'a refusal by authorize',
      { authorize: { return: { verdict: 'DENY', reason: 'no' } } },
      'denied',
      'Access denied: no',
    ],
    ['a plugin that raises', { authenticate: { raise: 'secret words' } }, 'plugin-error', ''],
    ['a plugin that crashes', { authorize: { exit: 3 } }, 'plugin-error', ''],
    ['a malformed result', { authenticate: { return: 'yes' } }, 'plugin-error', ''],
    ['a store that raises', { get_private_key_list: { raise: 'no vault' } }, 'plugin-error', ''],
  ])('ends with %s, and the client is told what the appliance tells', async (_, script: Script, ended, text) => {
    const started = await start(script);
    const { exitCode, stderr } = await started.ssh();
    expect({ exitCode, text: stderr.split('\n')[0] }).toMatchObject({ exitCode: 255 });
    if (text === '') expect(stderr).toMatch(/^svc@.*: Permission denied/);
    else expect(stderr.split('\n')[0]?.trimEnd()).toBe(text);
    expect(await started.session()).toMatchObject({ ended, owner: null, endedAt: expect.any(String) });
    expect(endsOf(started)).toBe(started.hooks().includes('get_private_key_list') ? 2 : 1);
  });

  test('a hook over its time ends it, with the cookies from before that call', async () => {
    const started = await start({ authorize: { sleepMs: 60_000 } }, { proxyTimeout: '4s', explain: true });
    const { exitCode, stderr } = await started.ssh();
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 255 });
    expect(stderr).toContain('authorize of Scripted_aa: took more than 2 s');
    expect(await started.session()).toMatchObject({ ended: 'timed-out' });
    const last = started.calls().at(-1);
    expect(last).toMatchObject({ hook: 'session_ended', kwargs: { cookie: { authenticate: 1 } } });
    expect(last?.kwargs['cookie']).not.toHaveProperty('authorize');
  });

  test('--explain tells the client what a plugin raised', async () => {
    const { ssh } = await start({ authenticate: { raise: 'the vault is sealed' } }, { explain: true });
    expect((await ssh()).stderr).toContain('authenticate of Scripted_aa: RuntimeError: the vault is sealed');
  });

  test.each([
    ['no destination', 'svc', 'TARGET_MISSING', 'No target: log in as USER@HOST[:PORT].'],
    ['a destination that may not be chosen', 'svc@192.0.2.1', 'TARGET_NOT_ALLOWED', 'This target is not allowed.'],
    ['an empty user', '@127.0.0.1', 'USER_MISSING', 'This target is not allowed.'],
    ['a name that does not resolve', 'svc@host.invalid', 'TARGET_UNKNOWN', 'This target is not allowed.'],
    ['a login name over 4 KiB', `${'x'.repeat(4096)}@127.0.0.1`, 'LOGIN_TOO_LONG', 'This target is not allowed.'],
  ])('is none with %s: no hook is called, nothing is stored', async (_, login, code, text) => {
    const { ssh, hooks, store, told } = await start({});
    const { exitCode, stderr } = await ssh({ login });
    expect({ exitCode, text: stderr.split('\n')[0]?.trimEnd() }).toEqual({ exitCode: 255, text });
    expect(told('refused')).toMatchObject([{ code }]);
    expect(hooks()).toEqual([]);
    expect(store.names()).toEqual([]);
  });

  test('ends when the target refuses every credential and three typed passwords', async () => {
    const started = await start({ get_password_list: { return: { passwords: ['a-wrong-one', 'a-wrong-one'] } } });
    const { exitCode, stderr } = await started.ssh({ answers: ['wrong-1', 'wrong-2', 'wrong-3'] });
    expect({ exitCode, text: stderr.split('\n')[0]?.trimEnd() }).toEqual({
      exitCode: 255,
      text: 'The target refused the login.',
    });
    expect(await started.session()).toMatchObject({ ended: 'target-refused' });
    expect(started.told('credential')).toHaveLength(4); // the repeated one once
    expect(endsOf(started)).toBe(2);
  });

  describe('whose target', () => {
    let silent: Server;
    beforeAll(async () => {
      silent = createServer((socket) => {
        socket
          .resume()
          .on('error', () => undefined)
          .end('HTTP/1.1 400 Bad Request\r\n\r\n');
      }).listen(0, '127.0.0.1');
      await once(silent, 'listening');
    });
    afterAll(async () => {
      silent.close();
      await once(silent, 'close');
    });

    test.each([
      ['refuses the connection', () => 1],
      ['is no SSH server', () => (silent.address() as { port: number }).port],
    ])('%s ends as target-unreachable', async (_, port) => {
      const started = await start(withKey());
      const { exitCode, stderr } = await started.ssh({ login: `svc@127.0.0.1:${port()}` });
      expect({ exitCode, text: stderr.split('\n')[0]?.trimEnd() }).toEqual({
        exitCode: 255,
        text: 'The target cannot be reached.',
      });
      expect(await started.session()).toMatchObject({ ended: 'target-unreachable' });
      expect(started.hooks()).toEqual(['authenticate', 'authorize', 'session_ended']);
    });

    test.each([
      [
        'has another host key than the known one',
        'accept-new',
        'The host key of the target is not the known one.',
        'changed',
      ],
      ['has an unknown host key', 'strict', 'The host key of the target is not known.', false],
    ] as const)('%s ends as host-key-refused, before a credential is asked for', async (_, how, text, known) => {
      const own = makeFolder();
      const knownHosts = path.join(own, 'known_hosts');
      if (known === 'changed') {
        execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(own, 'other')]);
        const other = readFileSync(path.join(own, 'other.pub'), 'utf8');
        writeFileSync(knownHosts, `[127.0.0.1]:${sshd().port} ${other}`);
      }
      const started = await start(withKey(), { knownHosts, targetHostKey: how });
      const { exitCode, stderr } = await started.ssh();
      expect({ exitCode, text: stderr.split('\n')[0]?.trimEnd() }).toEqual({ exitCode: 255, text });
      expect(await started.session()).toMatchObject({ ended: 'host-key-refused' });
      expect(started.told('target')).toMatchObject([{ known }]);
      expect(started.hooks()).toEqual(['authenticate', 'authorize', 'session_ended']);
    });
  });

  test('a new host key is kept, and known from then on', async () => {
    const started = await start(withKey());
    await started.ssh();
    await started.ssh();
    expect(started.told('target')).toMatchObject([{ known: false }, { known: true }]);
    const kept = readFileSync(path.join(started.folder, 'state/known_hosts'), 'utf8');
    expect(kept).toBe(`[127.0.0.1]:${sshd().port} ${sshd().hostKey}\n`);
  });

  test('a client that leaves in a question ends it as user-left', async () => {
    const started = await start({ authenticate: { return: { verdict: 'NEEDINFO', question: ['c', 'Code: ', true] } } });
    const run = started.run();
    await expect.poll(() => run.asked()).toHaveLength(1);
    killSsh(run);
    expect(await started.session()).toMatchObject({ ended: 'user-left', gateway: { reason: 'client left' } });
    expect(started.hooks()).toEqual(['authenticate', 'session_ended']);
  });

  test('a client that leaves in a hook: the hook has its time, its cookies count, only session_ended follows', async () => {
    const started = await start({ authenticate: { sleepMs: 1500 } });
    const run = started.run();
    await expect.poll(() => started.hooks()).toEqual(['authenticate']);
    killSsh(run);
    expect(await started.session()).toMatchObject({ ended: 'user-left' });
    expect(started.calls()).toMatchObject([
      { hook: 'authenticate' },
      { hook: 'session_ended', kwargs: { cookie: { authenticate: 1 } } },
    ]);
  });

  test('the login timeout ends a login that waits for its user, and the time of hooks does not count', async () => {
    const script = {
      authenticate: [{ sleepMs: 3000, return: { verdict: 'NEEDINFO', question: ['c', 'Code: ', true] } }],
    };
    const started = await start(script, { loginTimeout: '2s' });
    const run = started.run();
    await started.session();
    expect(run.asked()).toEqual(['Code: ']);
    expect(await started.session()).toMatchObject({ ended: 'user-left', gateway: { reason: 'login timeout' } });
    expect(endsOf(started)).toBe(1);
  });

  test('a client that is killed, and one that goes, end it as closed', async () => {
    const started = await start(withKey());
    const run = started.run({ command: ['sleep', '600'] });
    await expect.poll(() => started.told('connected')).toHaveLength(1);
    killSsh(run);
    expect(await started.session()).toMatchObject({ ended: 'closed', gateway: { reason: 'client left' } });
    expect(endsOf(started)).toBe(2);
  });

  test('a target that dies ends it as closed, the channel without a status', async () => {
    const started = await start(withKey());
    const { exitCode } = await started.ssh({ command: ['kill -9 $PPID; sleep 60'] });
    expect(exitCode).toBe(255);
    expect(await started.session()).toMatchObject({
      ended: 'closed',
      gateway: { reason: 'the target closed the connection', channels: [{ exitStatus: null, signal: null }] },
    });
    expect(endsOf(started)).toBe(2);
  });

  test('an idle session ends', async () => {
    const started = await start(withKey(), { idleTimeout: '1s' });
    expect((await started.ssh({ command: ['sleep', '600'] })).exitCode).toBe(255);
    expect(await started.session()).toMatchObject({ ended: 'closed', gateway: { reason: 'idle timeout' } });
  });

  test('the end of the gateway ends all sessions, wherever they are, each once', async () => {
    const started = await start({
      ...withKey(),
      authenticate: { return: { verdict: 'ACCEPT' } },
    });
    const slow = await start({ authenticate: { sleepMs: 1500 } }, { stateDir: path.join(started.folder, 'state') });
    const connected = started.run({ command: ['sleep', '600'] });
    const waiting = slow.run();
    await expect.poll(() => started.told('connected')).toHaveLength(1);
    await expect.poll(() => slow.hooks()).toEqual(['authenticate']);
    await Promise.all([started.gateway.close(), slow.gateway.close()]);
    expect(started.told('ended')).toMatchObject([{ ended: 'gateway-stopped' }]);
    expect(slow.told('ended')).toMatchObject([{ ended: 'gateway-stopped' }]);
    expect(endsOf(started)).toBe(2);
    expect(slow.hooks()).toEqual(['authenticate', 'session_ended']);
    expect([(await connected.done).exitCode, (await waiting.done).exitCode]).toEqual([255, 255]);
  });
});
