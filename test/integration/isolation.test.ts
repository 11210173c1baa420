import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CallRecord, openPlugin } from '../../src/index.ts';
import {
  alive,
  callFixture,
  fixture,
  invokeArguments,
  languages,
  makeFolder,
  python,
  startHost,
  waitUntil,
} from './fixture.ts';

const environ = process.env;
const umask = Number.parseInt(execFileSync('sh', ['-c', 'umask'], { encoding: 'utf8' }), 8);

/** Numbers of descriptors among the lines of `ls`; the last is that of `ls` itself. */
function descriptorsOf({ cookie }: CallRecord): string[] {
  return (cookie.after['child'] as string).split('\n').filter((line) => /^\d+$/.test(line));
}

function passwordsOf({ outcome }: CallRecord): string[] {
  if (outcome.kind !== 'returned') throw new Error(JSON.stringify(outcome));
  return (outcome.value as { passwords: string[] }).passwords;
}

/** A signal mask of /proc/PID/status as numbers of signals. */
function maskOf(status: unknown, name: string): number[] {
  const bits = BigInt(`0x${new RegExp(`^${name}:\\s*(\\w+)`, 'm').exec(String(status))?.[1] ?? 'none'}`);
  return Array.from({ length: 64 }, (_, index) => index + 1).filter((number) => bits & (1n << BigInt(number - 1)));
}

