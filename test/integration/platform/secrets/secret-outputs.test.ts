import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder, runCommand } from '../../fixture.ts';
import { findSpellings, type Known } from './find-spellings.ts';
import { leakyOperations } from './leaky-operations.ts';
import { type LeakyTargets, startLeakyTargets } from './leaky-targets.ts';
import { leakyCases, testedScript } from './leaky-tests.ts';

const secrets: Readonly<Record<string, Known>> = {
  FuncPassword: { text: `q"u\\o Kern4711'%d Grüße<&>+/=$`, core: 'Kern4711' },
  AccountPassword: { text: 'QWxhKern0815ZGRpbjpv==', core: 'Kern0815' },
  UserKey: {
    text: '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaKern5555XktdjEAAAAA\nKern6666/AAAC==\n-----END OPENSSH PRIVATE KEY-----\n',
    core: 'Kern5555',
  },
  Token: { text: '{"a%2Fb":"Kern3333\\u00e9\\n"}', core: 'Kern3333' },
};
const values = Object.fromEntries(Object.entries(secrets).map(([name, { text }]) => [name, text]));
const known = [...Object.values(secrets), { text: 'the last line of the key', core: 'Kern6666' }];

const host = path.resolve(import.meta.dirname, '../../../../bin/plugin-host.js');

let folder = '';
let targets: LeakyTargets;

beforeAll(async () => {
  folder = makeFolder();
  targets = await startLeakyTargets(values);
  writeFileSync(path.join(folder, 'params.json'), JSON.stringify({ ...values, ...targets.ports }), { mode: 0o600 });
  for (const [name, steps] of Object.entries(leakyOperations)) writeScript(name, { CheckSystem: steps });
  writeScript('tested', testedScript);
  const cases = leakyCases.map((each) => ({ parameters: values, ...each }));
  const file = { script: 'tested.json', cases };
  writeFileSync(path.join(folder, 'leaky.platform-test.yaml'), JSON.stringify(file));
});

afterAll(() => targets.close());

function writeScript(name: string, operations: Readonly<Record<string, readonly object[]>>): void {
  const parameters = [
    { Address: { Type: 'String' } },
    { Timeout: { Type: 'Integer', DefaultValue: 2 } },
    ...Object.keys(values).map((each) => ({ [each]: { Type: 'Secret' } })),
    ...Object.keys(targets.ports).map((each) => ({ [each]: { Type: 'Integer' } })),
  ];
  const blocks = Object.entries(operations).map(([each, steps]) => [each, { Parameters: parameters, Do: steps }]);
  const count = { Name: 'Count', Parameters: [{ Number: { Type: 'Integer' } }], Do: [{ Return: { Value: true } }] };
  const script = { Id: 'Leaky', BackEnd: 'Scriptable', ...Object.fromEntries(blocks), Functions: [count] };
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(script));
}

/** Everything that a command wrote. */
async function outputsOf(args: readonly string[]): Promise<Record<string, string>> {
  const files = args.filter((_, index) => /-file$|^--record$/.test(args[index - 1] ?? ''));
  const { stdout, stderr } = await runCommand(['platform', ...args]);
  const written = files.flatMap((file) =>
    existsSync(file) ? [[path.basename(file), readFileSync(file, 'utf8')]] : [],
  );
  for (const file of files) rmSync(file, { force: true });
  return { stdout, stderr, ...(Object.fromEntries(written) as Record<string, string>) };
}

function leaksOf(outputs: Readonly<Record<string, string>>): string[] {
  return Object.entries(outputs).flatMap(([output, text]) =>
    findSpellings(text, known).map((each) => `${output}: ${each}`),
  );
}

function argumentsOf(name: string): string[] {
  const file = (each: string): string => path.join(folder, each);
  return ['run', file(`${name}.json`), 'CheckSystem', '--params', file('params.json'), '--force', '--quiet', '50ms'];
}

const modes: readonly [name: string, more: (folder: string) => string[]][] = [
  ['in words', () => []],
  ['--trace', () => ['--trace']],
  ['--json', () => ['--json']],
  ['--record', (at) => ['--record', path.join(at, 'recorded.platform-test.yaml')]],
  ['--json --trace --trace-file', (at) => ['--json', '--trace', '--trace-file', path.join(at, 'trace.ndjson')]],
];
const names = Object.keys(leakyOperations);

/** What fails before it shows anything, in clear neither. */
const silent = ['expression that fails', 'index that fails', 'member that is not there', 'pattern that is none'];

