import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type CallRecord, type OpenedPlugin, openPlugin } from '../../src/index.ts';
import { preloadModules } from '../../src/sps/invocation/preload-modules.ts';
import {
  alive,
  configure,
  fixture,
  type Language,
  languages,
  makeFolder,
  python as plainPython,
  toldBy,
  waitForFile,
  waitUntil,
} from './fixture.ts';
import { untilTimeIsUp } from './held-clock.ts';
import { makeDumpingPlugin } from './make-dumping-plugin.ts';

const python = process.env['PLUGIN_HOST_SDK_PYTHON'] ?? plainPython;

/** A few for every run, and the others. */
function takeSome<T>(all: readonly T[]): [T[], T[]] {
  return [all.filter((_, index) => index % 10 === 0), all.filter((_, index) => index % 10 !== 0)];
}

/** An empty plugin that holds the fork server while the others of this file come and go. */
let anchor: OpenedPlugin;

beforeAll(async () => {
  anchor = await openPlugin(fixture('draws-lots'), { python, processes: 'warm' });
});

afterAll(() => anchor.close());

describe('a call in a forked process', () => {
  let cold: OpenedPlugin;
  let warm: OpenedPlugin;

  beforeAll(async () => {
    const dumping = makeDumpingPlugin();
    cold = await openPlugin(dumping, { python, processes: 'cold' });
    warm = await openPlugin(dumping, { python, processes: 'warm' });
  });

  afterAll(async () => {
    await cold.close();
    await warm.close();
  });

  const plain = (record: CallRecord) =>
    JSON.parse(JSON.stringify(record.outcome).replace(/"durationMs":\d+,/, '')) as unknown;

  const compareImport = async (name: string): Promise<void> => {
    const kwargs = { server_username: name };
    const fresh = await cold.call('get_password_list', kwargs);
    expect(plain(await warm.call('get_password_list', kwargs))).toEqual(plain(fresh));
  };
  const [some, others] = takeSome(['', ...preloadModules]);

  test.each(some)('sees what a fresh process sees when it imports "%s"', compareImport);

  test.each(others)('sees what a fresh process sees when it imports "%s"', { tags: ['thorough'] }, compareImport);

  test('draws lots of its own', async () => {
    const calls = await Promise.all([1, 2, 3].map(() => anchor.call('get_password_list')));
    const drawn = calls.map(({ cookie }) => cookie.after['drawn'] as string[]);
    const all = drawn.flat();
    expect(all).toHaveLength(3 * 6);
    expect(new Set(all).size).toBe(all.length);
  });

  test('waits for threads, runs what was registered for the exit, flushes files and deletes objects', async () => {
    const file = path.join(makeFolder(), 'file');
    const call = async (processes: 'cold' | 'warm') => {
      await using plugin = await openPlugin(fixture('ends-untidily'), { python, processes });
      const { outcome, problems } = await plugin.call('get_password_list', { server_username: file });
      return { log: outcome.log, problems, written: readFileSync(file, 'utf8') };
    };
    const fresh = await call('cold');
    expect(fresh).toEqual({
      log: 'thread ended\nat exit\ndeleted\n',
      problems: [],
      written: 'not flushed by the plugin',
    });
    expect(await call('warm')).toEqual(fresh);
  });
});

/** A plugin in a folder of its own, with modules of its own and others on PYTHONPATH. */
function makePlugin(main: string, own: Record<string, string>, installed: Record<string, string>) {
  const root = makeFolder();
  const packages = path.join(root, 'packages');
  mkdirSync(packages);
  writeFileSync(path.join(root, 'MANIFEST'), readFileSync(path.join(fixture('hangs'), 'MANIFEST')));
  writeFileSync(path.join(root, 'plugin-host.yaml'), `environment: {PYTHONPATH: ${packages}}\n`);
  writeFileSync(path.join(root, 'main.py'), `#!/usr/bin/env pluginwrapper3\n${main}`);
  for (const [name, text] of Object.entries(own)) writeFileSync(path.join(root, name), text);
  const install = (files: Record<string, string>): void => {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(packages, name), text);
  };
  install(installed);
  return { root, packages, install };
}

const tellsPid = 'import os\npid = os.getpid()\n';

