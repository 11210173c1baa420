import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../../src/kvgroup/running/run-result.ts';
import { makeFolder, python, runCommand, runHost, startHost } from '../fixture.ts';
import { connectInspector } from '../inspector-client.ts';

async function makePlugin(): Promise<string> {
  const folder = path.join(makeFolder(), 'my-ids');
  const made = await runHost<{ name: string; files: string[] }>('init', 'kvgroup', folder);
  expect(made).toMatchObject({ exitCode: 0, json: { name: 'my_ids', type: 'kvgroup', language: 'python' } });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file));
  expect(made.json.files).toEqual(files.sort());
  return folder;
}

describe('a new plugin of Bravura', () => {
  test('passes its own tests, and its messages are right; no command needs its point', async () => {
    const folder = await makePlugin();
    expect(readFileSync(path.join(folder, 'README.md'), 'utf8')).not.toContain('New_Plugin');
    const ran = await runHost<RunResult>('kvgroup', 'run', path.join(folder, 'my_ids.py'), '--python', python);
    expect(ran).toMatchObject({ exitCode: 0, json: { point: '03', class: 'ok', problems: [] } });
    expect(await runHost('kvgroup', 'test', folder, '--python', python)).toMatchObject({
      exitCode: 0,
      json: { passed: 2, failed: 0 },
    });
    for (const [file, direction] of [
      ['input.kvg', 'input'],
      ['expected.kvg', 'output'],
    ] as const) {
      const checked = await runHost(
        'kvgroup',
        'check',
        path.join(folder, 'tests/free', file),
        '--host-config',
        path.join(folder, 'plugin-host.yaml'),
      );
      expect(checked.json).toMatchObject({ ok: true, point: '03', direction, problems: [] });
    }
  });

  test('has no other language, and no SDK', async () => {
    const { exitCode, json } = await runHost('init', 'kvgroup', path.join(makeFolder(), 'x'), '--sdk');
    expect({ exitCode, json }).toMatchObject({ exitCode: 2, json: { error: { code: 'USAGE' } } });
  });

  test('without its point in plugin-host.yaml asks for it', async () => {
    const folder = await makePlugin();
    rmSync(path.join(folder, 'plugin-host.yaml'));
    const { json } = await runHost('kvgroup', 'run', path.join(folder, 'my_ids.py'));
    expect(json).toMatchObject({ error: { code: 'USAGE', hint: expect.stringContaining('--point 03') } });
  });
});

test('a file whose name does not say its direction needs --direction', async () => {
  const file = path.join(makeFolder(), 'message.kvg');
  writeFileSync(file, '"" "" = { "retval" = "0" }');
  const { json } = await runHost('kvgroup', 'check', file, '--point', '03');
  expect(json).toMatchObject({ error: { code: 'USAGE', hint: expect.stringContaining('--direction') } });
});

test('run --debug lets a debugger attach before the first line, without a deadline', async () => {
  const file = path.join(makeFolder(), 'plugin.mjs');
  writeFileSync(file, `const answer = '"" "" = { "retval" = "0" "errmsg" = "" "try" = "a" }';\nconsole.log(answer);\n`);
  const node = `.mjs=${process.execPath}`;
  const host = startHost([
    'kvgroup',
    'run',
    file,
    '--point',
    '03',
    '--interpreter',
    node,
    '--debug=0',
    '--timeout',
    '1ms',
    '--json',
  ]);
  await host.said('Ctrl-C ends the run\n');
  const said = host.stderr();
  const launch = JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)) as Parameters<
    typeof connectInspector
  >[0];
  const client = await connectInspector(launch);
  await client.run();
  expect((await client.stopped())[0]).toEqual({ file, line: 1 });
  await client.leave();
  const { exitCode, stdout } = await host.ended;
  expect({ exitCode, result: JSON.parse(stdout) as RunResult }).toMatchObject({
    exitCode: 0,
    result: { class: 'ok', stderr: '', problems: [] },
  });
});

test('run --debug of a Python without debugpy says how to get it', async () => {
  const folder = makeFolder();
  cpSync(path.resolve(import.meta.dirname, '../../../sample-plugins/kvgroup'), folder, { recursive: true });
  const environment = path.join(folder, 'python3');
  writeFileSync(environment, `#!/bin/sh\nexec '${python}' -S "$@"\n`, { mode: 0o755 });
  const { exitCode, stderr } = await runCommand([
    'kvgroup',
    'run',
    path.join(folder, 'profile_id.py'),
    '--point',
    '03',
    '--debug=0',
    '--python',
    environment,
  ]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('DEBUGGER_MISSING');
  expect(stderr).toContain('-m pip install debugpy');
});
