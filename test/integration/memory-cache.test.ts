import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, type OpenedPlugin, openPlugin } from '../../src/index.ts';
import { ask, askOnce, configure, recordOf, sdkPython, withSdk } from './configured-fixture.ts';
import { type Language, languages, makeFolder, python, runCommand, waitUntil } from './fixture.ts';
import { hasRedis, startRedis } from './redis-server.ts';

const services = path.resolve(import.meta.dirname, '../../src/sps/services');
const writers = path.resolve(import.meta.dirname, '../fixtures/memory-cache');
const password = 'p@ss:word/1';

if (!hasRedis) process.stderr.write('the memory cache on a Redis server: SKIPPED: there is no redis-server\n');

/** A store of its own for each test. */
interface Store {
  options: { stateDir: string; python: string };
  projectFile: string;
  settings: Json;
}

const stores: [name: string, isThere: boolean, make: () => Store][] = [
  ['embedded', true, () => embedded()],
  ['on a Redis server', hasRedis, () => onServer()],
  ['where the state is, on a Redis server', hasRedis, () => withState()],
];
let redis: Awaited<ReturnType<typeof startRedis>> | undefined;
let databases = 0;

beforeAll(async () => {
  if (hasRedis) redis = await startRedis(makeFolder(), password);
});

afterAll(async () => {
  await redis?.stop();
});

function embedded(capacityBytes = 64 * 1024 * 1024): Store {
  const stateDir = path.join(makeFolder(), 'state');
  return {
    options: { stateDir, python: sdkPython ?? python },
    projectFile: '',
    settings: { file: path.join(stateDir, 'memory-cache.db'), capacityBytes },
  };
}

