import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { readYaml, readYamlFile } from '../../../src/documents/read-yaml-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
const file = path.join(folder, 'file.yaml');
const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);

afterEach(() => {
  expect(warning).not.toHaveBeenCalled();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a file of settings', () => {
  test.each([
    ['? [a]\n: b', 1, 3],
    ['a: 1\nb: {? {c: 1} : d}', 2, 7],
    ['a: &list [1]\n*list : 2', 2, 1],
    ['"😀": {? [c] : d}', 1, 9],
  ])('whose key is a list or a mapping is told with its place: %j', (text, line, column) => {
    expect(readYaml(text)).toMatchObject({
      value: undefined,
      problems: [{ line, column, message: expect.stringContaining('a key must be a string') }],
    });
  });

  test('may have keys that are quoted, numbers, or links to texts', () => {
    expect(readYaml('"[a]": &text b\n1: 2\n*text : c')).toMatchObject({
      value: { '[a]': 'b', 1: 2, b: 'c' },
      problems: [],
    });
  });

  test('may begin with a byte-order mark', () => {
    writeFileSync(file, '\ufeffa: 1\n');
    expect(readYamlFile(file)).toMatchObject({ value: { a: 1 }, problems: [] });
  });

  test('that is no UTF-8 is told with the place of the byte', () => {
    writeFileSync(file, Buffer.from('a: 1\nb: "\xe4"\n', 'latin1'));
    expect(readYamlFile(file)).toMatchObject({
      value: undefined,
      problems: [{ line: 2, column: 5, message: expect.stringContaining('0xe4') }],
    });
  });
});
