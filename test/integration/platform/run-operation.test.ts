import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import path from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openScript, type ScriptRunOptions } from '../../../src/platform/run/open-script.ts';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';

const sockets = new Set<Socket>();

async function listen(server: Server): Promise<number> {
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function run(steps: readonly object[], options: ScriptRunOptions = {}): Promise<RunResult> {
  const folder = makeTemporaryFolder();
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'script.json');
  const parameters = Object.keys(options.parameters ?? {}).map((name) => ({
    [name]: { Type: name.endsWith('Password') ? 'Secret' : name.endsWith('Port') ? 'Integer' : 'String' },
  }));
  const operation = { Parameters: parameters, Do: steps };
  writeFileSync(file, JSON.stringify({ Id: 'Test', BackEnd: 'Scriptable', CheckSystem: operation }));
  return (await openScript(file)).run('CheckSystem', options);
}

const request = (url: string): object[] => [
  { NewHttpRequest: { ObjectName: 'R' } },
  { Request: { RequestObjectName: 'R', ResponseObjectName: 'A', Verb: 'GET', Url: url } },
  { Return: { Value: '%{ A.Content == "hello" }%' } },
];

describe('HTTP', () => {
  let port = 0;
  const answer: RequestListener = ({ url }, response) => {
    if (url === '/abort') response.destroy();
    else if (url === '/never') return;
    else response.end('hello');
  };
  const server = createHttp(answer);
  beforeAll(async () => {
    port = await listen(server);
  });
  afterAll(() => server.close());

  test('a request reaches a server on this machine', async () => {
    const result = await run(request(`http://127.0.0.1:${port}/`));
    expect(result).toMatchObject({ outcome: 'success', targets: [`127.0.0.1:${port}`], error: null });
  });

  test('another name goes where --connect-to says, and the list judges that', async () => {
    const result = await run(request(`http://portal.example/`), { connectTo: [`portal.example:80:127.0.0.1:${port}`] });
    expect(result).toMatchObject({ outcome: 'success', targets: [`127.0.0.1:${port}`] });
  });

  test('loopback is loopback in any spelling', async () => {
    for (const host of ['2130706433', '0177.0.0.1', '0x7f.1', 'LOCALHOST.'])
      expect((await run(request(`http://${host}:${port}/`))).error, host).toBeNull();
  });

  test('--connect-to leads nowhere that is not allowed, and back from where nothing is', async () => {
    const away = await run(request(`http://127.0.0.1:${port}/`), { connectTo: [`127.0.0.1:${port}:192.0.2.1:80`] });
    expect(away.error?.code).toBe('TARGET_NOT_ALLOWED');
    const back = await run(request('http://192.0.2.1/'), { connectTo: [`192.0.2.1:80:127.0.0.1:${port}`] });
    expect(back.outcome).toBe('success');
  });

  test.each([
    ['what is not allowed', 'http://192.0.2.1/', 'TARGET_NOT_ALLOWED'],
    ['what is not allowed, in decimal', 'http://3221225985/', 'TARGET_NOT_ALLOWED'],
    ['what is not allowed, in octal', 'http://0300.0.02.1/', 'TARGET_NOT_ALLOWED'],
    ['what is not allowed, inside of IPv6', 'http://[::ffff:192.0.2.1]/', 'TARGET_NOT_ALLOWED'],
    ['what no address stands for', 'http://0.0.0.0/', 'TARGET_NOT_ALLOWED'],
    ['an answer that breaks off', 'abort', 'TARGET_CLOSED'],
    ['TLS where there is none', 'https', 'TARGET_UNREACHABLE'],
  ])('%s is %s', async (_, url, code) => {
    const target = url.includes('//')
      ? url
      : url === 'https'
        ? `https://127.0.0.1:${port}/`
        : `http://127.0.0.1:${port}/${url}`;
    expect((await run(request(target))).error?.code).toBe(code);
  });

  test('an answer that does not come ends with the time of the request, or of the run', async () => {
    const url = `http://127.0.0.1:${port}/never`;
    expect((await run([{ SetItem: { Name: 'Timeout', Value: 0.2 } }, ...request(url)])).error?.code).toBe(
      'TARGET_TIMEOUT',
    );
    expect((await run(request(url), { maxRunMs: 200 })).error?.code).toBe('RUN_TIMEOUT');
  });
});

