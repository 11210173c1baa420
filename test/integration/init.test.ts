import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin, openSession } from '../../src/index.ts';
import { pluginTemplates } from '../../src/sps/authoring/init/plugin-templates.ts';
import type { CallRecord } from '../../src/sps/call/call-record.ts';
import type { CheckReport } from '../../src/sps/check/check-plugin.ts';
import { sdkPython, withSdk } from './configured-fixture.ts';
import { checkPattern, failurePattern, invalidPattern } from '../../src/templates/editor-files.ts';
import { makeFolder, python, runHost, startHost } from './fixture.ts';
import { problemsIn } from './problems-in.ts';

interface Made {
  name: string;
  files: string[];
}

const templates = pluginTemplates.map((template) => ({
  ...template,
  kind: `${template.type}, ${template.language}${template.sdk ? ', SDK' : ''}`,
  interpreter: template.sdk ? (sdkPython ?? '') : python,
}));

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .flatMap((each) => (each.isFile() ? path.relative(folder, path.join(each.parentPath, each.name)) : []))
    .sort();
}

describe.each(templates)('a new plugin ($kind)', ({ type, language, sdk, interpreter }) => {
  const isPossible = !sdk || sdkPython !== undefined;

  test.runIf(isPossible)(withSdk('passes check --strict without a warning and has all it needs'), async () => {
    const folder = path.join(makeFolder(), 'my-plugin');
    const made = await runHost<Made>('init', type, folder, '--language', language, ...(sdk ? ['--sdk'] : []));
    expect(made).toMatchObject({ exitCode: 0, json: { name: 'my_plugin', type, language, sdk } });
    expect(filesOf(folder)).toEqual(made.json.files);
    expect(made.json.files).toEqual(
      expect.arrayContaining([
        '.vscode/launch.json',
        '.vscode/settings.json',
        '.vscode/tasks.json',
        'MANIFEST',
        'README.md',
        'default.cfg',
        'plugin-host.yaml',
        expect.stringMatching(/plugin-test\.yaml$/),
      ]),
    );
    expect(made.json.files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('')).not.toContain(
      'New_Plugin',
    );
    const check = await runHost<CheckReport>('check', '--strict', folder, '--python', interpreter);
    expect(check.json).toMatchObject({ ok: true, problems: [], manifest: { name: 'my_plugin' } });
  });

  test.runIf(isPossible)(
    withSdk('goes through a session without a problem and without a secret in its log'),
    async () => {
      const folder = makeFolder();
      const source = path.resolve(import.meta.dirname, `../../templates/${type}-${language}${sdk ? '-sdk' : ''}`);
      cpSync(source, folder, { recursive: true });
      await using plugin = await openPlugin(folder, { python: interpreter, processes: 'cold' });
      await using session = await openSession({ [type]: plugin, connection: 'ssh' });
      const calls: CallRecord[] =
        type === 'aa'
          ? [
              await session.call('authenticate'),
              await session.call('authenticate', { key_value_pairs: { otp: '000000' } }),
              await session.call('authenticate', { key_value_pairs: { otp: '123456' } }),
              await session.call('authorize'),
            ]
          : [
              await session.call('get_private_key_list'),
              await session.call('get_password_list', { server_username: 'root' }),
              await session.call('authentication_completed'),
            ];
      calls.push(await session.call('session_ended'));
      expect(calls.flatMap(({ problems }) => problems)).toEqual([]);
      expect(calls.map(({ outcome }) => outcome.kind)).toEqual(calls.map(() => 'returned'));
      if (type === 'aa') {
        expect(calls.map(({ verdict }) => verdict)).toEqual(['NEEDINFO', 'NEEDINFO', 'ACCEPT', 'ACCEPT', null]);
        expect(calls[0]?.outcome).toMatchObject({ value: { question: ['otp', 'One-time password: ', true] } });
      } else {
        expect(calls[1]?.outcome).toMatchObject({ value: { passwords: ['correct horse'] } });
        expect(calls.at(-1)?.outcome.log).toContain('checked in the password of root at 5.6.7.8');
      }
      expect(calls.map(({ outcome }) => outcome.log).join('')).not.toMatch(/123456|000000|correct horse/);
    },
  );
});

