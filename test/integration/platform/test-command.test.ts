import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonReport } from '../../../src/testing/reporters/json-report.ts';
import { makeFolder, runCommand, runHost } from '../fixture.ts';

const parameters = [
  { Address: { Type: 'String', Required: true } },
  { AccountPassword: { Type: 'Secret', Required: true } },
];

/** Sends the password to `/login`, waits a minute, and tells what came. */
const script = {
  Id: 'Login',
  BackEnd: 'Scriptable',
  CheckPassword: {
    Parameters: parameters,
    Do: [
      { Status: { Type: 'Checking', Percent: 10, Message: { Name: 'VerifyingPassword' } } },
      { BaseAddress: { Address: 'https://%Address%' } },
      { NewHttpRequest: { ObjectName: 'Login' } },
      { SetItem: { Name: 'Body', Value: '{"password": "%AccountPassword%"}', IsSecret: true } },
      {
        Request: {
          ...{ RequestObjectName: 'Login', ResponseObjectName: 'Answer', Verb: 'POST', Url: 'login' },
          Content: { ContentObjectName: 'Body', ContentType: 'application/json' },
        },
      },
      { Wait: { Seconds: 60 } },
      { Log: { Text: 'the portal said %{ Answer.Content }%' } },
      { Return: { Value: '%{ Answer.StatusCode == 200 }%' } },
    ],
  },
  ChangePassword: {
    Parameters: [...parameters, { NewPassword: { Type: 'Secret', Required: true } }],
    Do: [
      { BaseAddress: { Address: 'https://%Address%' } },
      { NewHttpRequest: { ObjectName: 'Change' } },
      { Request: { RequestObjectName: 'Change', ResponseObjectName: 'Answer', Verb: 'PUT', Url: 'password' } },
      { Return: { Value: '%{ Answer.StatusCode == 200 }%' } },
    ],
  },
};

/** A folder with the script and one file of tests; gives the path of the file. */
function makeTests(text: string, source = JSON.stringify(script)): string {
  const folder = makeFolder();
  writeFileSync(path.join(folder, 'login.json'), source);
  const file = path.join(folder, 'login.platform-test.yaml');
  writeFileSync(file, `script: login.json\n${text}`);
  return file;
}

async function run(file: string, ...more: string[]): Promise<JsonReport & { exitCode: number | null }> {
  const { json, exitCode } = await runHost<JsonReport>('platform', 'test', file, ...more);
  return { ...json, exitCode };
}

const portal = `parameters: {AccountPassword: right-Word1}
target:
  http:
    routes:
      - {method: POST, path: /login, json: {password: right-Word1}, answer: {text: welcome}}
      - {method: POST, path: /login, answer: 401}
`;

