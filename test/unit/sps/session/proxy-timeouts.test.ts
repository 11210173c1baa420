import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readProjectFile } from '../../../../src/project/read-project-file.ts';
import { readScenario } from '../../../../src/sps/simulation/read-scenario.ts';
import { spsPart } from '../../../../src/sps/surroundings/read-sps-settings.ts';
import { readTestFile } from '../../../../src/sps/testing/read-test-file.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  mkdirSync(path.join(folder, 'plugin'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function problemOf(name: string, text: string, read: (file: string) => unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  try {
    const { problems = [] } = read(file) as { problems?: { line: number; message: string }[] };
    return problems.map(({ line, message }) => `${name}:${line}: ${message}`).join('\n');
  } catch (error) {
    return (error as Error).message;
  }
}

function readSpsProject(file: string): unknown {
  return readProjectFile(file, spsPart);
}

const places = [
  ['plugin-host.yaml', (timeout: string) => `secrets: []\nproxyTimeout: ${timeout}\n`, readSpsProject, 2],
  ['a.yaml', (timeout: string) => `plugins:\n  aa:\n    path: plugin\n    proxyTimeout: ${timeout}\n`, readScenario, 4],
  [
    'a.plugin-test.yaml',
    (timeout: string) => `plugin: plugin\ncases: [{name: a, hook: authenticate}]\nproxyTimeout: ${timeout}\n`,
    readTestFile,
    3,
  ],
  [
    'b.plugin-test.yaml',
    (timeout: string) => `plugin: plugin\ncases:\n- {name: a, hook: authenticate, proxyTimeout: ${timeout}}\n`,
    readTestFile,
    3,
  ],
] as const;

test.each(
  places.flatMap((place) => ['0s', '0', '0.0ms', '0.4ms', '60000h'].map((timeout) => [...place, timeout] as const)),
)('in %s a proxy timeout that cannot be kept is refused with its line: %s', (...[name, text, read, line, timeout]) => {
  const expected = new RegExp(
    `^${name}:${line}(:\\d+)?: (?:case 1, )?\\S*proxyTimeout: ${Number(timeout) === 0 ? '0' : timeout} is no duration from 1 ms to 24 days$`,
  );
  expect(problemOf(name, text(timeout), read)).toMatch(expected);
});

test.each(places)('in %s others are taken', (name, text, read) => {
  for (const timeout of ['1ms', '600s', '10m', '30'])
    expect(problemOf(name, text(timeout), read)).not.toContain('proxyTimeout');
});
