import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readTextOf } from '../../../../src/documents/decode-text.ts';
import { findDocumentKind } from '../../../../src/lsp/documents/document-kind.ts';
import { findProblems } from '../../../../src/lsp/problems/find-problems.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** `code line:column`, of a text that is not what is on the disk. */
async function problemsOf(name: string, text: string, others: Record<string, string> = {}): Promise<string[]> {
  const file = path.join(folder, name);
  const kind = findDocumentKind(file, text);
  if (kind === undefined) throw new Error(`${name} is not known`);
  const textOf = (other: string): string | undefined => {
    const given = others[path.relative(folder, other)];
    if (given !== undefined) return given;
    try {
      return readTextOf(other);
    } catch {
      return undefined;
    }
  };
  const problems = await findProblems(kind, { file, text, textOf });
  return problems.map(({ code, line, column }) => `${code} ${line ?? '-'}:${column ?? '-'}`);
}

const manifest = 'name: Abc\ntype: aa\nversion: "1.0"\napi: "1.9"\ndescription: x\nentry_point: main.py\n';
writeFileSync(path.join(folder, 'MANIFEST'), manifest);
writeFileSync(path.join(folder, 'main.py'), '#!/usr/bin/env pluginwrapper3\nraise SystemExit("never run")\n');

describe('a MANIFEST', () => {
  test('is checked as the appliance reads it, with the file that it names', async () => {
    expect(await problemsOf('MANIFEST', manifest)).toEqual([]);
    expect(await problemsOf('MANIFEST', manifest.replace('Abc', '9x').replace('"1.0"', '1.10'))).toEqual([
      'NAME_FORMAT 1:-',
      'SCALAR_CHANGED 3:-',
    ]);
    expect(await problemsOf('MANIFEST', manifest.replace('main.py', 'man.py'))).toEqual(['ENTRY_POINT_MISSING 6:-']);
    expect(await problemsOf('MANIFEST', 'name: [')).toEqual(['MANIFEST_NOT_YAML 1:-']);
    expect(await problemsOf('MANIFEST', `# ${'x'.repeat(70_000)}`)).toEqual(['MANIFEST_NOT_YAML -:-']);
  });

  test('without an entry point is one for Python 2, unless plugin-host.yaml has an interpreter for it', async () => {
    const legacy = manifest.replace('entry_point: main.py\n', '');
    const levelsWith = async (settings: string): Promise<(string | false)[]> => {
      const document = { file: path.join(folder, 'MANIFEST'), text: legacy, textOf: () => settings };
      const problems = await findProblems('manifest', document);
      return problems.map(({ code, level }) => code === 'LEGACY_PYTHON' && level);
    };
    expect(await levelsWith('')).toContain('error');
    expect(await levelsWith('legacyPython: jython\n')).toContain('warning');
  });
});

test('plugin-host.yaml is checked by all systems', async () => {
  const text =
    'pyton: 3\nservices: {boxx: {}}\nplatform: {maxRun: never}\nserve: {prt: 1}\ngateway: {x: 1}\ninspector: 1\n';
  expect(await problemsOf('plugin-host.yaml', text)).toEqual([
    'HOST_CONFIG_INVALID 1:1',
    'HOST_CONFIG_INVALID 2:12',
    'HOST_CONFIG_INVALID 3:12',
    'HOST_CONFIG_INVALID 4:9',
    'HOST_CONFIG_INVALID 5:11',
    'HOST_CONFIG_INVALID 6:1',
  ]);
  expect(await problemsOf('plugin-host.yaml', '')).toEqual([]);
  expect(await problemsOf('plugin-host.yaml', '\ufeffconfig: x\n')).toEqual([]);
});

test('a test is checked with the hooks of its plugin', async () => {
  const begin = 'plugin: .\ncases:\n  - name: "😀"\n';
  expect(await problemsOf('a.plugin-test.yaml', `${begin}    hook: authenticate\n`)).toEqual([]);
  expect(await problemsOf('a.plugin-test.yaml', `${begin}    hook: get_password_list\n`)).toEqual(['HOOK_UNKNOWN 4:5']);
  expect(await problemsOf('a.plugin-test.yaml', `${begin}    steps: [{hook: autenticate}]\n`)).toEqual([
    'HOOK_UNKNOWN 4:14',
  ]);
  const store = { MANIFEST: manifest.replace('aa', 'credentialstore') };
  expect(await problemsOf('a.plugin-test.yaml', `${begin}    hook: get_password_list\n`, store)).toEqual([]);
  expect(await problemsOf('a.plugin-test.yaml', `${begin}    expcet: {}\n`)).toEqual(['TEST_INVALID 4:5']);
  expect(await problemsOf('a.plugin-test.yaml', 'plugin: .\ncases: ["😀", x: {]\n')).not.toEqual([]);
});