describe('platform test', () => {
  test('runs the cases of a folder on targets of their own; waits cost no time', async () => {
    const file = makeTests(`${portal}cases:
  - name: the right one
    operation: checkpassword
    expect:
      status: [VerifyingPassword]
      log: {contains: welcome}
      withinMs: 30000
      requests: [{path: /login, headers: {host: target.test}, json: {password: '\${AccountPassword}'}, status: 200}]
  - name: another one
    operation: CheckPassword
    parameters: {AccountPassword: wrong-Word2}
    expect: {outcome: mismatch, value: false, taskStatus: PasswordMismatch, requests: [{status: 401}]}
  - name: later
    operation: CheckPassword
    skip: true
  - name: the steps of a case share its target, and its own routes come first
    parameters: {NewPassword: next-Word3}
    target: {http: {routes: [{path: /login, when: changed, json: {password: '\${NewPassword}'}}, {path: /password, answer: {then: changed}}]}}
    steps:
      - {operation: ChangePassword}
      - {operation: CheckPassword, parameters: {AccountPassword: next-Word3}, expect: {requests: [{path: /login}]}}
`);
    const report = await run(path.dirname(file));
    expect(report, JSON.stringify(report)).toMatchObject({ exitCode: 0, ok: true, passed: 3, failed: 0, skipped: 1 });
  });

  test('a failing case tells what differs, the request, the nearest route and the last steps; secrets are masked', async () => {
    const file = makeTests(`${portal.replace(/.*401.*\n/, '')}cases:
  - name: another one
    operation: CheckPassword
    parameters: {AccountPassword: wrong-Word2}
`);
    const { stdout, exitCode } = await runCommand(['platform', 'test', file]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('outcome: expected "success", got "mismatch"\n');
    expect(stdout).toContain(
      'The nearest is routes.0 (POST /login): json.password: expected "**secret**", got "**secret**"',
    );
    expect(stdout).toMatch(/requests\n +POST \/login → 404 {2}\{"password": "\*\*secret\*\*"\}\n/);
    expect(stdout).toMatch(/last steps\n(?:.*\n)+ +Executing Return {2}\/CheckPassword\/Do\/7\/Return\n/);
    expect(stdout).not.toMatch(/(?:right|wrong)-Word/);
    expect((await runCommand(['platform', 'test', file, '--show-secrets'])).stdout).toContain('wrong-Word2');
  });

  test('an error is told with its code, its message and its place in the script', async () => {
    const file = makeTests(`${portal}cases:
  - {name: no trust, operation: CheckPassword, target: {http: {tls: untrusted}}}
  - {name: no host, operation: CheckPassword, parameters: {Address: elsewhere.test}, expect: {outcome: error, error: {code: TARGET_CLOSED, message: {contains: elsewhere}}}}
`);
    const { suites } = await run(file);
    const [first, second] = suites[0]?.cases.map(({ failure }) => failure) ?? [];
    expect(first?.detail).toMatch(
      /^error\n {2}TLS_UNTRUSTED {2}Command Request failed .*\n {4}at .*login\.json:1 {2}\/CheckPassword\/Do\/4\/Request\n/,
    );
    expect(second).toMatchObject({
      message: 'error.code: expected "TARGET_CLOSED", got "TARGET_UNREACHABLE"',
      line: 10,
    });
  });

  test('a script with errors fails its cases, told once', async () => {
    const file = makeTests(
      'cases: [{name: one, operation: CheckSystem}, {name: two, operation: CheckSystem}]',
      '{"Id": "X", "BackEnd": "Scriptable", "CheckSystem": {"Do": [{"Lgo": {}}]}}',
    );
    const { suites, exitCode } = await run(file);
    expect(exitCode).toBe(1);
    expect(suites[0]?.cases).toMatchObject([
      {
        failure: {
          message: expect.stringMatching(/^SCRIPT_INVALID: .*login\.json:1:\d+: E08 /) as string,
          detail: expect.stringContaining('Did you mean Log?') as string,
          line: 1,
        },
      },
      { skipped: 'not run: the script is not valid, see "one"' },
    ]);
  });

  test('a file that is not valid is a case that fails, and the other files are run', async () => {
    const source = '{"Id": "X", "BackEnd": "Scriptable", "CheckSystem": {"Do": [{"Return": {"Value": true}}]}}';
    const file = makeTests('cases: [{name: one, operation: CheckSystem}]', source);
    writeFileSync(path.join(path.dirname(file), 'z.platform-test.yaml'), 'script: login.json\ncses: []\n');
    const { suites, exitCode } = await run(path.dirname(file));
    expect(suites[0]?.cases).toMatchObject([{ name: 'one', passed: true }]);
    expect(suites[1]?.cases).toMatchObject([
      {
        name: 'the file is valid',
        failure: { detail: expect.stringContaining(':2:1: unknown key cses') as string, line: 1 },
      },
    ]);
    expect(exitCode).toBe(1);
  });

  test('every fault of every file is told with its line', async () => {
    const file = makeTests(`parameters: {AccountPasword: x}
target: {http: {routes: [{path: /a, answer: {text: '\${Nobody}'}}]}}
cases:
  - name: one
    operation: CheckPasswords
    expect: {log: {matches: '('}, requests: [{pth: /a}]}
`);
    const { stderr, exitCode } = await runCommand(['platform', 'test', file]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('TEST_INVALID');
    expect(stderr).toContain('login.platform-test.yaml:7:');
    expect(stderr).toContain('expect.requests.0: unknown key pth. Did you mean path?');
    writeFileSync(
      file,
      `script: login.json
parameters: {AccountPasword: x}
target: {http: {routes: [{path: /a, answer: {text: '\${Nobody}'}}]}}
cases:
  - {name: one, operation: CheckPasswords, expect: {log: {matches: '('}}}
`,
    );
    const all = await runCommand(['platform', 'test', file]);
    expect(all.stderr.match(/:\d+:\d+: (?:case 1, )?\S+/g)).toEqual([
      ':2:14: parameters.AccountPasword:',
      ':3:46: target.http.routes.0.answer.text:',
      ':5:17: case 1, operation:',
      ':5:59: case 1, expect.log.matches:',
    ]);
  });
});

describe('platform test over SSH', () => {
  const connect = {
    ...{ ConnectionObjectName: 'C', Type: 'Ssh', NetworkAddress: '%Address%', HostKey: '%HostKey%' },
    ...{ Login: '%FuncUserName%', Password: '%FuncPassword%', RequestTerminal: false },
  };
  const change = {
    ...{ ConnectionObjectName: 'C', Command: 'chpasswd', Stdin: '%AccountUserName%:%NewPassword%', BufferName: 'B' },
  };
  const unix = {
    Id: 'Unix',
    BackEnd: 'Scriptable',
    ChangePassword: {
      Parameters: [
        ...['Address', 'HostKey', 'FuncUserName', 'AccountUserName'].map((name) => ({ [name]: { Type: 'String' } })),
        ...['FuncPassword', 'NewPassword'].map((name) => ({ [name]: { Type: 'Secret' } })),
      ],
      Do: [{ Connect: connect }, { ExecuteCommand: change }, { Return: { Value: true } }],
    },
  };
  const head = `parameters: {FuncUserName: svc, FuncPassword: svc-Pass1, AccountUserName: alice, NewPassword: new-Word2}
target: {ssh: {users: {svc: {password: '\${FuncPassword}'}}, commands: [{command: chpasswd}]}}
`;

  test('the key of the simulated host is known, and what a command did not ask for is seen', async () => {
    const file = makeTests(
      `${head}cases:
  - name: changed
    operation: ChangePassword
    expect: {commands: [{command: chpasswd, stdin: ['alice:\${NewPassword}'], exit: 0}]}
  - name: refused
    operation: ChangePassword
    parameters: {FuncPassword: wrong-Word3}
    target: {ssh: {users: {svc: {password: svc-Pass1}}}}
    expect: {outcome: error, error: {code: LOGIN_REFUSED}, commands: []}
`,
      JSON.stringify(unix),
    );
    const report = await run(file);
    expect(report, JSON.stringify(report)).toMatchObject({ passed: 2, failed: 0 });
  });

  test('another command than expected is told in one line, and one that is not described with the nearest', async () => {
    const file = makeTests(
      `${head}cases:
  - {name: nothing, operation: ChangePassword, expect: {commands: []}}
  - {name: unknown, operation: ChangePassword, target: {ssh: {commands: [{command: chpasswd, stdin: [{contains: bob}]}]}}}
`.replace('commands: [{command: chpasswd}]', 'unmatched: allowed, commands: [{command: chpasswd}]'),
      JSON.stringify(unix).replace('"chpasswd"', '"chpasswd -e"'),
    );
    const strict = file.replace('login.', 'strict.');
    writeFileSync(strict, readFileSync(file, 'utf8').replace('unmatched: allowed, ', ''));
    const [allowed] = (await run(file)).suites[0]?.cases ?? [];
    expect(allowed?.failure?.message).toBe('commands.0: expected nothing, got chpasswd -e → exit 127');
    const [, unknown] = (await run(strict)).suites[0]?.cases ?? [];
    expect(unknown?.failure?.message).toMatch(
      /^chpasswd -e: no command answers this line\. The nearest is commands\.0: command: expected "chpasswd"/,
    );
  });
});

test('--update writes what came over what fails, and no other byte; nothing that is masked', async () => {
  const text = `${portal}cases:
  - name: lets in # a comment
    operation: CheckPassword
    expect: { value: false, taskStatus: "Nope", log: { contains: nobody } }   # why
`;
  const file = makeTests(text);
  const before = readFileSync(file, 'utf8');
  const updated = await run(file, '--update');
  expect(updated).toMatchObject({
    exitCode: 0,
    suites: [{ cases: [{ name: 'lets in (expect written)', passed: true }] }],
  });
  expect(readFileSync(file, 'utf8')).toBe(
    before
      .replace('value: false', 'value: true')
      .replace('"Nope"', '"Success"')
      .replace('{ contains: nobody }', 'the portal said welcome'),
  );
  expect(await run(file)).toMatchObject({ exitCode: 0, passed: 1 });
});
