import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type HostRun, runCommand } from '../integration/fixture.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const bin = path.join(checkout, 'bin/plugin-host.js');
const samples = path.join(checkout, 'sample-plugins');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(checkout);
  rmSync(folder, { recursive: true });
});

async function host(...args: string[]): Promise<HostRun> {
  return runCommand([...args, '--state', path.join(folder, 'state')]);
}

/** Writes a file of tests of the vault sample. */
function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text.replaceAll('SAMPLES', samples));
  return file;
}

interface Report {
  ok: boolean;
  passed: number;
  failed: number;
  suites: { file: string; cases: { name: string; passed: boolean; failure?: Failure }[] }[];
}

interface Failure {
  message: string;
  detail: string;
  line: number;
}

describe('plugin-host test', () => {
  test('finds the tests and scenarios below a folder, in all their forms, and passes', async () => {
    write(
      'found/a.plugin-test.yaml',
      readFileSync(path.join(samples, 'otp/otp.plugin-test.yaml'), 'utf8').replace('plugin: .', 'plugin: SAMPLES/otp'),
    );
    write(
      'found/scenarios/login.yaml',
      'plugins: {aa: SAMPLES/otp}\nconnection: ssh-gateway\nanswers: {otp: "123456"}\nexpect: {ended: closed, gatewayUser: gatewayuser}\n',
    );
    write('found/scenarios/none.yaml', 'plugins: {aa: SAMPLES/otp}\n');
    write('found/node_modules/x.plugin-test.yaml', 'broken');
    write('found/env/pyvenv.cfg', '');
    write('found/env/x.plugin-test.yaml', 'broken');
    const run = await host('test', 'found', '--json');
    const report = JSON.parse(run.stdout) as Report;
    expect(report.suites.map(({ file, cases }) => [file, cases.length])).toEqual([
      ['found/a.plugin-test.yaml', 3],
      ['found/scenarios/login.yaml', 1],
    ]);
    expect({ ...report, suites: [] }).toMatchObject({ ok: true, passed: 4, failed: 0 });
    expect(run.exitCode).toBe(0);
  });

  describe('of what fails', () => {
    let run: HostRun;
    let failures: Failure[];

    beforeAll(async () => {
      write(
        'fails.plugin-test.yaml',
        [
          'plugin: SAMPLES/vault', // 1
          'connection: {base: ssh-gateway, server_username: root}',
          'cases:',
          '  - name: wrong password',
          '    hook: get_password_list', // 5
          '    expect:',
          '      cookie: {checkouts: []}',
          '      value:',
          '        passwords: [hunter-2-Secret]',
          '  - name: wrong step', // 10
          '    config: |',
          '      [vault]',
          "      file = it's not there",
          '    steps:',
          '      - {hook: session_ended}', // 15
          '      - hook: get_password_list',
          '      - hook: session_ended',
          '  - {name: no such hook, hook: get_pasword_list}',
        ].join('\n'),
      );
      run = await host('test', 'fails.plugin-test.yaml', '--json');
      failures = (JSON.parse(run.stdout) as Report).suites.flatMap(({ cases }) =>
        cases.flatMap((each) => each.failure ?? []),
      );
    });

    test('the exit code is 1', () => {
      expect(run.exitCode).toBe(1);
      expect(failures).toHaveLength(3);
    });

    test('each place is told with the line of the expectation, secrets masked', () => {
      expect(failures[0]).toMatchObject({ message: 'value.passwords.0: expected "***", got "***"', line: 9 });
      expect(failures[0]?.detail).toContain('line 7: cookie.checkouts: expected [], got [[');
      expect(run.stdout).not.toContain('hunter-2-Secret');
      expect(run.stdout).not.toContain('demo-Copper');
    });

    test('the log and the step are told', () => {
      expect(failures[0]?.detail).toContain('checked out the password of root');
      expect(failures[1]).toMatchObject({
        message: 'step 2, get_password_list: outcome: expected "returned", got "raised"',
        line: 16,
      });
      expect(failures[1]?.detail).toContain('FileNotFoundError');
    });

    test('a hook that there is not is told with the nearest', () => {
      expect(failures[2]).toMatchObject({
        message: expect.stringContaining('HOOK_UNKNOWN'),
        detail: 'Did you mean get_password_list?',
        line: 18,
      });
    });

    test('the command that is shown repeats the step alone', async () => {
      const [, command = ''] = /^repeat\n {2}(.+)$/m.exec(failures[1]?.detail ?? '') ?? [];
      const script = `plugin-host() { '${process.execPath}' '${bin}' "$@"; }; ${command} --json`;
      const { stdout } = await execa('bash', ['-c', script], { cwd: folder, reject: false });
      expect(JSON.parse(stdout)).toMatchObject({
        hook: 'get_password_list',
        kwargs: { server_username: 'root' },
        outcome: { exception: 'FileNotFoundError' },
      });
    });
  });

  test('tells all that is wrong with all files at once, and runs nothing', async () => {
    write(
      'bad/one.plugin-test.yaml',
      'plugin: SAMPLES/vault\ncases:\n  - name: a\n    hook: get_password_list\n    expect: {log: {contain: x}, outcome: returnd}\n  - {name: b}\n',
    );
    write('bad/two.plugin-test.yaml', 'plugin: ../nowhere\ncases: [{name: a, hook: x}]\n');
    const run = await host('test', 'bad', '--json');
    const { error } = JSON.parse(run.stdout) as {
      error: { code: string; problems: { file: string; line: number; message: string }[] };
    };
    expect(error.code).toBe('TEST_INVALID');
    expect(error.problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      expect.stringMatching(/^bad\/one\.plugin-test\.yaml:5 .*unknown matcher contain; did you mean contains\?/),
      expect.stringMatching(/^bad\/one\.plugin-test\.yaml:5 .*did you mean returned\?/),
      expect.stringMatching(/^bad\/one\.plugin-test\.yaml:6 .*needs a hook/),
      expect.stringMatching(/^bad\/two\.plugin-test\.yaml:1 .*does not exist/),
    ]);
    expect(run.exitCode).toBe(1);
  });

  test('a file that is not valid is a case that fails, and the other files are run', async () => {
    write('mixed/a.plugin-test.yaml', 'plugin: SAMPLES/vault\ncases: [{name: good, hook: get_password_list}]\n');
    write('mixed/z.plugin-test.yaml', 'plugin: SAMPLES/vault\ncases:\n  - name: bad\n    hok: x\n');
    const [run, list] = await Promise.all([
      host('test', 'mixed', '--filter', 'good', '--reporter', 'github', '--reporter', 'tap=mixed.tap'),
      host('test', 'mixed', '--list'),
    ]);
    expect(run.stdout).toContain(
      '::error file=mixed/z.plugin-test.yaml,line=4,title=the file is valid::TEST_INVALID: mixed/z.plugin-test.yaml:4:5: case 1: unknown key hok.',
    );
    expect(readFileSync('mixed.tap', 'utf8')).toMatch(
      /^1\.\.2\n.*ok 1 - .* > good .*\n[^]*^not ok 2 - .* > the file is valid /m,
    );
    expect(list.stdout.trimEnd().split('\n')).toEqual([
      'mixed/a.plugin-test.yaml:2  good',
      'mixed/z.plugin-test.yaml:4  the file is valid',
    ]);
    expect(list.stderr).toContain('unknown key hok. Did you mean hook?');
    expect([run.exitCode, list.exitCode]).toEqual([1, 1]);
    const alone = await host('test', 'mixed/z.plugin-test.yaml', '--reporter', 'github');
    expect(alone.stdout).toMatch(/^::error file=mixed\/z/);
  });

  test('takes the cases of a filter or of a shard, and reports as CI servers read it', async () => {
    const file = path.join(samples, 'otp/otp.plugin-test.yaml');
    const [filtered, shard] = await Promise.all([
      host('test', file, '--filter', 'LOGIN NAME', '--reporter', 'tap'),
      host('test', file, '--shard', '3/3', '--reporter', 'junit', '--jobs', '1'),
    ]);
    expect(filtered.stdout.split('\n').slice(1, 3)).toEqual([
      '1..1',
      expect.stringMatching(/^ok 1 - .*login name # time=\d+ms$/),
    ]);
    expect(shard.stdout).toMatch(/<testsuites name="plugin-host" tests="1" failures="0"/);
  });

  test.each([
    [['--reporter', 'tapp'], 'tapp is not a reporter'],
    [['--shard', '4/3'], '"4/3" is not a shard'],
    [['--jobs', '0'], '"0" is not a number of calls'],
    [['--filter', 'zzz', path.join(samples, 'vault')], 'no case has "zzz" in its name'],
    [['nowhere'], 'nowhere: no such file or folder'],
    [['empty'], 'no tests in /'],
  ])('refuses %j as a mistake of the caller', async (args, message) => {
    mkdirSync(path.join(folder, 'empty'), { recursive: true });
    const { exitCode, stderr } = await host('test', ...args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});

test('the schema that editors use is published', () => {
  const schema = JSON.parse(readFileSync(path.join(checkout, 'dist/plugin-test.schema.json'), 'utf8')) as {
    required: string[];
  };
  expect(schema.required).toEqual(['cases']);
  expect(
    Object.keys(parse(readFileSync(path.join(samples, 'vault/vault.plugin-test.yaml'), 'utf8')) as object),
  ).toContain('cases');
});

describe('--update', () => {
  const tests = `# not touched
plugin: SAMPLES/vault
cases:
  - name: found # a comment
    hook: get_password_list
    kwargs: {server_username: root}
    expect:
      cookie: { checkouts: [[password, "nobody", 1.2.3.4]] }   # why
      log: |
        another
        log
      value: { passwords: [x] }

  - {name: "nothing", hook: get_password_list, kwargs: {server_username: nobody}, expect: {value: {passwords: ["a"]}}}
`;

  test('writes what came over what fails, and no other byte; what is masked only when it is asked for', async () => {
    const file = write('update/vault.plugin-test.yaml', tests);
    const before = readFileSync(file, 'utf8');
    const first = await host('test', file, '--update', '--json');
    expect(first.exitCode).toBe(1);
    expect((JSON.parse(first.stdout) as Report).suites[0]?.cases).toMatchObject([
      {
        name: 'found (expect written)',
        failure: { detail: expect.stringContaining('--show-secrets it writes value.passwords.0') as string },
      },
      { name: 'nothing (expect written)', passed: true },
    ]);
    const written = before
      .replace('"nobody", 1.2.3.4', '"root", 5.6.7.8')
      .replace('another\n        log', 'checked out the password of root at 5.6.7.8')
      .replace('["a"]', '[]');
    expect(readFileSync(file, 'utf8')).toBe(written);
    expect((await host('test', file, '--update', '--show-secrets')).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(written.replace('[x]', '[demo-Copper-Meadow-93]'));
    expect((await host('test', file)).exitCode).toBe(0);
  });

  test('writes what scenarios expect too', async () => {
    const text =
      'plugins: {aa: SAMPLES/otp}\nconnection: ssh-gateway\nanswers: {otp: "123456"}\nexpect:\n  ended: denied # no\n  steps: [authenticate]\n';
    const file = write('update/login.scenario.yaml', text);
    expect((await host('test', file, '--update')).exitCode).toBe(0);
    const steps = '[authenticate, authenticate, authorize, session_ended]';
    expect(readFileSync(file, 'utf8')).toBe(
      text.replaceAll('SAMPLES', samples).replace('denied', 'closed').replace('[authenticate]', steps),
    );
  });
});