describe('what a run shows', () => {
  describe.each(modes)('%s', (_mode, more) => {
    test.each(names)('has no secret: %s', async (name) => {
      expect(leaksOf(await outputsOf([...argumentsOf(name), ...more(folder)]))).toEqual([]);
    });
  });

  test.each(names.filter((name) => !silent.includes(name)))(
    'has secrets with --show-secrets, so they would be found: %s',
    async (name) => {
      const outputs = await outputsOf([...argumentsOf(name), '--json', '--trace', '--show-secrets']);
      const { parameters, ...rest } = JSON.parse(outputs['stdout'] ?? '') as Record<string, unknown>;
      expect(parameters).toMatchObject(values);
      expect(leaksOf({ rest: JSON.stringify(rest) })).not.toEqual([]);
    },
  );
});

test('a terminal shows none: neither when it is typed, nor in the line of the step that runs', async () => {
  const slow = leakyOperations['shell that never answers']?.map((step) =>
    'Receive' in step ? { Receive: { ...(step['Receive'] as object), ExpectTimeout: 500 } } : step,
  );
  writeScript('slow', { CheckSystem: slow ?? [] });
  const { text } = secrets['FuncPassword'] ?? { text: '' };
  const args = [...argumentsOf('slow'), '--secret', 'FuncPassword=prompt', '--trace'];
  const waits = JSON.stringify([['FuncPassword: ', `${text}\n`]]);
  const driver = [path.join(import.meta.dirname, '../../terminal.py'), waits, process.execPath, host, 'platform'];
  const { stdout } = await promisify(execFile)('python3', [...driver, ...args]);
  const { shown, exitCode } = JSON.parse(stdout) as { shown: string; exitCode: number };
  expect({ exitCode, leaks: leaksOf({ shown }) }).toEqual({ exitCode: 0, leaks: [] });
  expect(shown).toMatch(/Receive {2}\/CheckSystem\/Do\/2\/Receive {2}0\.\d s/);
});

describe('what a test shows', () => {
  const file = (): string => path.join(folder, 'leaky.platform-test.yaml');

  test.each(['pretty', 'tap', 'junit', 'json'])('has no secret, however it is reported: %s', async (reporter) => {
    expect(leaksOf(await outputsOf(['test', file(), '--reporter', reporter]))).toEqual([]);
  });

  test.each(leakyCases.map(({ name }) => name))('has no secret where it fails: %s', async (name) => {
    const outputs = await outputsOf(['test', file(), '--filter', name, '--json']);
    expect(leaksOf(outputs)).toEqual([]);
    expect(JSON.parse(outputs['stdout'] ?? '')).toMatchObject({ ok: false, passed: 0 });
    const shown = await outputsOf(['test', file(), '--filter', name, '--json', '--show-secrets']);
    expect(leaksOf(shown)).not.toEqual([]);
  });
});

describe('what a misuse shows', () => {
  const params = (name: string, text: string, mode = 0o600): string[] => {
    const each = path.join(folder, name);
    writeFileSync(each, text, { mode });
    return ['--params', each];
  };
  const { FuncPassword: secret = '', Token: token = '' } = values;

  test.each<[string, () => string[], string]>([
    ['a secret on the command line', () => ['--set', `FuncPassword=${secret}`], 'SECRET_ON_COMMAND_LINE'],
    ['a secret instead of a pair', () => ['--set', token.replaceAll('=', '')], 'USAGE'],
    ['a secret instead of a reference', () => ['--secret', `FuncPassword=${token}`], 'USAGE'],
    ['a secret instead of a number', () => ['--set', `HttpPort=${secret}`], 'PARAMETER_TYPE'],
    [
      'a secret instead of a number in a file',
      () => params('number.json', JSON.stringify({ HttpPort: token })),
      'PARAMETER_TYPE',
    ],
    [
      'parameters that are no YAML',
      () => params('broken.yaml', `FuncPassword: "${secret.replaceAll('"', '')}\nToken: '${token}'\n`),
      'USAGE',
    ],
    ['parameters that are no mapping', () => params('list.json', JSON.stringify([secret, token])), 'USAGE'],
    [
      'parameters twice',
      () => params('twice.json', `{"Token": ${JSON.stringify(token)}, "Token": ${JSON.stringify(secret)}}`),
      'USAGE',
    ],
    ['a file that others may read', () => params('open.json', JSON.stringify(values), 0o644), 'PARAMS_READABLE'],
    ['an option that there is not', () => ['--pasword', token], 'USAGE'],
  ])('has no secret: %s', async (_what, more, code) => {
    const outputs = await outputsOf(['run', path.join(folder, 'thrown text.json'), 'CheckSystem', ...more(), '--json']);
    expect(leaksOf(outputs)).toEqual([]);
    expect(outputs['stdout']).toContain(code);
  });
});
