import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import ssh2, { type AuthContext } from 'ssh2';
import { afterEach, describe, expect, test } from 'vitest';
import { key } from './raw-peers.ts';
import { startScripted } from './started-gateway.ts';

/** Closes what a test has opened. */
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Target {
  port: number;
  /** Methods that were tried, in order, without `none`. */
  tried: string[];
  connections: number;
}

/** A server that decides itself; its commands say nothing. */
async function startTarget(decide: (context: AuthContext, target: Target) => void): Promise<Target> {
  const target: Target = { port: 0, tried: [], connections: 0 };
  const hostKeys = [key()];
  const open = new Set<ssh2.Connection>();
  const server = new ssh2.Server({ hostKeys }, (connection) => {
    target.connections += 1;
    open.add(connection);
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => {
      if (context.method !== 'none') target.tried.push(context.method);
      decide(context, target);
    });
    connection.on('session', (accept) => {
      accept().on('exec', (acceptExec) => {
        const stream = acceptExec();
        stream.exit(0);
        stream.end();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  target.port = (server.address() as AddressInfo).port;
  closing.push(async () => {
    for (const connection of open) connection.end();
    server.close();
    await once(server, 'close');
  });
  return target;
}

const rsa = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

describe('a target', () => {
  test('that asks questions of its own has them answered by the user, never by the store', async () => {
    const target = await startTarget((context) => {
      if (context.method !== 'keyboard-interactive') {
        context.reject(['keyboard-interactive']);
        return;
      }
      context.prompt(
        [
          { prompt: 'Your bird: ', echo: true },
          { prompt: 'PIN: ', echo: false },
        ],
        (answers) => {
          if (answers.join() === 'owl,9876') context.accept();
          else context.reject(['keyboard-interactive']);
        },
      );
    });
    const login = `svc@127.0.0.1:${target.port}`;
    const started = await startScripted({ get_password_list: { return: { passwords: ['owl'] } } }, { login });
    const { exitCode, asked } = await started.ssh({ answers: ['hen', '1111', 'owl', '9876'] });
    expect({ exitCode, asked }).toEqual({ exitCode: 0, asked: ['Your bird: ', 'PIN: ', 'Your bird: ', 'PIN: '] });
    expect(target.tried).toEqual(['keyboard-interactive', 'keyboard-interactive']);
    expect(await started.session()).toMatchObject({ ended: 'closed', gateway: { credential: 'typed' } });
  });

  test('that takes a key as partial success gets the answers of the user to its questions', async () => {
    const key = rsa();
    const hashes: unknown[] = [];
    const target = await startTarget((context) => {
      if (context.method === 'publickey') {
        hashes.push(context.hashAlgo);
        if (context.signature === undefined) context.accept();
        else context.reject(['keyboard-interactive'], true);
      } else if (context.method === 'keyboard-interactive') {
        context.prompt([{ prompt: 'Code: ', echo: false }], (answers) => {
          if (answers[0] === '123') context.accept();
          else context.reject(['keyboard-interactive']);
        });
      } else context.reject(['publickey']);
    });
    const login = `svc@127.0.0.1:${target.port}`;
    const keys = {
      return: {
        private_keys: [
          ['ssh-rsa', 'no key'],
          ['ssh-rsa', key],
        ],
      },
    };
    const started = await startScripted({ get_private_key_list: keys }, { login });
    const { exitCode, asked } = await started.ssh({ answers: ['123'] });
    expect({ exitCode, asked }).toEqual({ exitCode: 0, asked: ['Code: '] });
    expect(new Set(hashes)).toEqual(new Set(['sha512']));
    await started.session();
    expect(started.told('problem')).toContainEqual(expect.objectContaining({ code: 'KEY_UNREADABLE' }));
  });

  test('that takes a key as partial success and wants a password gets those of the store', async () => {
    const target = await startTarget((context) => {
      if (context.method === 'publickey' && context.signature === undefined) context.accept();
      else if (context.method === 'publickey') context.reject(['password'], true);
      else if (context.method === 'password' && context.password === 'right-1') context.accept();
      else if (context.method === 'password') context.reject(['password']);
      else context.reject(['publickey']);
    });
    const login = `svc@127.0.0.1:${target.port}`;
    const script = {
      get_private_key_list: { return: { private_keys: [['ssh-rsa', rsa()]] } },
      get_password_list: { return: { passwords: ['wrong-1', 'right-1'] } },
    };
    const started = await startScripted(script, { login });
    expect(await started.ssh()).toMatchObject({ exitCode: 0, asked: [] });
    expect(await started.session()).toMatchObject({ gateway: { credential: 'password' } });
  });

  test('that hangs up after three attempts is connected to again for what is left', async () => {
    let attempts = 0;
    const target = await startTarget((context) => {
      if (context.method === 'password' && context.password === 'word-7') context.accept();
      else if (context.method === 'password' && ++attempts % 3 === 0) {
        // As sshd does, which has tried this one.
        (context as unknown as { _protocol: { disconnect: (reason: number) => void } })._protocol.disconnect(2);
      } else context.reject(['password']);
    });
    const login = `svc@127.0.0.1:${target.port}`;
    const passwords = [1, 1, 2, 3, 4, 5, 6, 7].map((n) => `word-${n}`);
    const started = await startScripted({ get_password_list: { return: { passwords } } }, { login });
    expect(await started.ssh()).toMatchObject({ exitCode: 0, asked: [] });
    expect(target.connections).toBeGreaterThan(1);
    expect(started.told('credential')).toHaveLength(7);
  });
});

describe('limits', () => {
  test('connections over the limit are closed after the versions, before any hook, and told', async () => {
    const started = await startScripted({}, { maxSessions: 2, types: ['aa'] });
    const sockets = [1, 2, 3].map(() => connect(started.gateway.port, '127.0.0.1'));
    const closed: number[] = [];
    for (const [at, socket] of sockets.entries()) {
      socket
        .on('error', () => undefined)
        .on('close', () => closed.push(at))
        .resume();
      await once(socket, 'connect');
      socket.write('SSH-2.0-test\r\n');
    }
    await expect.poll(() => closed).toEqual([2]);
    expect(started.told('refused')).toMatchObject([{ code: 'TOO_MANY_SESSIONS' }]);
    for (const socket of sockets) socket.destroy();
    expect(started.hooks()).toEqual([]);
  });

  test('a client that never asks for a method is closed after the login timeout, and others of its address get their turn', async () => {
    const started = await startScripted({}, { loginTimeout: '2s', login: 'root@192.0.2.1', types: ['aa'] });
    const silent = Array.from({ length: 12 }, () => connect(started.gateway.port, '127.0.0.1'));
    await Promise.all(silent.map((socket) => once(socket.on('error', () => undefined).resume(), 'connect')));
    const { exitCode } = await started.ssh();
    expect(exitCode).toBe(255);
    for (const socket of silent) socket.destroy();
  });

  test('a flood of none calls no hook and ends with the connection', async () => {
    const started = await startScripted({}, { types: ['aa'] });
    const client = new ssh2.Client();
    let tries = 0;
    client
      .on('error', () => undefined)
      .connect({
        host: '127.0.0.1',
        port: started.gateway.port,
        username: 'root@127.0.0.1',
        authHandler: (_left, _partial, next) => {
          tries += 1;
          next({ type: 'none', username: 'root@127.0.0.1' });
        },
      });
    await once(client, 'close');
    expect(tries).toBeLessThan(40);
    expect(started.hooks()).toEqual([]);
  });
});
