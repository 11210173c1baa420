import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, runCommand } from '../fixture.ts';

/** Asks `/me` with the credentials of the account, of one type or another. */
function scriptWith(type: string): string {
  return JSON.stringify({
    Id: 'Me',
    BackEnd: 'Scriptable',
    CheckPassword: {
      Parameters: [
        { Address: { Type: 'String', Required: true } },
        { AccountUserName: { Type: 'String', Required: true } },
        { AccountPassword: { Type: 'Secret', Required: true } },
      ],
      Do: [
        { BaseAddress: { Address: 'http://%Address%' } },
        { NewHttpRequest: { ObjectName: 'Ask' } },
        {
          HttpAuth: {
            ...{ RequestObjectName: 'Ask', Type: type },
            Credentials: { Login: '%AccountUserName%', Password: '%AccountPassword%', Uri: 'http://%Address%' },
          },
        },
        { Request: { RequestObjectName: 'Ask', ResponseObjectName: 'Answer', Verb: 'GET', Url: 'me' } },
        { Return: { Value: '%{ Answer.StatusCode == 200 }%' } },
      ],
    },
  });
}

async function readFaults(text: string): Promise<string> {
  const file = path.join(makeFolder(), 'me.platform-test.yaml');
  writeFileSync(path.join(path.dirname(file), 'me.json'), scriptWith('Basic'));
  writeFileSync(file, text);
  return (await runCommand(['platform', 'test', file])).stderr;
}

async function runCase(test: string, type = 'Basic'): Promise<string> {
  const folder = makeFolder();
  const file = path.join(folder, 'me.platform-test.yaml');
  writeFileSync(path.join(folder, 'me.json'), scriptWith(type));
  writeFileSync(file, `script: me.json\n${test}`);
  return (await runCommand(['platform', 'test', file])).stdout;
}

const casesOf = (password: string, route: string): string => `target: {http: {routes: [{path: /me, ${route}}]}}
parameters: {AccountUserName: alice}
cases:
  - {name: one, operation: CheckPassword, parameters: {AccountPassword: ${password}}}
`;

test.each([
  ['Basic', 'basic: "alice:right-Word1"', 'wrong-Word2', 'basic: expected "alice:**secret**", got "alice:**secret**"'],
  ['Basic', 'basic: "bob:right-Word1"', 'right-Word1', 'basic: expected "bob:**secret**", got "alice:**secret**"'],
  [
    'Digest',
    'digest: {user: alice, password: right-Word1}',
    'wrong-Word2',
    'digest: what came for "alice" was not made with the password "**secret**"',
  ],
])(
  'a case that fails after a 401 of %s for %s tells which route wants other credentials',
  async (type, route, password, told) => {
    const stdout = await runCase(casesOf(password, route), type);
    expect(stdout).toContain('outcome: expected "success", got "mismatch"\n');
    expect(stdout).toContain(`GET /me: wrong credentials, answered with 401. routes.0 (any method /me): ${told}\n`);
    expect(stdout).not.toContain('missing credentials');
    expect(stdout).not.toMatch(/(?:right|wrong)-Word/);
  },
);

test('a password that is a word of the report is masked where it is a value only', async () => {
  const stdout = await runCase(casesOf('wrong', 'json: {password: expected}').replace('/me', '/wrong'));
  expect(stdout).toContain('outcome: expected "success", got "mismatch"');
  expect(stdout).toContain('no route answers this request. The nearest is routes.0 (any method /**secret**): path: ');
  const executing = await runCase(casesOf('Executing', 'basic: "alice:wrong"'));
  expect(executing).toContain('GET /me: wrong credentials, answered with 401.');
  expect(executing).toContain('Executing Return  /CheckPassword/Do/4/Return');
});

test('an address that no target claims is told with those that are claimed, and the remedy', async () => {
  const stdout = await runCase(`target: {http: {}, address: vault.test, port: 8443}
parameters: {AccountUserName: alice, AccountPassword: right-Word1, Address: 'other.test:8080'}
cases: [{name: one, operation: CheckPassword}]
`);
  expect(stdout).toContain('other.test: no target has this name on port 8080');
  expect(stdout).toContain(
    'The only target is vault.test:8443. Give a target the address that the script connects to;',
  );
});

test.each([
  [
    'cases: [{name: one, operation: Go}]\nscript: no.json\n',
    ':2:1: script: no.json: no such file',
    'relative to the file of the test',
  ],
  ['script: me.json\ncases: [\n', ':3:1: ', 'A test is YAML'],
  [
    'script: me.json\ncases: [{name: one, operation: Go}]\n',
    'no operation Go. Known: CheckPassword',
    'plugin-host platform show me.json',
  ],
  [
    'script: me.json\ntarget: {http: {routes: [{auth: x}]}}\ncases: [{name: one}]\n',
    'unknown key auth. Known: method, path,',
    'docs/targets.md',
  ],
  [
    'script: me.json\ntarget: {http: {routes: [{basic: 5}]}}\ncases: [{name: one}]\n',
    'must be string. The credentials as user:password',
    'docs/targets.md',
  ],
  [
    'script: me.json\ntarget: {http: {routes: [{answer: x}]}}\ncases: [{name: one}]\n',
    'A status, a mapping, or a list of them',
    'docs/targets.md',
  ],
])('%j is no test: the place, the form and the hint are those of this fault', async (text, told, hint) => {
  const stderr = await readFaults(text);
  expect(stderr).toContain(told);
  expect(stderr).toContain(hint);
});
