import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sshSettings } from '../../../../src/gateway/algorithms/ssh-settings.ts';
import { MessageType } from '../../../../src/gateway/channels/message-type.ts';
import { PacketPort } from '../../../../src/gateway/channels/packet-port.ts';
import { writeMessage } from '../../../../src/gateway/channels/write-message.ts';
import { SessionStore } from '../../../../src/sps/store/session-store.ts';
import { makeFolder } from '../../fixture.ts';
import { type ScriptedPlugins, writePlugins } from '../scripted-plugins.ts';
import { type EchoServer, startEchoServer } from './echo-server.ts';
import { anyMessages, garbage } from './garbage.ts';
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts';
import { type Harm, type HarmingProxy, startHarmingProxy } from './harming-proxy.ts';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';
import { isWhole } from './is-whole.ts';
import { closeOf, logIn } from './log-in.ts';

const password = 'svc-Pass1';
/** Of a login; `npm run test:wire` tries every byte, which takes a quarter of an hour. */
const cutsPerDirection = isWhole ? Infinity : 8;
const changesPerDirection = isWhole ? 100 : 5;
/** Each of them has all its hooks. */
const targetCutsPerDirection = isWhole ? 300 : 8;
const atOnce = 6;
/** Of the gateway's process, in bytes, with what waits to be collected; thousands of logins leave it where a hundred do. */
const mostMemory = 512 * 1024 * 1024;

const folder = makeFolder();
const state = path.join(folder, 'state');
let plugins: ScriptedPlugins;
let target: EchoServer;
let gateway: GatewayProcess;
let heartbeat: Heartbeat;
let toGateway: HarmingProxy;
let toTarget: HarmingProxy;
let login = '';

beforeAll(async () => {
  target = await startEchoServer(password);
  toTarget = await startHarmingProxy(target.port);
  const passwords = { return: { passwords: [password] } };
  plugins = writePlugins(folder, { get_password_list: passwords }, ['aa', 'credentialstore']);
  gateway = await startGatewayProcess(plugins.plugins, ['--state', state, '--login-timeout', '3s']);
  toGateway = await startHarmingProxy(gateway.port);
  login = `svc@127.0.0.1:${target.port}`;
  heartbeat = await startHeartbeat(gateway.port, login);
});

afterAll(async () => {
  heartbeat.kill();
  await gateway.kill();
  await Promise.all([toGateway, toTarget, target].map((each) => each.close()));
});

/** Some places from 0 on, evenly. */
function placesIn(length: number, most: number): number[] {
  const step = Math.max(1, length / most);
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => Math.floor(index * step));
}

/** How many bytes a login has in either direction, on its way through a proxy. */
async function measure(proxy: HarmingProxy, port: number, name: string): Promise<HarmingProxy['passed']> {
  expect(await logIn(port, name)).toBe(true);
  return { ...proxy.passed };
}

function harmsOf(passed: HarmingProxy['passed'], hows: readonly Harm['how'][], most: number): Harm[] {
  return (['toServer', 'toClient'] as const).flatMap((direction) =>
    placesIn(passed[direction], most).map((at, index) => ({
      direction,
      at,
      how: hows[index % hows.length] ?? 'close',
    })),
  );
}

async function runAll(count: number, run: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) await run(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Does what must disturb nobody: the other session goes on, memory stays, whoever comes next can log in. */
async function survives(attack: () => Promise<void>): Promise<void> {
  const before = heartbeat.beats();
  await attack();
  await expect.poll(() => heartbeat.beats()).toBeGreaterThan(before + 2);
  expect(gateway.memory()).toBeLessThan(mostMemory);
  expect(await logIn(gateway.port, login)).toBe(true);
}

async function logInHarmed(proxy: HarmingProxy, harms: Harm[], port: number, name: string): Promise<void> {
  proxy.harms = [...harms];
  await runAll(harms.length, () => logIn(port, name));
  proxy.harms = [];
}

/** Writes something to a port and waits until the other side has closed. */
async function tell(port: number, text: Uint8Array | string, more: { isHalfClosed?: boolean } = {}): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
  socket.resume();
  if (more.isHalfClosed === true) socket.end(text);
  else socket.write(text);
  await closed;
}

/** A client whose messages the test writes, from the exchange of keys on, or once it is in. */
async function openPort(
  when: 'handshake' | 'ready',
): Promise<{ port: PacketPort; socket: Socket; closed: Promise<unknown> }> {
  const client = new ssh2.Client();
  const closed = closeOf(client);
  client
    .on('keyboard-interactive', (_name, _instructions, _language, _prompts, finish) => {
      finish([]);
    })
    .connect({
      ...sshSettings.target,
      host: '127.0.0.1',
      port: gateway.port,
      username: login,
      tryKeyboard: true,
      readyTimeout: 0,
      ...(when === 'handshake' ? { authHandler: () => undefined } : {}),
    });
  await new Promise<void>((resolve) => client.on(when as 'ready', resolve));
  return { port: new PacketPort(client), socket: (client as unknown as { _sock: Socket })._sock, closed };
}

