import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, type OpenedPlugin, openPlugin } from '../../src/index.ts';
import { ask, askOnce, configure, recordOf } from './configured-fixture.ts';
import { languages, makeFolder, problemsOf, python } from './fixture.ts';

const folder = makeFolder();
const options = { stateDir: path.join(folder, 'state'), python };
const files = `files:
  /etc/spp/join.json: ${folder}/join.json
  /etc/spp/certs: ${folder}/certs/
  /data: ${folder}
`;

/** Holds the server that warm processes are forked from. */
let anchor: OpenedPlugin;

afterAll(() => anchor.close());

beforeAll(async () => {
  anchor = await openPlugin(configure('uses-appliance-files', 'python'), { ...options, processes: 'warm' });
  mkdirSync(path.join(folder, 'certs'));
  writeFileSync(path.join(folder, 'join.json'), '{"a": 1}');
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=acme', '-keyout'];
  execFileSync('openssl', [...request, `${folder}/certs/a.key`, '-out', `${folder}/certs/a.crt`], { stdio: 'ignore' });
});

describe.each(languages)('a plugin in %s', (language) => {
  const kinds = [
    { processes: 'cold', tags: language === 'python' ? ['thorough'] : [] },
    { processes: 'warm', tags: language === 'python' ? [] : ['thorough'] },
  ] as const;

  describe.each(kinds)('in a $processes process', ({ processes, tags }) => {
    test('opens local files where it opens files of the appliance', { tags: [...tags] }, async () => {
      const plugin = configure('uses-appliance-files', language, files);
      await using opened = await openPlugin(plugin, { ...options, processes });
      expect(new Set((await ask(opened, 'read', '/etc/spp/join.json')) as string[])).toEqual(new Set(['{"a": 1}']));
      expect(await ask(opened, 'read', '/etc/../etc/spp//join.json')).toContain('{"a": 1}');
      expect(await ask(opened, 'read', '/data/join.json')).toContain('{"a": 1}');
      expect(await ask(opened, 'look', '/etc/spp/certs')).toContain(true);
      for (const names of (await ask(opened, 'names', '/etc/spp/certs')) as Json[]) {
        expect(names).toEqual(['a.crt', 'a.key']);
      }
      expect(await ask(opened, 'read', '/etc/spp/joined.json')).toMatch(/^raised (FileNotFound)?Error$/);
      expect(await ask(opened, 'read', `${folder}/join.json`)).toContain('{"a": 1}');
    });

    test.each(['+1h', '-30m', '+400d'])(
      'has another time under the fault clock: %s',
      { tags: [...tags] },
      async (clock) => {
        const shift = { '+1h': 3600, '-30m': -1800, '+400d': 400 * 86_400 }[clock] ?? 0;
        const plugin = configure('uses-appliance-files', language, `faults: {clock: ${clock}}\n`);
        await using opened = await openPlugin(plugin, { ...options, processes });
        const before = Math.floor(Date.now() / 1000);
        const record = await recordOf(opened, 'clock');
        const after = Date.now() / 1000;
        expect(problemsOf(record)).toEqual(['warning FAULT_INJECTED']);
        const moments = record.cookie.after['answer'] as number[];
        for (const moment of moments.map((each) => (language === 'python' ? each : each / 1000) - shift)) {
          expect(moment).toBeGreaterThanOrEqual(before);
          expect(moment).toBeLessThanOrEqual(after);
        }
      },
    );

    test('has dates that behave as ever under that fault', { tags: [...tags] }, async () => {
      const plugin = configure('uses-appliance-files', language, 'faults: {clock: +1h}\n');
      await using opened = await openPlugin(plugin, { ...options, processes });
      expect(await ask(opened, 'dates')).toEqual(
        language === 'python'
          ? [
              ...['datetime.datetime(2020, 3, 1, 12, 0)', 'datetime.date(2020, 2, 29)'],
              ...[true, true, false, true, true, true, 'datetime'],
            ]
          : [29, true, true, Date.UTC(2020, 0), Date.length, 'Date'],
      );
    });

    test('keeps its files from call to call in folders that are there', { tags: [...tags] }, async () => {
      const plugin = configure('uses-appliance-files', language);
      await using opened = await openPlugin(plugin, { ...options, processes });
      await ask(opened, 'state', 'file', 'one ');
      expect(await ask(opened, 'state', 'file', 'two')).toEqual([
        ['0o750', 'one two'],
        ['0o750', 'one two'],
      ]);
      const other = configure('uses-appliance-files', language);
      expect(await askOnce(other, options, 'state', 'file', 'own')).toEqual([
        ['0o750', 'own'],
        ['0o750', 'own'],
      ]);
    });
  });
});