describe('SSH', () => {
  let port = 0;
  const { private: hostKey } = ssh2.utils.generateKeyPairSync('ed25519');
  const server = new ssh2.Server({ hostKeys: [hostKey], ident: 'OpenSSH_9.2p1' }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      if (context.method === 'password' && context.password === 'svc-Pass1') context.accept();
      else context.reject(['password']);
    });
    client.on('session', (accept) => {
      const session = accept();
      session.on('pty', (agree) => {
        agree();
      });
      session.on('exec', (agree, _refuse, { command }) => {
        const channel = agree();
        channel.on('data', (data: Buffer) => channel.write(`in:${data.toString()}`));
        channel.on('end', () => {
          channel.write(`ran ${command}`);
          channel.stderr.write('warned');
          channel.exit(3);
          channel.end();
        });
      });
      session.on('shell', (agree) => {
        const channel = agree();
        channel.write('welcome\r\n$ ');
        channel.on('data', (data: Buffer) => {
          if (data.toString().startsWith('die')) client.end();
          else channel.write(`got ${data.toString().trim()}\r\n$ `);
        });
      });
    });
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
  });

  const connect = (more: object = {}): object => ({
    Connect: {
      ConnectionObjectName: 'Global:C',
      Type: 'Ssh',
      NetworkAddress: '127.0.0.1',
      Port: '%Port%',
      Login: 'svc',
      Password: '%FuncPassword%',
      CheckHostKey: false,
      SoftwareVersionVariableName: 'Software',
      ...more,
    },
  });
  const given = (): ScriptRunOptions => ({ parameters: { Port: port, FuncPassword: 'svc-Pass1' }, quietMs: 50 });

  test('a command has its input, both outputs and its exit status', async () => {
    const { error, value } = await run(
      [
        connect({ RequestTerminal: false }),
        {
          ExecuteCommand: {
            ConnectionObjectName: 'C',
            Command: 'id',
            Stdin: ['one'],
            BufferName: 'Out',
            StderrBufferName: 'Err',
            ExitStatusBufferName: 'Status',
          },
        },
        {
          Return: {
            Value: '%{ Out == "in:one\\nran id" && Err == "warned" && Status == 3 && Software == "OpenSSH_9.2p1" }%',
          },
        },
      ],
      given(),
    );
    expect(error).toBeNull();
    expect(value).toBe(true);
  });

  test('a dialogue waits for quiet, for a pattern, and for a time', async () => {
    const result = await run(
      [
        connect(),
        { Receive: { ConnectionObjectName: 'C', BufferName: 'First' } },
        { Send: { ConnectionObjectName: 'C', Buffer: 'hello' } },
        {
          Receive: {
            ConnectionObjectName: 'C',
            BufferName: 'Second',
            ExpectRegex: 'got (hello|$)',
            ExpectTimeout: 5000,
          },
        },
        {
          Receive: {
            ConnectionObjectName: 'C',
            BufferName: 'Third',
            ExpectRegex: 'never',
            ExpectTimeout: 50,
            TimeoutResultVariableName: 'IsLate',
          },
        },
        { Log: { Text: '%First%|%IsLate%' } },
        { Return: { Value: '%{ Second.Contains("got hello") }%' } },
      ],
      given(),
    );
    expect(result).toMatchObject({ outcome: 'success', log: [{ text: 'welcome\r\n$ |True' }] });
  });

  test('the host shows its key before anybody logs in', async () => {
    const discovered = await run(
      [
        { DiscoverSshHostKey: { HostKeyVariableName: 'Key', NetworkAddress: '127.0.0.1', Port: '%Port%' } },
        { WriteResponseObject: { Value: '%Key%' } },
        { Return: { Value: true } },
      ],
      given(),
    );
    const key = discovered.response as string;
    expect(key).toMatch(/^ssh-ed25519 AAAA/);
    const right = await run([connect({ CheckHostKey: true, HostKey: key }), { Return: { Value: true } }], given());
    expect(right.outcome).toBe('success');
    const wrong = await run([connect({ CheckHostKey: true, HostKey: key.replace(/.{6}$/, 'AAAAAA') })], given());
    expect(wrong).toMatchObject({ taskStatus: 'SshHostKeyMismatch', error: { code: 'HOST_KEY_MISMATCH' } });
    const none = await run([connect({ CheckHostKey: true })], given());
    expect(none).toMatchObject({ targets: [], error: { code: 'HOST_KEY_MISSING' } });
  });

  test.each([
    ['a wrong password', 'wrong-Pass1', [connect()], 'LOGIN_REFUSED'],
    [
      'a target that dies in the middle',
      'svc-Pass1',
      [
        connect(),
        { Send: { ConnectionObjectName: 'C', Buffer: 'die' } },
        ...[1, 2].map(() => ({ Receive: { ConnectionObjectName: 'C', BufferName: 'B', ExpectRegex: 'never' } })),
      ],
      'TARGET_CLOSED',
    ],
    [
      'a command in a terminal',
      'svc-Pass1',
      [connect(), { ExecuteCommand: { ConnectionObjectName: 'C', Command: 'id', BufferName: 'B' } }],
      'COMMAND_FAILED',
    ],
  ])('%s', async (_, password, steps, code) => {
    const { error } = await run(steps, { ...given(), parameters: { Port: port, FuncPassword: password } });
    expect(error?.code).toBe(code);
    expect(error?.message).not.toContain(password);
  });
});

test('a Telnet server is answered, and its commands are no data', async () => {
  const received: Buffer[] = [];
  const server = createTcp((socket) => {
    socket.write(Buffer.from([255, 253, 24, 255, 251, 1, 255, 253, 39]));
    socket.write('login: ');
    socket.on('data', (data: Buffer) => {
      received.push(data);
      if (data.includes('svc\r\n')) socket.write('hello\r\nrouter> ');
    });
  });
  onTestFinished(() => {
    server.close();
  });
  const port = await listen(server);
  const result = await run(
    [
      {
        Connect: {
          ConnectionObjectName: 'C',
          Type: 'Telnet',
          NetworkAddress: '127.0.0.1',
          Port: '%Port%',
          Login: 'svc',
        },
      },
      { Receive: { ConnectionObjectName: 'C', BufferName: 'A', ExpectRegex: 'login: $' } },
      { Send: { ConnectionObjectName: 'C', Buffer: 'svc' } },
      { Receive: { ConnectionObjectName: 'C', BufferName: 'B', ExpectRegex: '> $' } },
      { Return: { Value: '%{ A == "login: " && B.StartsWith("hello") }%' } },
    ],
    { parameters: { Port: port } },
  );
  expect(result).toMatchObject({ outcome: 'success', error: null });
  expect(Buffer.concat(received).subarray(0, 9)).toEqual(Buffer.from([255, 251, 24, 255, 253, 1, 255, 252, 39]));
});