describe('what is preloaded', () => {
  const main = `
import os, getpass, csv
class Plugin:
    def get_password_list(self):
        print(getpass.pid == os.getpid(), csv.pid == os.getpid(), getpass.__file__.endswith("packages/getpass.py"))
        return {"passwords": [str(getpass.pid)]}
`;
  // csv stands on getpass here, so that the plugin's own getpass takes it out too.
  const installed = { 'getpass.py': tellsPid, 'csv.py': `import getpass\n${tellsPid}` };

  test('was imported by another process, and not by the one that calls the hook', async () => {
    const { root } = makePlugin(main, {}, installed);
    await using plugin = await openPlugin(root, { python, processes: 'warm' });
    const { outcome } = await plugin.call('get_password_list');
    expect(outcome.log).toBe('False False True\n');
  });

  test("gives way to a module of the plugin's own, with what is built on it", async () => {
    const { root } = makePlugin(main, { 'getpass.py': tellsPid }, installed);
    await using plugin = await openPlugin(root, { python, processes: 'warm' });
    const { outcome } = await plugin.call('get_password_list');
    expect(outcome.log).toBe('True True False\n');
  });

  test('is imported anew when something is installed', async () => {
    const { root, packages, install } = makePlugin(main, {}, installed);
    await using plugin = await openPlugin(root, { python, processes: 'warm' });
    await plugin.call('get_password_list');
    install({ 'new-name.txt': '', 'getpass.py': 'pid = "another"\n' });
    expect(readdirSync(packages)).toContain('getpass.py');
    expect(await plugin.call('get_password_list')).toMatchObject({ outcome: { value: { passwords: ['another'] } } });
  });

  test('is imported anew soon after it is edited, whatever its folder shows of that', async () => {
    const { root, packages, install } = makePlugin(main, {}, installed);
    await using plugin = await openPlugin(root, { python, processes: 'warm' });
    await plugin.call('get_password_list');
    const { mtimeMs } = statSync(packages);
    install({ 'getpass.py': 'pid = "edited"\n' });
    expect(statSync(packages).mtimeMs).toBe(mtimeMs);
    await vi.waitUntil(
      async () => JSON.stringify((await plugin.call('get_password_list')).outcome).includes('edited'),
      { interval: 5, timeout: 60_000 },
    );
  });
});

test('a process has the memory ready that the one before came to need', async () => {
  const main = `
import resource
count = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_minflt
before = count()
import email.message, http.client, logging
class Plugin:
    def get_password_list(self):
        return {"cookie": {"pageFaults": count() - before}, "passwords": []}
`;
  const { root } = makePlugin(main, {}, {});
  await using plugin = await openPlugin(root, { python, processes: 'warm' });
  const pageFaults: number[] = [];
  // What a process has ready, it made so while it waited; on a busy machine some come too early.
  await vi.waitUntil(
    async () => {
      const { cookie } = await plugin.call('get_password_list');
      pageFaults.push(Number(cookie.after['pageFaults']));
      return Math.min(...pageFaults) < Math.max(...pageFaults) / 3;
    },
    { interval: 5, timeout: 60_000 },
  );
});

/** Fixtures whose record is the same at every call. */
const behaviours = (language: Language): string[] =>
  readdirSync(path.dirname(path.dirname(fixture('hangs'))))
    .filter((name) => readdirSync(path.dirname(fixture(name))).includes(language))
    .filter((name) => readdirSync(fixture(name, language)).includes('MANIFEST'))
    .filter(
      (name) =>
        !/^(dumps-its|draws|ends-unt|kills-its|asks-services|uses-appliance|leaves-thread|legacy|shows-surroundings|reports-and|forks-and|leaves-what|stays-after|stops-its|connects-to|nests-)/.test(
          name,
        ),
    );

const isEndless = (behaviour: string): boolean => /hang|ignores|sigterm/.test(behaviour);

/** Without what differs from call to call. */
function normalise(record: CallRecord): string {
  return JSON.stringify(record, undefined, 1)
    .replace(/"durationMs": \d+/g, '"durationMs": 0')
    .replace(/plugin-host-\d[-\w]*(\/\d+)?/g, 'TEMPORARY')
    .replace(/0x[0-9a-f]+/g, '0x0')
    .replace(/ *"waitsFor": \[[^\]]*\],\n/, '') // on a busy machine Node may not say it in time
    .replace(/ended by the host: [\w, ]+/, 'ended by the host') // a child may be seen before it becomes what it runs
    .replace(/\d{3,}(\.\d+)?/g, 'NUMBER');
}

