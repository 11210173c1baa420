import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PluginHostError } from '../../../../src/errors.ts';
import { readProjectFile } from '../../../../src/sps/plugin/read-project-file.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string): unknown {
  const file = path.join(folder, 'plugin-host.yaml');
  writeFileSync(file, text);
  return readProjectFile(file);
}

test('all keys are read', () => {
  expect(
    read(
      'python: ./venv/bin/python\nproxyTimeout: 10m\nconfig: |\n  [a]\n  b=c\nenvironment: {LANG: C.UTF-8}\nsecrets: [pin]\n',
    ),
  ).toEqual({
    python: './venv/bin/python',
    proxyTimeout: '10m',
    config: '[a]\nb=c\n',
    environment: { LANG: 'C.UTF-8' },
    secrets: ['pin'],
  });
});

test('an empty file is fine', () => {
  expect(read('')).toEqual({});
});

test('all problems are told with line and column', () => {
  expect(() => read('pyton: x\nconfig: 5\nenvironment:\n  A: 1\n')).toThrowErrorMatchingInlineSnapshot(`
    [PluginHostError: plugin-host.yaml:1:1: unknown key pyton. Did you mean python?
    plugin-host.yaml:2:1: config must be string
    plugin-host.yaml:4:3: environment.A must be string]
  `);
});

test('what is no YAML is told with its place', () => {
  expect(() => read('config: [\n')).toThrow(/^plugin-host\.yaml:2:1: /);
});

test('no text makes it throw anything but its own error', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({ unit: fc.constantFrom('a', ':', ' ', '\n', '-', '[', '{', '&', '*', '"', '\t', '!') }),
      ),
      (text) => {
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(PluginHostError);
        }
      },
    ),
  );
});
