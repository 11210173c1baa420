import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ScriptReport } from '../../../src/platform.ts';
import { makeFolder, runCommand, runHost } from '../fixture.ts';

const good = '{"Id": "Good", "BackEnd": "Scriptable", "CheckSystem": {"Do": [{"Return": {"Value": true}}]}}';
const bad = `\uFEFF{"Id": "Bad", "BackEnd": "Scriptable",
  "CheckSystem": {"Do": [{"Log": {"Text": "%Uri%"}}, {"Return": {"Value": "Error"}}]}}`;

function makeScripts(files: Record<string, string | Uint8Array>): string {
  const folder = makeFolder();
  for (const [name, contents] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), contents.toString() === contents ? contents : Buffer.from(contents));
  }
  return folder;
}

describe('platform check', () => {
  test('writes problems as compilers do, the hint below, then how many there are', async () => {
    const steering = bad.replace('"Log"', '"Lo\\u001b[31mg"');
    const folder = makeScripts({ 'bad.json': steering });
    const file = path.join(folder, 'bad.json');
    const { stdout, stderr, exitCode } = await runCommand(['platform', 'check', file]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe('Emulated: this is not the appliance.\n');
    expect(stdout.replaceAll(file, 'bad.json').split('\n')).toEqual([
      'bad.json:2:27: error E08 No component found matching name Lo\\x1b[31mg',
      '  `plugin-host platform commands` lists the verbs.',
      'bad.json:2:85: warning W05 CheckSystem returns what is no boolean; the task fails',
      '  Return true or false, or Throw with the reason.',
      'refused  bad.json  1 error, 1 warning, 0 info',
      '',
    ]);
  });

  test('reports to GitHub and to code scanning', async () => {
    const file = path.join(makeScripts({ 'bad.json': bad }), 'bad.json');
    const shown = path.relative(process.cwd(), file);
    const { stdout, exitCode } = await runCommand(['platform', 'check', file, '--reporter', 'github']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      new RegExp(`^::error file=${shown},line=2::E\\d\\d  .*\n::warning file=${shown},line=2::W05  `),
    );
    const sarif = await runCommand(['platform', 'check', file, '--reporter', 'sarif']);
    expect(JSON.parse(sarif.stdout)).toMatchObject({ runs: [{ results: [{ level: 'error' }, { ruleId: 'W05' }] }] });
  });

  test('gives one document for all files', async () => {
    const folder = makeScripts({ 'good.json': good, 'bad.json': bad });
    const files = ['good.json', 'bad.json'].map((name) => path.join(folder, name));
    const { json, exitCode } = await runHost<{ ok: boolean; files: ScriptReport[] }>('platform', 'check', ...files);
    expect([json.ok, exitCode]).toEqual([false, 1]);
    expect(json.files.map(({ ok, id, problems }) => [ok, id, problems.map(({ code }) => code)])).toEqual([
      [true, 'Good', []],
      [false, 'Bad', ['E13', 'W05']],
    ]);
    expect(json.files[1]?.problems[0]).toMatchObject({
      file: files[1],
      line: 2,
      column: 43,
      path: '/CheckSystem/Do/0/Log/Text',
    });
  });

  test('takes a folder for the scripts below it', async () => {
    const folder = makeScripts({
      'a/good.json': good,
      'b/broken.json': '{"BackEnd": "Scriptable",}',
      'package.json': '{}',
      'node_modules/x.json': bad,
    });
    const { json } = await runHost<{ files: ScriptReport[] }>('platform', 'check', folder);
    expect(json.files.map(({ file }) => path.relative(folder, file ?? ''))).toEqual(['a/good.json', 'b/broken.json']);
  });

  test('takes warnings for errors with --strict', async () => {
    const folder = makeScripts({ 'warned.json': good.replace('true', '"Error"') });
    expect((await runCommand(['platform', 'check', folder])).exitCode).toBe(0);
    expect((await runCommand(['platform', 'check', folder, '--strict'])).exitCode).toBe(1);
  });

  test('tells where a file is no text', async () => {
    const folder = makeScripts({ 'latin.json': new Uint8Array([0x7b, 0x0a, 0xe9]) });
    const { json, exitCode } = await runHost<{ files: ScriptReport[] }>(
      'platform',
      'check',
      path.join(folder, 'latin.json'),
    );
    expect(exitCode).toBe(1);
    expect(json.files[0]?.problems).toMatchObject([{ code: 'E01', line: 2, column: 1 }]);
  });

  test.each([
    ['without a file', [], 'USAGE'],
    ['with a folder without scripts', ['.ci'], 'USAGE'],
    ['with a file that is not there', ['nowhere.json'], 'FILE_NOT_FOUND'],
  ])('%s is a misuse', async (_what, paths, code) => {
    const { json, exitCode } = await runHost<{ error: { code: string } }>('platform', 'check', ...paths);
    expect([exitCode, json.error.code]).toEqual([2, code]);
  });
});

describe('platform show', () => {
  test('gives what can be read, and exit code 1 for a script with an error', async () => {
    const folder = makeScripts({ 'bad.json': bad });
    const { json, exitCode, stderr } = await runHost('platform', 'show', path.join(folder, 'bad.json'));
    expect(exitCode).toBe(1);
    expect(stderr).toContain('platform check');
    expect(json).toMatchObject({ id: 'Bad', operations: [{ name: 'CheckSystem', line: 2 }], functions: [] });
    const { stdout } = await runCommand(['platform', 'show', path.join(folder, 'bad.json')]);
    expect(stdout).toContain('CheckSystem');
  });
});

describe('the tables of platform', () => {
  test('are printed whole', async () => {
    const { json: all } = await runHost<{ verb: string }[]>('platform', 'commands');
    const { json: parameters } = await runHost<unknown[]>('platform', 'parameters');
    const { json: statuses } = await runHost<unknown[]>('platform', 'statuses');
    expect([all.length, parameters.length, statuses.length]).toEqual([55, 82, 65]);
    expect(parameters[0]).toEqual({
      name: 'AccountUserName',
      type: 'String',
      group: 'core',
      source: 'managed account, name',
    });
    expect(statuses[2]).toEqual({ id: 'AssetConnectingWithAddress', parameters: ['asset', 'address'] });
    for (const name of ['commands', 'parameters', 'statuses']) {
      expect((await runCommand(['platform', name])).exitCode).toBe(0);
    }
  });

  test('tell of one verb, in any case, and name the nearest of one that there is not', async () => {
    const { json } = await runHost('platform', 'commands', 'condition');
    expect(json).toEqual([
      {
        verb: 'Condition',
        properties: [
          { name: 'If', required: true },
          { name: 'Then', required: true },
          { name: 'Else', required: false },
        ],
        emulated: true,
      },
    ]);
    const { stderr, exitCode } = await runCommand(['platform', 'commands', 'Recieve']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Did you mean Receive?')]);
  });
});