const allTypes = Array.from({ length: 110 }, (_, index) => index);

describe('whatever comes over the wire, a gateway goes on', () => {
  test('a login that breaks off, wherever that is', { timeout: 1_800_000 }, async () => {
    await survives(async () => {
      const passed = await measure(toGateway, toGateway.port, login);
      await logInHarmed(toGateway, harmsOf(passed, ['close', 'reset'], cutsPerDirection), toGateway.port, login);
    });
  });

  test('a login of which bytes are changed, added or stay away', { timeout: 1_800_000 }, async () => {
    await survives(async () => {
      const passed = await measure(toGateway, toGateway.port, login);
      const harms = harmsOf(passed, ['flip', 'insert', 'flip', 'stall', 'flip'], changesPerDirection);
      await logInHarmed(toGateway, harms, toGateway.port, login);
    });
  });

  test(
    'a target that breaks off, changes or withholds something, wherever that is',
    { timeout: 1_800_000 },
    async () => {
      const name = `svc@127.0.0.1:${toTarget.port}`;
      await survives(async () => {
        const passed = await measure(toTarget, gateway.port, name);
        const cuts = harmsOf(passed, ['close', 'reset'], targetCutsPerDirection);
        const changes = harmsOf(passed, ['flip', 'insert'], changesPerDirection);
        await logInHarmed(toTarget, [...cuts, ...changes], gateway.port, name);
      });
    },
  );

  test('a client that sends what is no SSH', { timeout: 600_000 }, async () => {
    const parts = garbage();
    await survives(() =>
      runAll(parts.length, (at) => tell(gateway.port, parts[at] ?? '', { isHalfClosed: at % 2 === 0 })),
    );
  });

  test('a target that sends what is no SSH', { timeout: 600_000 }, async () => {
    const parts = garbage();
    let next = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.end(parts[next++] ?? '');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await survives(() => runAll(parts.length, () => logIn(gateway.port, `svc@127.0.0.1:${port}`)));
    server.close();
  });

  test.each(['handshake', 'ready'] as const)(
    'a client that sends any messages after %s',
    { timeout: 600_000 },
    async (when) => {
      const all = anyMessages(isWhole ? 5000 : 100, allTypes, 3);
      const perConnection = 10;
      await survives(() =>
        runAll(all.length / perConnection, async (at) => {
          const { port, socket, closed } = await openPort(when);
          for (const message of all.slice(at * perConnection, (at + 1) * perConnection)) port.send(message);
          socket.end();
          await closed;
        }),
      );
    },
  );

  test('floods of channels, requests and window changes', { timeout: 600_000 }, async () => {
    const { channelOpen, channelRequest, globalRequest } = MessageType;
    const count = isWhole ? 100_000 : 20_000;
    const floods = [
      (n: number) => writeMessage(channelOpen, 'session', n, 0, 0x8000),
      (n: number) => writeMessage(channelRequest, 0, 'window-change', false, n, 1, 0, 0),
      (n: number) => writeMessage(channelRequest, n, 'env', true, 'A', 'b'),
      (n: number) => writeMessage(globalRequest, `odd-${n}`, true),
      () => Buffer.of(2, 0, 0, 0, 0),
    ];
    await survives(() =>
      runAll(floods.length, async (at) => {
        const { port, socket, closed } = await openPort('ready');
        port.onMessage = () => undefined;
        for (let n = 0; n < count && !socket.destroyed; n += 1) {
          port.send(floods[at]?.(n) ?? Buffer.alloc(0));
          if (n % 1000 === 0) await new Promise(setImmediate);
        }
        socket.end();
        await closed;
      }),
    );
  });

  test('then every session has ended once, and nothing is left', async () => {
    expect(await heartbeat.stop()).toBe(0);
    const { exitCode, stderr, leftBehind } = await gateway.stop();
    expect({ exitCode, leftBehind }).toEqual({ exitCode: 0, leftBehind: [] });
    expect(stderr).not.toMatch(/unhandled|uncaught|defect|^ +at /im);
    const store = new SessionStore(state);
    const facts = store.names().map((name) => ({ name, ...store.readFacts(name) }));
    expect(facts.filter(({ ended, owner }) => ended === null || owner !== null)).toEqual([]);
    // A session has an id of its own; each of its plugins that was called is told once that it ended.
    const calls = plugins.calls();
    const began = new Set(calls.map(({ kwargs }) => kwargs['session_id']));
    expect(began.size).toBeGreaterThan(20);
    const ends = new Map<string, number>();
    for (const { hook, kwargs, plugin } of calls) {
      const key = JSON.stringify([kwargs['session_id'], plugin]);
      ends.set(key, (ends.get(key) ?? 0) + (hook === 'session_ended' ? 1 : 0));
    }
    expect([...ends].filter(([, count]) => count !== 1)).toEqual([]);
  });
});
