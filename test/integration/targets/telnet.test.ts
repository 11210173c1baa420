import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { startTarget } from '../../../src/targets/running/start-target.ts';
import type { Target } from '../../../src/targets/running/target.ts';

/** Connects, and waits for what the server shows. */
function dial(target: Target): { socket: Socket; until: (text: string) => Promise<string> } {
  const socket = connect(target.loopbackPort, '127.0.0.1');
  let shown = '';
  socket.on('data', (chunk: Buffer) => (shown += chunk.toString('latin1')));
  return {
    socket,
    until: async (text) => {
      await expect.poll(() => shown, { timeout: 30_000, interval: 5 }).toContain(text);
      const got = shown;
      shown = '';
      return got;
    },
  };
}

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) =>
    socket.on('close', () => {
      resolve();
    }),
  );

const router = {
  telnet: {
    login: [
      { prompt: 'Username: ', expect: 'admin' },
      {
        prompt: 'Password: ',
        expect: '${Password}',
        hidden: true,
        else: [{ send: '% Login invalid\n' }, { disconnect: true }],
      },
    ],
    prompt: 'Router>',
    commands: [{ command: 'show version', output: 'IOS 15.2' }],
  },
};

test('a client logs in, is answered and leaves', async () => {
  await using target = await startTarget(router, { values: { Password: 's3cret' } });
  const { socket, until } = dial(target);
  const greeting = '\xff\xfb\x03\xff\xfb\x01\xff\xfd\x18';
  expect(await until('Username: ')).toBe(`${greeting}Username: `);
  socket.write('\xff\xfd\x01\xff\xfd\x03\xff\xfc\x18admin\r\n', 'latin1');
  await until('Password: ');
  socket.write('s3cret\r\n');
  expect(await until('Router>')).toBe('\r\nRouter>');
  socket.write('show version\r\0');
  expect(await until('Router>')).toBe('show version\r\nIOS 15.2\r\nRouter>');
  const gone = closed(socket);
  socket.write('exit\r\n');
  await gone;
  expect(target.commands).toEqual([
    { input: 'admin' },
    { input: 's3cret' },
    { command: 'show version', exit: 0 },
    { command: 'exit', exit: 0 },
  ]);
});

test('a wrong password ends the connection', async () => {
  await using target = await startTarget(router, { values: { Password: 's3cret' } });
  const { socket, until } = dial(target);
  const gone = closed(socket);
  socket.write('admin\r\nwrong\r\n');
  expect(await until('invalid')).toContain('Password: \r\n% Login invalid\r\n');
  await gone;
  expect(target.unmatched).toEqual([]);
});

test('a client that echoes by itself gets no echo', async () => {
  await using target = await startTarget({ telnet: { commands: [{ command: 'a', output: 'b' }] } });
  const { socket, until } = dial(target);
  await until('$ ');
  socket.write('\xff\xfe\x01a\r\n', 'latin1');
  expect(await until('b\r\n$ ')).toBe('\xff\xfc\x01b\r\n$ ');
  socket.destroy();
});

test('a host that refuses is not there', async () => {
  await using target = await startTarget({ telnet: { refuse: true } });
  const failed = new Promise<NodeJS.ErrnoException>((resolve) =>
    connect(target.loopbackPort, '127.0.0.1').on('error', resolve),
  );
  expect((await failed).code).toBe('ECONNREFUSED');
});

test('a client is let go when the target closes, and the greeting may take its time', async () => {
  const target = await startTarget({ telnet: { delay: '10m' } });
  const { socket } = dial(target);
  await new Promise((resolve) => socket.on('connect', resolve));
  await Promise.all([closed(socket), target.close()]);
});