describe.each(['cold', 'warm'] as const)('a plugin in Python in a %s process', (processes) => {
  test('gives files of the appliance to OpenSSL', async () => {
    await using opened = await openPlugin(configure('uses-appliance-files', 'python', files), {
      ...options,
      processes,
    });
    expect(await ask(opened, 'trust', '/etc/spp/certs/a.crt')).toBe(1);
    expect(await ask(opened, 'chain', '/etc/spp/certs/a.crt', '/etc/spp/certs/a.key')).toBe('loaded');
  });

  test('asks the configured name service by itself too', async () => {
    const plugin = configure('uses-appliance-files', 'python', 'services: {hosts: {10.0.0.5: [db.acme.test, db]}}\n');
    await using opened = await openPlugin(plugin, { ...options, processes });
    expect(await ask(opened, 'resolve', '10.0.0.5')).toEqual(['db.acme.test', ['db'], ['10.0.0.5']]);
    expect(await ask(opened, 'resolve', '127.0.0.1')).toBe('raised herror');
  });

  test('finds no other modules because of what the appliance provides', async () => {
    const services = 'services: {userLists: {vips: {default: all}}, hosts: {10.0.0.5: db}}\n';
    const bare = configure('uses-appliance-files', 'python');
    const rich = configure('uses-appliance-files', 'python', files + services);
    await using one = await openPlugin(bare, { ...options, processes });
    await using other = await openPlugin(rich, { ...options, processes });
    expect(await ask(other, 'modules')).toEqual(await ask(one, 'modules'));
  });
});

const isSupported = (each: string): boolean =>
  execFileSync(each, ['-c', 'import sys; print(sys.version_info >= (3, 8))'], { encoding: 'utf8' }).trim() === 'True';
const pythons = (process.env['PLUGIN_HOST_PYTHONS'] ?? 'python3')
  .split(path.delimiter)
  .filter((each) => each !== '' && isSupported(each));

test.each(pythons)('%s knows files and clock of the appliance', async (each) => {
  const given = { stateDir: options.stateDir, python: each };
  const plugin = configure('uses-appliance-files', 'python', `${files}faults: {clock: +1h}\n`);
  expect(new Set((await askOnce(plugin, given, 'read', '/etc/spp/join.json')) as string[])).toEqual(
    new Set(['{"a": 1}']),
  );
  expect(await askOnce(plugin, given, 'look', '/etc/spp/certs')).toEqual([true, true, true, true, true]);
  expect((await askOnce(plugin, given, 'names', '/etc/spp/certs')) as Json[]).toContainEqual(['a.crt', 'a.key']);
  expect(await askOnce(plugin, given, 'chain', '/etc/spp/certs/a.crt', '/etc/spp/certs/a.key')).toBe('loaded');
  for (const moment of (await askOnce(plugin, given, 'clock')) as number[]) {
    expect(moment).toBeGreaterThan(Date.now() / 1000 + 1800);
  }
  expect((await askOnce(plugin, given, 'dates')) as Json[]).toContain('datetime.datetime(2020, 3, 1, 12, 0)');
  expect(readdirSync(folder)).toContain('state');
});
