import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { bootTest } from '../../src/cli/sps/ahead/boot-test.ts';
import type { CallRecord } from '../../src/index.ts';
import { makeFolder, python as plainPython, runHost } from './fixture.ts';
import { makeDumpingPlugin } from './make-dumping-plugin.ts';

const python = process.env['PLUGIN_HOST_SDK_PYTHON'] ?? plainPython;

describe('invoke, whose interpreter imports what the plugin names while the host is being loaded', () => {
  const call = async (root: string, name: string, ...options: string[]): Promise<CallRecord['outcome']> => {
    const words = ['-p', root, '--set', `server_username="${name}"`, '--python', python, ...options, '--json'];
    const { json } = await runHost('invoke', 'get_password_list', ...words);
    return { ...json.outcome, durationMs: 0 };
  };

  test.each(['', 'requests', 'safeguard.sessions.plugin', 'logging'])(
    'shows the plugin what a fresh process shows when it imports "%s"',
    async (name) => {
      const root = makeDumpingPlugin();
      expect(await call(root, name)).toEqual(await call(root, name, '--cold'));
    },
  );

  test('calls a plugin whose own module has the name of one of those, in a fresh interpreter if need be', async () => {
    const root = makeDumpingPlugin();
    writeFileSync(path.join(root, 'getpass.py'), 'own = True\n');
    writeFileSync(
      path.join(root, 'main.py'),
      'import getpass, csv\nclass Plugin:\n    def get_password_list(self):\n        return {"passwords": [str(getpass.own)]}\n',
    );
    expect(await call(root, '')).toMatchObject({ kind: 'returned', value: { passwords: ['***'] } });
  });

  test('ends as a fresh process ends: threads, exit functions, files, objects', async () => {
    const root = makeDumpingPlugin();
    const file = path.join(makeFolder(), 'file');
    writeFileSync(
      path.join(root, 'main.py'),
      [
        'import atexit, threading, time',
        'class Kept:',
        '    def __del__(self):',
        '        print("deleted")',
        'kept = Kept()',
        'class Plugin:',
        '    def get_password_list(self, server_username):',
        '        self.file = open(server_username, "w")',
        '        self.file.write("not flushed")',
        '        atexit.register(print, "at exit")',
        '        threading.Thread(target=lambda: (time.sleep(0.05), print("thread ended"))).start()',
        '        return {"passwords": []}',
      ].join('\n'),
    );
    const fresh = await call(root, file, '--cold');
    expect(fresh.log).toBe('thread ended\nat exit\ndeleted\n');
    expect(await call(root, file)).toEqual(fresh);
  });
});

test('test starts its server ahead, whatever paths stand among its options', async () => {
  const server = bootTest([
    'test',
    '--reporter',
    `junit=${makeFolder()}`,
    '--seed',
    import.meta.filename,
    makeDumpingPlugin(),
  ]);
  try {
    expect(server).toBeDefined();
  } finally {
    await server?.close();
  }
});