test('a scenario is checked', async () => {
  expect(await problemsOf('s.yaml', 'plugins: {aa: .}\nlogin: x\n')).toEqual([]);
  expect(await problemsOf('s.yaml', 'plugins: {aa: ./gone}\nlogn: x\n')).toEqual(['SCENARIO_INVALID 2:1']);
  expect(await problemsOf('s.yaml', 'plugins: {aa: ./gone}\n')).toEqual(['SCENARIO_INVALID 1:11']);
});

const script =
  '{"Id": "X", "BackEnd": "Scriptable",\n"CheckSystem": {"Parameters": [], "Do": [{"Return": {"Value": true}}]}}';

test('a platform script is checked by all rules', async () => {
  expect(await problemsOf('s.json', script)).toEqual([]);
  expect(await problemsOf('s.json', script.replace('Return', 'Retrun'))).toEqual(['L17 2:41', 'E08 2:43']);
  expect(await problemsOf('s.json', '{"Id": "X", "BackEnd": "Scriptable",')).toEqual(['E01 1:37']);
});

test('a platform test is checked with its script as it is edited', async () => {
  writeFileSync(path.join(folder, 'old.json'), script);
  const text = 'script: old.json\ncases:\n  - name: x\n    operation: CheckPassword\n';
  expect(await problemsOf('x.platform-test.yaml', text)).toEqual(['TEST_INVALID 4:5']);
  const changed = { 'old.json': script.replace('CheckSystem', 'CheckPassword') };
  expect(await problemsOf('x.platform-test.yaml', text, changed)).toEqual([]);
  expect(await problemsOf('x.platform-test.yaml', text.replace('cases', 'csaes'))).toContain('TEST_INVALID 2:1');
});

describe('a message of KVGroup', () => {
  test('is checked by the grammar', async () => {
    expect(await problemsOf('a.kvg', '"" "" = { "a" = "b" }')).toEqual([]);
    expect(await problemsOf('a.kvg', '"" "" = {\n "😀" "b" }')).toEqual(['KVG003 2:10']);
  });

  test('in a test is checked by the rules of its point', async () => {
    mkdirSync(path.join(folder, 'case'));
    const expectation = { 'case/expect.yaml': "point: '03'\n" };
    expect(await problemsOf('case/expected.kvg', '"" "" = { "retvall" = "0" }', expectation)).toContain(
      'KEY_UNKNOWN 1:11',
    );
    expect(await problemsOf('case/other.kvg', '"" "" = { "retvall" = "0" }', expectation)).toEqual([]);
    expect(await problemsOf('case/expected.kvg', '"" "" = { "retvall" = "0" }')).toEqual([]);
  });

  test('that has items is a stream of them', async () => {
    const items = '"" "" = { "a" = "b" }\n"" "" = { "a" = "b" }\n';
    expect(await problemsOf('case/items.kvg', items)).not.toEqual([]);
    expect(await problemsOf('case/items.kvg', items, { 'case/expect.yaml': 'items: items.kvg\n' })).toEqual([]);
    const sample = path.resolve(import.meta.dirname, '../../../../sample-plugins/kvgroup/tests/users-hidden');
    const others = ['input.kvg', 'items.kvg', 'expect.yaml'].map((name): [string, string] => [
      `case/${name}`,
      readTextOf(path.join(sample, name)),
    ]);
    const answers = readTextOf(path.join(sample, 'expected.kvg'));
    expect(await problemsOf('case/expected.kvg', answers, Object.fromEntries(others))).toEqual([]);
  });

  test('has an expect.yaml that is checked, which elsewhere is none of ours', async () => {
    const beside = { 'case/input.kvg': '"" "" = { }' };
    expect(await problemsOf('case/expect.yaml', 'pint: 3\n', beside)).toEqual(['EXPECT_INVALID 1:1']);
    expect(await problemsOf('case/expect.yaml', 'plugin: x\npoint: 99\n', beside)).toEqual(['POINT_UNKNOWN 2:1']);
    expect(await problemsOf('expect.yaml', 'pint: 3\n')).toEqual([]);
  });
});