describe('init', () => {
  test('overwrites nothing: a folder that is not empty is refused', async () => {
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'MANIFEST'), 'mine');
    const { exitCode, json } = await runHost<unknown>('init', 'aa', folder, '--name', 'Fine');
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({ error: { code: 'FOLDER_NOT_EMPTY', message: expect.stringContaining('MANIFEST') } });
    expect(readdirSync(folder)).toEqual(['MANIFEST']);
    expect(readFileSync(path.join(folder, 'MANIFEST'), 'utf8')).toBe('mine');
  });

  test('writes schemas, tasks and a debugger for Visual Studio Code, which are not packed, or leaves them out', async () => {
    const folder = path.join(makeFolder(), 'fine');
    const without = path.join(makeFolder(), 'fine');
    await runHost('init', 'aa', folder);
    await runHost('init', 'aa', without, '--no-editor');
    expect(readdirSync(without)).toEqual(readdirSync(folder).filter((name) => name !== '.vscode'));
    const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, '.vscode', name), 'utf8'));
    const { 'yaml.schemas': schemas } = read('settings.json') as { 'yaml.schemas': Record<string, unknown> };
    expect(Object.values(schemas)).toContain('plugin-host.yaml');
    for (const url of Object.keys(schemas))
      expect(JSON.parse(readFileSync(new URL(url), 'utf8'))).toHaveProperty('$schema');
    expect(read('launch.json')).toMatchObject({ configurations: [{ type: 'debugpy', request: 'attach' }, {}] });
    const { exitCode } = await startHost(['pack', '-o', 'fine.zip', '--no-import'], { cwd: folder }).ended;
    const { exitCode: other } = await startHost(['pack', '-o', 'fine.zip', '--no-import'], { cwd: without }).ended;
    expect([exitCode, other]).toEqual([0, 0]);
    expect(readFileSync(path.join(folder, 'fine.zip'))).toEqual(readFileSync(path.join(without, 'fine.zip')));
  });

  test('writes tasks whose problems an editor finds in what the commands print', async () => {
    const folder = path.join(makeFolder(), 'fine');
    await runHost('init', 'aa', folder);
    const manifest = path.join(folder, 'MANIFEST');
    const tests = path.join(folder, 'otp.plugin-test.yaml');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('fine', '9'));
    const checked = await startHost(['check', '--strict', '--no-import'], { cwd: folder }).ended;
    expect(problemsIn(checked.stdout, checkPattern)).toEqual([
      expect.objectContaining({ severity: 'error', code: 'NAME_FORMAT', file: 'MANIFEST', line: '1' }),
    ]);
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('9', 'fine'));
    const text = readFileSync(tests, 'utf8');
    writeFileSync(tests, text.replaceAll('verdict: ACCEPT', 'verdict: DENY'));
    const failed = await startHost(['test', '--python', python], { cwd: folder }).ended;
    expect(problemsIn(failed.stdout, failurePattern)).toContainEqual(
      expect.objectContaining({ file: 'otp.plugin-test.yaml', line: expect.stringMatching(/^\d+$/) }),
    );
    writeFileSync(tests, text.replace('cases:', 'csaes:').replace('plugin:', 'plguin:'));
    const invalid = await startHost(['test'], { cwd: folder }).ended;
    expect(problemsIn(invalid.stderr, invalidPattern).map(({ file, line }) => [file, line])).toContainEqual([
      'otp.plugin-test.yaml',
      '1',
    ]);
  });

  test('takes a file for no folder', async () => {
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'file'), '');
    const { exitCode, json } = await runHost<unknown>('init', 'aa', path.join(folder, 'file'));
    expect({ exitCode, json }).toMatchObject({ exitCode: 2, json: { error: { code: 'FOLDER_NOT_EMPTY' } } });
  });

  test.each([
    [['aa'], 'init needs a type and a folder'],
    [['a', 'x'], 'there is no template for plugins of type "a"'],
    [['signingca', 'x'], 'type "signingca"'],
    [['aa', 'x1', '--language', 'ruby'], 'language "ruby"'],
    [['aa', 'x1', '--language', 'typescript', '--sdk'], '--sdk'],
    [['aa', '9'], 'does not give a valid name'],
    [['aa', 'x1', '--name', 'my plugin'], '--name: a name is a letter'],
    [['aa', 'x1', 'more'], 'one type and one folder'],
  ])('refuses %j and says why', async (words, what) => {
    const cwd = makeFolder();
    const { exitCode, stdout, stderr } = await startHost(['init', ...words], { cwd }).ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(what);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('takes the type as an option too, and prints what it made and what comes next', async () => {
    const cwd = makeFolder();
    const { exitCode, stdout } = await startHost(['init', '--type', 'credentialstore', 'My Vault'], { cwd }).ended;
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "made  My_Vault, credentialstore, Python, in My Vault
        .vscode/
        MANIFEST
        README.md
        default.cfg
        main.py
        plugin-host.yaml
        vault.plugin-test.yaml
        note: the name in MANIFEST has letters, digits and underscores only

      next
        cd 'My Vault' && plugin-host check --strict
        plugin-host test
      "
    `);
  });
});
