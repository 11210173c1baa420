import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CheckReport } from '../../src/sps/check/check-plugin.ts';
import { fixture, makeFolder, runHost, startHost } from './fixture.ts';

const good = path.resolve(import.meta.dirname, '../../sample-plugins/otp');

interface Several {
  ok: boolean;
  packages: (CheckReport & { path: string })[];
}

test('several packages are checked at once, and one that is refused fails all', async () => {
  const bad = makeFolder();
  const { json, exitCode } = await runHost<Several>('check', good, bad, '--no-import');
  expect(exitCode).toBe(1);
  expect(json).toMatchObject({
    ok: false,
    packages: [
      { path: good, ok: true, manifest: { name: 'Sample_Otp' }, hooks: [], problems: [] },
      { path: bad, ok: false, manifest: null, problems: [{ code: 'MANIFEST_MISSING' }] },
    ],
  });
  const two = await runHost<Several>('check', good, good, '--no-import');
  expect({ exitCode: two.exitCode, ok: two.json.ok }).toEqual({ exitCode: 0, ok: true });
});

test('a warning fails the check where that is asked for', async () => {
  const folder = makeFolder();
  cpSync(good, folder, { recursive: true });
  const main = path.join(folder, 'main.py');
  writeFileSync(main, `# no line for the appliance\n${readFileSync(main, 'utf8')}`);
  const lenient = await runHost<CheckReport>('check', folder, '--no-import');
  expect(lenient).toMatchObject({ exitCode: 0, json: { ok: true, problems: [{ level: 'warning' }] } });
  const { json, exitCode } = await runHost<CheckReport>('check', folder, '--no-import', '--fail-on', 'warning');
  expect({ json, exitCode }).toEqual({ json: { ...lenient.json, ok: false }, exitCode: 1 });
});

test('annotations are all that the reporter of that name prints', async () => {
  const folder = fixture('hook-is-lacking', 'typescript');
  const { stdout, exitCode } = await startHost(['check', folder, '--reporter', 'github'], { cwd: folder }).ended;
  expect({ stdout, exitCode }).toEqual({
    stdout: expect.stringMatching(/^::error file=main\.ts::HOOK_MISSING {2}main\.ts: .*%0ARename .*\n$/),
    exitCode: 1,
  });
  expect((await startHost(['check', good, '--reporter', 'github', '--no-import']).ended).stdout).toBe('');
});

test('what the plugin was given in confidence is masked in what it raises', async () => {
  const folder = fixture('tells-its-configuration', 'typescript');
  const { stdout } = await startHost(['check', folder]).ended;
  expect(stdout).toContain('[auth]\\npassword = ***');
});
