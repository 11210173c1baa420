import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ScriptReport } from '../../../src/platform.ts';
import { type NewScript, scriptKinds } from '../../../src/platform/authoring/create-script.ts';
import { scriptPattern } from '../../../src/templates/editor-files.ts';
import { makeFolder, runCommand, runHost } from '../fixture.ts';
import { problemsIn } from '../problems-in.ts';

describe('platform init', () => {
  test.each(scriptKinds)('makes a script of kind %s that passes check --strict and its own test', async (kind) => {
    const folder = path.join(makeFolder(), 'my-first.script');
    const { json: made, exitCode } = await runHost<NewScript>('platform', 'init', folder, '--kind', kind);
    expect({ ...made, exitCode }).toMatchObject({ name: 'my-first.script', id: 'MyFirstScript', kind, exitCode: 0 });
    const script = path.join(folder, 'my-first.script.json');
    expect(made.files).toEqual([
      '.vscode/extensions.json',
      '.vscode/settings.json',
      '.vscode/tasks.json',
      'my-first.script.json',
      'my-first.script.platform-test.yaml',
    ]);
    const texts = made.files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('');
    expect(texts).not.toMatch(/New_?Script/);
    expect(texts).toContain('script: my-first.script.json\n');
    const check = await runHost<{ files: ScriptReport[] }>('platform', 'check', '--strict', script);
    expect(check.exitCode).toBe(0);
    const operations = [
      'CheckSystem',
      'CheckPassword',
      'ChangePassword',
      ...(kind === 'ssh' ? ['DiscoverSshHostKey'] : []),
    ];
    expect(check.json.files[0]).toMatchObject({ ok: true, id: 'MyFirstScript', operations });
    const tested = await runHost<{ ok: boolean; passed: number }>('platform', 'test', folder);
    expect(tested.json).toMatchObject({ ok: true, failed: 0 });
    expect(tested.json.passed).toBeGreaterThanOrEqual(2);
  });

  test('says what comes next, and how an editor knows the schema that the script must not name', async () => {
    const folder = path.join(makeFolder(), 'My Scripts', 'lab');
    const { stdout } = await runCommand(['platform', 'init', folder, '--no-editor']);
    expect(stdout).toContain(`made  Lab, ssh, in ${folder}\n`);
    expect(stdout).toContain(`plugin-host platform test '${folder}'`);
    const [, setting = ''] = /"json\.schemas": (.*)/.exec(stdout) ?? [];
    const [{ fileMatch, url }] = JSON.parse(setting) as [{ fileMatch: string[]; url: string }];
    expect(fileMatch).toEqual(['lab.json']);
    expect(JSON.parse(readFileSync(new URL(url), 'utf8'))).toHaveProperty('$schema');
  });

  test('writes the same, and tasks, for Visual Studio Code', async () => {
    const folder = path.join(makeFolder(), 'lab');
    await runCommand(['platform', 'init', folder]);
    const text = readFileSync(path.join(folder, '.vscode/settings.json'), 'utf8');
    const { 'json.schemas': schemas } = JSON.parse(text) as { 'json.schemas': { fileMatch: string[]; url: string }[] };
    expect(schemas).toEqual([{ fileMatch: ['lab.json'], url: expect.stringMatching(/^file:.*platform-script/) }]);
    const script = path.join(folder, 'lab.json');
    writeFileSync(script, readFileSync(script, 'utf8').replaceAll('"Return"', '"Retrun"'));
    const { stdout } = await runCommand(['platform', 'check', '--strict', folder]);
    expect(problemsIn(stdout, scriptPattern)).toContainEqual(
      expect.objectContaining({ file: script, severity: 'error', code: 'E08', column: expect.stringMatching(/^\d+$/) }),
    );
  });

  test('overwrites nothing', async () => {
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'mine.json'), '{}');
    const { exitCode, json } = await runHost('platform', 'init', folder);
    expect({ exitCode, json }).toMatchObject({ exitCode: 2, json: { error: { code: 'FOLDER_NOT_EMPTY' } } });
    expect(readdirSync(folder)).toEqual(['mine.json']);
  });

  test.each(['a b', '-', '…'])('refuses the name %j', async (name) => {
    const folder = makeFolder();
    const { exitCode, json } = await runHost('platform', 'init', path.join(folder, name));
    expect({ exitCode, json }).toMatchObject({ exitCode: 2, json: { error: { code: 'USAGE' } } });
    expect(readdirSync(folder)).toEqual([]);
  });
});