function onServer(): Store {
  const port = redis?.port ?? 0;
  const database = ++databases;
  const url = `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  return {
    options: { stateDir: path.join(makeFolder(), 'state'), python: sdkPython ?? python },
    projectFile: `services: {memoryCache: "${url}"}\n`,
    settings: { host: '127.0.0.1', port, database, username: '', password, isEncrypted: false, keyPrefix: '' },
  };
}

function withState(): Store {
  const port = redis?.port ?? 0;
  const database = ++databases;
  const address = { host: '127.0.0.1', port, database, username: '', password };
  return {
    options: {
      stateDir: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
      python: sdkPython ?? python,
    },
    projectFile: '',
    settings: { ...address, isEncrypted: false, keyPrefix: 'plugin-host:cache:' },
  };
}

/** Python's needs the SDK. */
const known: Language[] = sdkPython === undefined ? ['typescript'] : languages;
if (sdkPython === undefined) withSdk('the memory cache of Python plugins');

describe.each(stores)('the memory cache %s', (_name, isThere, make) => {
  describe.skipIf(!isThere)('is one', () => {
    test('for the calls of a plugin, whose prefix keeps its keys apart', async () => {
      const store = make();
      const plugin = configure('asks-services', 'typescript', store.projectFile);
      const value = { text: 'ü', list: [1, null] };
      expect(await askOnce(plugin, store.options, 'cache', 'one', 0, ['key'], ['key', value])).toEqual([null, null]);
      expect(await askOnce(plugin, store.options, 'cache', 'one', 0, ['key'])).toEqual([value]);
      expect(await askOnce(plugin, store.options, 'cache', 'two', 0, ['key'])).toEqual([null]);
      expect(await askOnce(plugin, store.options, 'cache', '', 0, ['one:key'])).toEqual([value]);
    });

    test('for plugins and languages', async () => {
      const store = make();
      const plugins = known.map((language) => configure('asks-services', language, store.projectFile));
      for (const [index, writer] of plugins.entries()) {
        await askOnce(writer, store.options, 'cache', 'p', 0, ['key', `by ${index}`], ['Ä key', index]);
        for (const reader of plugins) {
          expect(await askOnce(reader, store.options, 'cache', 'p', 0, ['key'], ['Ä key'])).toEqual([
            `by ${index}`,
            index,
          ]);
        }
      }
    });

    test('for host processes', async () => {
      const store = make();
      const plugin = configure('asks-services', 'typescript', store.projectFile);
      await askOnce(plugin, store.options, 'cache', 'p', 0, ['key', 'from the library']);
      const cookie = JSON.stringify({ ask: ['cache', 'p', 0, ['key'], ['other', 'from the command line']] });
      const run = await runCommand([
        ...['invoke', 'get_password_list', '-p', plugin, '--state', store.options.stateDir],
        ...['--cookie', cookie, '--json'],
      ]);
      expect(JSON.parse(run.stdout)).toMatchObject({ cookie: { after: { answer: ['from the library', null] } } });
      expect(await askOnce(plugin, store.options, 'cache', 'p', 0, ['other'])).toEqual(['from the command line']);
    });

    const writeAtOnce = async (count: number): Promise<void> => {
      const store = make();
      const folder = makeFolder();
      const gate = path.join(folder, 'gate');
      const names = Array.from({ length: count }, (_, index) => `writer-${index}`);
      const ended = names.map((name, index) => {
        const [command, program] = index % 2 === 0 ? [python, 'writer.py'] : [process.execPath, 'writer.mjs'];
        const given = [path.join(writers, program), services, JSON.stringify(store.settings), gate, name, '10'];
        const child = spawn(command, given, { stdio: ['ignore', 'pipe', 'pipe'] });
        let stderr = '';
        child.stderr.on('data', (text) => (stderr += String(text)));
        return {
          isReady: once(child.stdout, 'data'),
          code: once(child, 'close').then(([code]) => ({ code: code as unknown, stderr })),
        };
      });
      await Promise.all(ended.map(({ isReady }) => isReady));
      writeFileSync(gate, '');
      expect(await Promise.all(ended.map(({ code }) => code))).toEqual(names.map(() => ({ code: 0, stderr: '' })));

      const { openCache } = (await import(path.join(services, 'memory-cache.mjs'))) as {
        openCache: (settings: Json) => { get: (key: string) => Uint8Array | Promise<Uint8Array | null> | null };
      };
      const cache = openCache(store.settings);
      for (const name of names) {
        for (let index = 0; index < 10; index++) {
          expect(String(Buffer.from((await cache.get(`${name}:${index}`)) ?? []))).toBe(name.repeat(100));
        }
      }
      expect(names).toContain(String(Buffer.from((await cache.get('shared')) ?? [])));
    };

    test('for 10 processes of both languages that write at once, and no write is lost', () => writeAtOnce(10));

    test('for 50 processes of both languages that write at once, and no write is lost', { tags: ['thorough'] }, () =>
      writeAtOnce(50),
    );
  });
});

describe.each(known)('the embedded memory cache of a plugin in %s', (language) => {
  const clocked = (store: Store, clock: string): string =>
    configure('asks-services', language, `${store.projectFile}faults: {clock: ${clock}}\n`);

  test('keeps a value for its time to live, by its own or by that of the cache', async () => {
    const store = embedded();
    const plugin = configure('asks-services', language);
    const question: Json[] = ['cache', 'p', 1000, ['short'], ['long'], ['endless'], ['endless too']];
    await askOnce(plugin, store.options, 'cache', 'p', 1000, ['short', 1], ['long', 2, 10_000], ['endless', 3, 0]);
    await askOnce(plugin, store.options, 'cache', 'p', -1, ['endless too', 4]);
    expect(await askOnce(plugin, store.options, ...question)).toEqual([1, 2, 3, 4]);
    // Under the fault the process has the time of then.
    expect(await askOnce(clocked(store, '+500s'), store.options, ...question)).toEqual([1, 2, 3, 4]);
    expect(await askOnce(clocked(store, '+2000s'), store.options, ...question)).toEqual([null, 2, 3, 4]);
    expect(await askOnce(clocked(store, '+20h'), store.options, ...question)).toEqual([null, null, 3, 4]);
  });

  test('is made when it is first used, and only its owner reads it', async () => {
    const store = embedded();
    const plugin = configure('asks-services', language);
    await askOnce(plugin, store.options, 'user_list', 'none', 'x');
    const file = path.join(store.options.stateDir, 'memory-cache.db');
    expect(existsSync(file)).toBe(false);
    await askOnce(plugin, store.options, 'cache', 'p', 0, ['key', 1]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('starts anew when its file is damaged', async () => {
    const store = embedded();
    const plugin = configure('asks-services', language);
    await askOnce(plugin, store.options, 'cache', 'p', 0, ['key', 1]);
    writeFileSync(path.join(store.options.stateDir, 'memory-cache.db'), 'no database at all'.repeat(1000));
    expect(await askOnce(plugin, store.options, 'cache', 'p', 0, ['key'], ['key', 2], ['key'])).toEqual([
      null,
      null,
      2,
    ]);
  });

  test('that is away or slow is met as such', async () => {
    const store = embedded();
    const away = configure('asks-services', language, 'faults: {memoryCache: away}\n');
    expect(await askOnce(away, store.options, 'cache', 'p', 0, ['key'])).toBe('raised ConnectionError');
    const slow = configure('asks-services', language, 'faults: {memoryCache: {slow: 400ms}}\n');
    await using plugin: OpenedPlugin = await openPlugin(slow, { processes: 'cold', ...store.options });
    const { outcome } = await recordOf(plugin, 'cache', 'p', 0, ['key', 1]);
    expect(outcome).toMatchObject({ kind: 'returned' });
    expect(outcome.durationMs).toBeGreaterThanOrEqual(400);
    expect(await ask(plugin, 'cache', 'p', 0, ['key'])).toEqual([1]);
  });

  test('of a server that is not there fails', async () => {
    const store = embedded();
    const lost = configure('asks-services', language, 'services: {memoryCache: "redis://127.0.0.1:1"}\n');
    expect(await askOnce(lost, store.options, 'cache', 'p', 0, ['key'])).toMatch(/^raised (ConnectionRefused)?Error$/);
  });
});

test.each(['memory-cache.mjs', 'memory-cache.py'])(
  '%s evicts the least frequently used when it is full',
  async (name) => {
    const store = embedded(10_000);
    const run = name.endsWith('.py') ? [python, 'evicting.py'] : [process.execPath, 'evicting.mjs'];
    const [command = '', program = ''] = run;
    const child = spawn(command, [path.join(writers, program), services, JSON.stringify(store.settings)]);
    let stdout = '';
    child.stdout.on('data', (text) => (stdout += String(text)));
    child.stderr.on('data', (text) => (stdout += String(text)));
    await once(child, 'close');
    expect(stdout.trim().split('\n')).toEqual([
      'kept often used-again newest',
      'kept often used-again newest', // what is larger than the cache costs nobody else
    ]);
  },
);

test('a killed writer leaves no half change', async () => {
  const store = embedded();
  const folder = makeFolder();
  const gate = path.join(folder, 'gate');
  writeFileSync(gate, '');
  const settings = JSON.stringify(store.settings);
  for (let round = 0; round < 5; round++) {
    const child = spawn(python, [
      path.join(writers, 'writer.py'),
      services,
      settings,
      gate,
      `round-${round}`,
      '100000',
    ]);
    await once(child.stdout, 'data');
    await waitUntil(() => existsSync(path.join(store.options.stateDir, 'memory-cache.db')));
    child.kill('SIGKILL');
    await once(child, 'close');
    const plugin = configure('asks-services', 'typescript');
    expect(await askOnce(plugin, store.options, 'cache', '', 0, ['key', round], ['key'])).toEqual([null, round]);
  }
  expect(readdirSync(store.options.stateDir)).not.toContain('memory-cache.db-journal');
});
