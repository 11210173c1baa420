import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTestFiles } from '../../../../src/sps/testing/find-test-files.ts';

const scenario = 'plugins:\n  aa: plugin\nexpect:\n  ended: denied\n';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What is found and what is told to be skipped, for files with these contents. */
function find(files: Record<string, string | Buffer>): {
  found: Record<string, string>;
  skipped: Record<string, string>;
} {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  const skipped: Record<string, string> = {};
  const all = findTestFiles(['.'], folder, (file, why) => {
    skipped[file] = why;
  });
  return { found: Object.fromEntries(all.map(({ file, kind }) => [file, kind])), skipped };
}

describe('a search for tests', () => {
  test('finds scenarios however they are written: with a byte-order mark, as JSON, in quotes, in one line', () => {
    const found = {
      'a.plugin-test.yaml': 'tests',
      'b.scenario.yaml': 'scenario',
      'c.scenario.yaml': 'scenario',
      'd.scenario.yaml': 'scenario',
      'scenarios/e.yaml': 'scenario',
    };
    expect(
      find({
        'a.plugin-test.yaml': '\ufeffplugin: .\ncases: []\n',
        'b.scenario.yaml': `\ufeff${scenario}`,
        'c.scenario.yaml': '{\n  "expect": {"ended": "denied"},\n  "plugins": {"aa": "plugin"}\n}\n',
        'd.scenario.yaml': '"plugins": {aa: plugin}\n\'expect\': {ended: denied}\n',
        'scenarios/e.yaml': `\ufeff---\n${scenario}`,
      }),
    ).toEqual({ found, skipped: {} });
  });

  test('takes what cannot be read as what it looks like, so that it fails', () => {
    const { found, skipped } = find({
      'latin.scenario.yaml': Buffer.from(`# \xe4\n${scenario}`, 'latin1'),
      'wide.scenario.yaml': Buffer.from(`\ufeff${scenario}`, 'utf16le'),
      'broken.scenario.yaml': `${scenario}  - [\n`,
    });
    expect(Object.keys(found).sort()).toEqual(['broken.scenario.yaml', 'latin.scenario.yaml', 'wide.scenario.yaml']);
    expect(skipped).toEqual({});
  });

  test('tells what looks like a test and is none', () => {
    symlinkSync('nowhere', path.join(folder, 'gone.plugin-test.yaml'));
    const { found, skipped } = find({
      'a.plugin-test.yaml': 'plugin: .\ncases: []\n',
      'expects-nothing.scenario.yaml': 'plugins: {aa: plugin}\n',
      'misspelt.scenario.yaml': 'plugin: {aa: plugin}\nexpect: {}\n',
      'scenarios/expects-nothing.yaml': 'plugins: {aa: plugin}\n',
      'b.plugin-tests.yaml': 'plugin: .\ncases: []\n',
      'b.plugin_test.yml': 'plugin: .\ncases: []\n',
      'C.Plugin-Test.YAML': 'plugin: .\ncases: []\n',
      'scenario.yaml': scenario,
      'd.scenario.json': JSON.stringify({ plugins: {}, expect: {} }),
    });
    expect(Object.keys(found)).toEqual(['a.plugin-test.yaml']);
    const byName = 'tests are called NAME.plugin-test.yaml, scenarios NAME.scenario.yaml';
    const expectsNothing = 'a scenario that expects nothing tests nothing; add `expect:`';
    expect(skipped).toEqual({
      'gone.plugin-test.yaml': 'there is no such file',
      'expects-nothing.scenario.yaml': expectsNothing,
      'misspelt.scenario.yaml': 'it has no `plugins:`, so it is not a scenario',
      'scenarios/expects-nothing.yaml': expectsNothing,
      'b.plugin-tests.yaml': byName,
      'b.plugin_test.yml': byName,
      'C.Plugin-Test.YAML': byName,
      'scenario.yaml': byName,
      'd.scenario.json': byName,
    });
  });

  test('says nothing of files of others', () => {
    const { skipped } = find({
      'a.plugin-test.yaml': 'plugin: .\ncases: []\n',
      'scenarios/load.yaml': 'executor: constant\n',
      'scenario.json': '{"steps": []}',
      'values.yaml': scenario,
    });
    expect(skipped).toEqual({});
  });
});