describe.each(languages)('a %s plugin', (language) => {
  const call = async (folder: string, processes: 'cold' | 'warm'): Promise<string> => {
    await using plugin = await openPlugin(folder, { python, processes });
    const hook = plugin.type === 'aa' ? 'authenticate' : 'get_password_list';
    return await plugin.call(hook).then(normalise, (error: unknown) => String(error));
  };
  /** What never ends is over its time once it is where it hangs. */
  const callUntilThere = async (behaviour: string, processes: 'cold' | 'warm'): Promise<string> => {
    const here = path.join(makeFolder(), 'here');
    const folder = configure(behaviour, language, toldBy(here));
    const { result } = await untilTimeIsUp(
      () => call(folder, processes),
      () => waitForFile(here),
      { isAlone: true, isForced: behaviour === 'ignores-sigterm' },
    );
    // What is killed after the grace may have had no time to say a word.
    return result.replace(/ph-test-\w+/g, 'FOLDER').replace('asked to end\\n', '');
  };
  const [some, others] = takeSome(behaviours(language).filter((behaviour) => !isEndless(behaviour)));

  const compare = async (behaviour: string): Promise<void> => {
    const folder = fixture(behaviour, language);
    expect(await call(folder, 'warm')).toEqual(await call(folder, 'cold'));
  };

  test.each(some)('that %s does the same in a warm process', compare);

  test.each(others)('that %s does the same in a warm process', { tags: ['thorough'] }, compare);

  test.each(behaviours(language).filter(isEndless))(
    'that %s does the same in a warm process',
    { tags: ['thorough'] },
    async (behaviour) => {
      expect(await callUntilThere(behaviour, 'warm')).toEqual(await callUntilThere(behaviour, 'cold'));
    },
  );
});

test('a signal that comes late from one call is not taken for one of the next', async () => {
  await using plugin = await openPlugin(fixture('leaves-signalling-child'), { python, processes: 'warm' });
  for (const server_username of ['leaves', '', '', '', '', '', '']) {
    const { outcome } = await plugin.call('get_password_list', { server_username });
    expect(outcome).toMatchObject({ kind: 'returned', log: 'said\n' });
  }
});

test('the temporary folder is as new in every call, whatever the one before did to it', async () => {
  const main = `
import os, tempfile
class Plugin:
    def get_password_list(self, server_username):
        folder = tempfile.gettempdir()
        print(oct(os.lstat(folder).st_mode), os.listdir(folder))
        if server_username == "file": open(os.path.join(folder, "left"), "w").close()
        if server_username == "mode": os.chmod(folder, 0o755)
        if server_username == "gone": os.rmdir(folder)
        if server_username == "link": os.rmdir(folder); os.symlink(os.getcwd(), folder)
        return {"cookie": {"folder": folder}, "passwords": []}
`;
  const { root } = makePlugin(main, {}, {});
  await using plugin = await openPlugin(root, { python, processes: 'warm' });
  const folders: unknown[] = [];
  // Until a folder has served twice; on a busy machine a call may come before the process that it could have had.
  do {
    for (const server_username of ['', 'file', 'mode', 'gone', 'link', '', 'file', 'mode', 'gone', 'link', '']) {
      const { outcome, cookie } = await plugin.call('get_password_list', { server_username });
      expect(outcome).toMatchObject({ kind: 'returned', log: '0o40700 []\n' });
      folders.push(cookie.after['folder']);
    }
  } while (new Set(folders).size === folders.length);
  expect(readdirSync(root)).toContain('main.py');
});

test('nothing of a plugin is left when it is closed', async () => {
  const plugin = await openPlugin(fixture('draws-lots'), { python, processes: 'warm' });
  const { cookie } = await plugin.call('get_password_list');
  await plugin.close();
  // It has ended; the system may still be taking its memory back.
  await waitUntil(() => alive([Number((cookie.after['drawn'] as string[])[4])]).length === 0);
});
