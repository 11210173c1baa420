import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ProjectPart, readProjectFile } from '../../../src/project/read-project-file.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read<T>(text: string, part?: ProjectPart<T>): unknown {
  const file = path.join(folder, 'plugin-host.yaml');
  writeFileSync(file, text);
  return readProjectFile(file, part);
}

const asItIs: ProjectPart<unknown> = { name: 'sps', read: (keys, above) => ({ value: { keys, above }, problems: [] }) };

test('a system gets its own keys and the folder of the file', () => {
  expect(read('python: python3.12\nconfig: a\nlimits: {processes: 2}\nfaults: {rest: 500}\n', asItIs)).toMatchObject({
    part: { keys: { config: 'a', faults: { rest: 500 } }, above: folder },
  });
});

test('what is for all systems is read without any', () => {
  expect(read('python: python3.12\nenvironment: {A: b}\n')).toEqual({
    common: { python: 'python3.12', environment: { A: 'b' } },
    part: undefined,
  });
});

test('the keys of a system are its own to check', () => {
  expect(() => read('services: 5\n')).not.toThrow();
});

test('a key that no system knows is told to every one', () => {
  const message = 'plugin-host.yaml:2:1: unknown key servces. Did you mean services?';
  expect(() => read('python: a\nservces: {}\n')).toThrow(message);
  expect(() => read('python: a\nservces: {}\n', asItIs)).toThrow(message);
});

test('the problems of a system are told with those of the common part, in the order of the file', () => {
  const failing: ProjectPart<unknown> = {
    name: 'sps',
    read: () => ({ value: {}, problems: [{ keys: ['services', 'box'], message: 'services.box: no box' }] }),
  };
  expect(() => read('limits: {processes: none}\nservices:\n  box: {}\npython: 5.5.5\nenvironment: 3\n', failing))
    .toThrowErrorMatchingInlineSnapshot(`
    [PluginHostError: plugin-host.yaml:1:10: limits.processes must be integer
    plugin-host.yaml:3:3: services.box: no box
    plugin-host.yaml:5:1: environment must be object]
  `);
});

test.each(['- a', 'text', '5'])('a file that is no mapping is told so: %s', (text) => {
  expect(() => read(`${text}\n`, asItIs)).toThrow('plugin-host.yaml:1:1: the file must be object');
});
