import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noRealSshd, withRealSshd } from '../platform/real-sshd.ts';
import { type GatewayOn, startGatewayOn } from './gateway-on.ts';
import { type Ended, plainOptions, runProgram, startTargetServer, type TargetServer } from './open-ssh.ts';

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(noRealSshd !== undefined)(
  withRealSshd("OpenSSH's programs, through a gateway to a real server"),
  () => {
    let target: TargetServer;
    let through: GatewayOn;
    beforeAll(async () => {
      target = await startTargetServer(['AcceptEnv TAKEN', 'X11Forwarding yes']);
      through = await startGatewayOn(target, { allowForwarding: [`127.0.0.1:${target.port}`, '127.0.0.1:2'] });
    });
    afterAll(async () => {
      await through.gateway.close();
      await target.stop();
    });
    beforeEach(() => {
      through.forget();
    });
    afterEach(async () => {
      await expect.poll(() => through.gateway.sessions()).toEqual([]);
    });

    const host = '127.0.0.1';
    /** In front of what would say otherwise. */
    const loud = ['-o', 'LogLevel=INFO'];
    const channels = (): object[] => through.happened('channel');
    const ended = (): string[] => through.happened('ended').map(({ reason }) => reason);
    const ssh = (command: string, more: string[] = [], input?: Buffer | string): Promise<Ended> =>
      runProgram('ssh', [...through.options, ...more, host, command], {
        input: input ?? '',
        env: { TAKEN: 'yes', NOT: 'no' },
      });
    const said = async (command: string, more?: string[]): Promise<string> =>
      (await ssh(command, more)).stdout.toString();

    test('a command has its input, its output and errors apart, and its status', async () => {
      const result = await ssh('cat; echo wrong >&2; exit 7', [], 'in');
      expect({ ...result, stdout: result.stdout.toString() }).toEqual({ status: 7, stdout: 'in', stderr: 'wrong\n' });
      const facts = {
        n: 1,
        type: 'exec',
        pty: null,
        exitStatus: 7,
        signal: null,
        bytesIn: 2,
        bytesOut: 8,
        recording: null,
      };
      await expect.poll(channels).toMatchObject([{ ...facts, command: 'cat; echo wrong >&2; exit 7' }]);
    });

    test('a signal that ends a command is told with its name', async () => {
      expect((await ssh('kill -USR1 $$')).status).toBe(255);
      await expect.poll(channels).toMatchObject([{ exitStatus: null, signal: 'SIGUSR1' }]);
    });

    test('a terminal has the type, the size and the modes that the client asks for', async () => {
      const terminal = ['-tt', '-o', 'SetEnv=TERM=vt220'];
      expect(await said('echo $TERM; test -t 0 && echo tty', terminal)).toBe('vt220\r\ntty\r\n');
      await expect.poll(channels).toMatchObject([{ pty: { term: 'vt220', columns: 0, rows: 0 } }]);
    });

    test('a variable that the target accepts reaches it, and another one does not', async () => {
      expect(await said('echo $TAKEN-$NOT', ['-o', 'SendEnv=TAKEN', '-o', 'SendEnv=NOT'])).toBe('yes-\n');
    });

    test('a command line of 30,000 bytes arrives whole', async () => {
      expect(await said(`echo ${'x'.repeat(29_995)} | wc -c`)).toBe('29996\n');
    });

    test('fifty megabytes pass in both directions at once, unchanged, while keys are exchanged again', async () => {
      const bytes = randomBytes(50_000_000);
      const { stdout } = await ssh('cat', ['-o', 'RekeyLimit=8M'], bytes);
      expect(digest(stdout)).toBe(digest(bytes));
      await expect.poll(channels).toMatchObject([{ bytesIn: bytes.length, bytesOut: bytes.length }]);
    });

    test('files are copied by sftp and by both kinds of scp', async () => {
      const file = path.join(target.folder, 'sent');
      writeFileSync(file, randomBytes(300_000));
      const back = (name: string): string => path.join(target.folder, name);
      const batch = `put ${file} a\nget a ${back('a')}\n`;
      expect((await runProgram('sftp', [...through.options, '-b', '-', host], { input: batch })).status).toBe(0);
      expect((await runProgram('scp', [...through.options, file, `${host}:b`])).status).toBe(0);
      expect((await runProgram('scp', [...through.options, '-O', `${host}:b`, back('b')])).status).toBe(0);
      for (const name of ['a', 'b']) expect(readFileSync(back(name))).toEqual(readFileSync(file));
      await expect
        .poll(() => through.happened('channel').map(({ type, command }) => [type, command]))
        .toEqual([
          ['subsystem', 'sftp'],
          ['subsystem', 'sftp'],
          ['exec', 'scp -f b'],
        ]);
    });

    test('several commands share one connection', async () => {
      const control = path.join(target.folder, 'control');
      const shared = ['-o', `ControlPath=${control}`];
      expect((await ssh('true', [...shared, '-o', 'ControlMaster=yes', '-o', 'ControlPersist=yes'])).status).toBe(0);
      const results = await Promise.all(['1', '2', '3'].map((each) => said(`echo ${each}; sleep 0.2`, shared)));
      expect(results).toEqual(['1\n', '2\n', '3\n']);
      expect((await ssh('', [...shared, '-O', 'exit'])).status).toBe(0);
      await expect.poll(ended).toEqual(['client left']);
      expect(through.happened('connected')).toHaveLength(1);
      expect(
        through
          .happened('channel')
          .map(({ n }) => n)
          .sort(),
      ).toEqual([1, 2, 3, 4]);
    });

    test('agent, X11 and remote forwarding are refused, and the command runs all the same', async () => {
      const remote = ['-A', '-X', '-R', '0:127.0.0.1:22'];
      const command = 'echo "$SSH_AUTH_SOCK$DISPLAY."';
      const result = await runProgram('ssh', [...loud, ...through.options, ...remote, host, command]);
      expect(result).toMatchObject({ status: 0, stdout: Buffer.from('.\n') });
      expect(result.stderr).toMatch(/remote port forwarding failed/);
    });

    describe('a forwarding', () => {
      const forward = (port: number): Promise<Ended> =>
        runProgram('ssh', [...loud, ...through.options, '-W', `127.0.0.1:${port}`, host]);

      test('is opened by the target when it is allowed', async () => {
        const jump = `ProxyCommand=ssh ${through.options.join(' ')} -W %h:%p ${host}`;
        const args = [
          ...plainOptions,
          '-i',
          target.keyFile,
          '-o',
          jump,
          '-p',
          String(target.port),
          'svc@127.0.0.1',
          'echo there',
        ];
        expect((await runProgram('ssh', args)).stdout.toString()).toBe('there\n');
        const facts = { n: 1, type: 'forward', command: `127.0.0.1:${target.port}`, exitStatus: null };
        await expect.poll(channels).toMatchObject([facts]);
        expect(channels()[0]).not.toHaveProperty('refused');
      });

      test.each([
        ['is refused when it is not', 1, 'administratively prohibited'],
        ['fails with the reason of a target that cannot open it', 2, 'connect failed: Connection refused'],
      ])('%s', async (_, port, reason) => {
        const { status, stderr } = await forward(port);
        expect([status, stderr]).toEqual([255, expect.stringContaining(reason)]);
        await expect.poll(channels).toMatchObject([{ type: 'forward', command: `127.0.0.1:${port}`, refused: true }]);
      });
    });

    test('a client that is killed ends what it started', async () => {
      const running = target.sshd.outside('/home/svc/running');
      const command = 'trap "rm running; exit" HUP; touch running; while :; do sleep 0.1; done';
      const client = spawn('ssh', [...through.options, '-tt', host, command], { stdio: ['pipe', 'ignore', 'ignore'] });
      await expect.poll(() => existsSync(running)).toBe(true);
      client.kill('SIGKILL');
      await expect.poll(() => existsSync(running)).toBe(false);
      await expect.poll(ended).toEqual(['client left']);
      expect(channels()).toMatchObject([{ n: 1, exitStatus: null, signal: null }]);
    });

    test('a target that dies ends the connection, without a status', async () => {
      expect((await ssh('kill -9 $PPID; sleep 60')).status).toBe(255);
      await expect.poll(ended).toEqual(['the target closed the connection']);
      expect(channels()).toMatchObject([{ n: 1, exitStatus: null, signal: null }]);
    });
  },
);