describe.each(languages)('a call of a %s plugin', (language) => {
  test('is a process of its own that shares no state with the one before', async () => {
    await using plugin = await openPlugin(fixture('counts-in-module', language), { python });
    const first = (await plugin.call('get_password_list')).cookie.after;
    const second = (await plugin.call('get_password_list')).cookie.after;
    expect([first['calls'], second['calls']]).toEqual([1, 1]);
    expect(first['pid']).not.toBe(second['pid']);
    expect([first['pid'], second['pid']]).not.toContain(process.pid);
    const pids = [Number(first['pid']), Number(second['pid'])];
    await waitUntil(() => alive(pids).length === 0); // the last one's memory may still be taken back
  });

  test('has an empty standard input', async () => {
    expect(passwordsOf(await callFixture('reads-stdin', {}, { language }))).toEqual(['']);
  });

  test('has an empty standard input even when the host has one', async () => {
    const { ended } = startHost([...invokeArguments('reads-stdin', { language }), '--json', '--show-secrets'], {
      command: ['sh', '-c', 'echo for the host | "$@"', 'sh'],
    });
    expect(passwordsOf(JSON.parse((await ended).stdout) as CallRecord)).toEqual(['']);
  });

  test('has both streams logged in order of arrival, whoever wrote to them', async () => {
    const { outcome } = await callFixture('writes-everywhere', {}, { language });
    const lines = [
      '1 print',
      '2 stderr',
      '3 descriptor 1',
      '4 descriptor 2',
      '5 child',
      '6 device',
      '7 half and half',
      '8 shell',
      '9 without newline',
      '',
    ];
    expect(outcome).toMatchObject({ kind: 'returned', log: lines.join('\n') });
  });

  test('may print what looks like a reply', async () => {
    const record = await callFixture('prints-a-reply', {}, { language });
    expect(passwordsOf(record)).toEqual(['real']);
    expect(record.outcome.log).toBe('returned {"passwords":["fake"]}\nexited 0\n{"passwords": ["fake"]}\n');
  });

  test("gets nothing of the user's environment but what is listed", async () => {
    const { ended } = startHost([...invokeArguments('shows-environment', { language }), '--json', '--show-secrets'], {
      env: {
        PATH: environ['PATH'],
        HOME: '/nowhere',
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        SECRET: '1',
        PYTHONPATH: '/x',
        NODE_OPTIONS: '',
        LC_ALL: 'C.UTF-8',
        TMPDIR: '/tmp',
      },
    });
    const got = passwordsOf(JSON.parse((await ended).stdout) as CallRecord).map((entry) =>
      entry.replace(/^TMPDIR=.*/, 'TMPDIR='),
    );
    expect(got.sort()).toEqual([
      'HOME=/nowhere',
      'LANG=C.UTF-8',
      `PATH=${environ['PATH'] ?? ''}`,
      'PYTHONDONTWRITEBYTECODE=1',
      'TMPDIR=',
      'TZ=UTC',
    ]);
  });

  test('gets no variable that the user does not have', async () => {
    const { ended } = startHost([...invokeArguments('shows-environment', { language }), '--json', '--show-secrets'], {
      env: { PATH: environ['PATH'] },
    });
    const names = passwordsOf(JSON.parse((await ended).stdout) as CallRecord).map((entry) => entry.split('=')[0]);
    expect(names.sort()).toEqual(['PATH', 'PYTHONDONTWRITEBYTECODE', 'TMPDIR']);
  });

  test('gets what plugin-host.yaml adds, which wins', async () => {
    const entries = passwordsOf(await callFixture('shows-own-environment', {}, { language }));
    expect(entries).toEqual(expect.arrayContaining(['COLOUR=red', 'LANG=C.UTF-8']));
    expect(entries.filter((entry) => entry.startsWith('LANG='))).toHaveLength(1);
  });

  test('runs in the folder of the plugin, which comes first in the search for modules', async () => {
    const { cookie } = await callFixture('shows-surroundings', {}, { language });
    const root = fixture('shows-surroundings', language);
    expect(cookie.after).toMatchObject({ cwd: root, path: root });
    const argv = cookie.after['argv'] as string[];
    expect(argv.slice(language === 'python' ? 0 : 1)).toEqual([
      path.join(root, language === 'python' ? 'main.py' : 'main.ts'),
    ]);
  });

  test('has the umask of the user and default dispositions of signals', async () => {
    const {
      own,
      child,
      umask: got,
      interrupt = true,
    } = (await callFixture('shows-surroundings', {}, { language })).cookie.after;
    expect(got).toBe(umask);
    expect(interrupt).toBe(true);
    // What its interpreter itself ignores.
    const { SIGPIPE, SIGXFSZ } = constants.signals;
    expect([SIGPIPE, 25]).toEqual(expect.arrayContaining(maskOf(own, 'SigIgn')));
    expect(SIGXFSZ).toBe(25);
    expect(maskOf(own, 'SigBlk')).toEqual([]);
    expect(maskOf(child, 'SigIgn')).toEqual([]);
    expect(maskOf(child, 'SigBlk')).toEqual([]);
  });

  test('hands no descriptor but the three standard ones on to its children', async () => {
    const record = await callFixture('shows-surroundings', {}, { language });
    expect(descriptorsOf(record)).toEqual(['0', '1', '2', '3']);
  });

  test('inherits none of the descriptors of the host', async () => {
    const { ended } = startHost([...invokeArguments('shows-surroundings', { language }), '--json'], {
      command: [
        python,
        '-c',
        'import os, sys; [os.dup2(0, number) for number in (9, 30, 200)]; os.execv(sys.argv[1], sys.argv[1:])',
      ],
    });
    const record = JSON.parse((await ended).stdout) as CallRecord;
    expect(descriptorsOf(record)).toEqual(['0', '1', '2', '3']);
  });

  test('leaves nothing of its temporary folder, whatever is in there', async () => {
    const folders = passwordsOf(await callFixture('leaves-temporary-files', {}, { language }));
    expect(folders[0]).toMatch(/\/plugin-host-[^/]*$/);
    expect(folders[1]).toBe(folders[0]);
    expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
    expect(existsSync('/etc')).toBe(true);
  });

  test('has a temporary folder of its own', async () => {
    const of = async (): Promise<string | undefined> =>
      passwordsOf(await callFixture('leaves-temporary-files', {}, { language }))[0];
    const [one, other] = await Promise.all([of(), of()]);
    expect(one).not.toBe(other);
  });
});

test('a Python plugin has the three standard descriptors and one for the reply', async () => {
  const descriptors = (await callFixture('shows-surroundings')).cookie.after['descriptors'] as number[];
  expect(descriptors.slice(0, 3)).toEqual([0, 1, 2]);
  expect(descriptors).toHaveLength(4);
});

test.each(['class-is-aliased', 'class-is-inherited', 'raises', 'raises-at-import'])(
  'no __pycache__ appears in the folder of %s',
  async (behaviour) => {
    await callFixture(behaviour);
    const files = readdirSync(fixture(behaviour), { recursive: true }).map(String);
    expect(files.filter((file) => file.includes('__pycache__'))).toEqual([]);
  },
);

test('a call writes nothing into the folder of the plugin nor into the current one', async () => {
  const before = readdirSync(fixture('raises')).sort();
  const cwd = makeFolder();
  const { stdout } = await startHost([...invokeArguments('raises'), '--state', makeFolder(), '--json'], { cwd }).ended;
  expect(JSON.parse(stdout)).toMatchObject({ outcome: { kind: 'raised' } });
  expect(readdirSync(fixture('raises')).sort()).toEqual(before);
  expect(readdirSync(cwd)).toEqual([]);
});
