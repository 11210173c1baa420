import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedPlugin, openPlugin } from '../../src/index.ts';
import { accessRequest } from '../radius-client.ts';
import { ask, configure, recordOf } from './configured-fixture.ts';
import { languages, makeFolder, python, runHost } from './fixture.ts';

const options = { stateDir: path.join(makeFolder(), 'state'), python };
const backends = `backends:
  - address: vault.acme.test
    http:
      tls: trusted
      routes: [{method: GET, path: /secrets/*, answer: {text: kept}}]
`;

/** Holds the server that warm processes are forked from. */
let anchor: OpenedPlugin;

afterAll(() => anchor.close());
beforeAll(async () => {
  anchor = await openPlugin(configure('asks-others', 'python'), { ...options, processes: 'warm' });
});

describe.each(languages)('a plugin in %s', (language) => {
  test.each(['cold', 'warm'] as const)('reaches a backend by its name, from a %s process', async (processes) => {
    await using plugin = await openPlugin(configure('asks-others', language, backends), { ...options, processes });
    expect(await ask(plugin, 'get', 'https://vault.acme.test/secrets/root')).toEqual(['kept', 'kept', 'kept']);
    expect(await ask(plugin, 'get', 'https://VAULT.acme.test:8443/secrets/root')).toEqual(['kept', 'kept', 'kept']);
  });

  test('asks a RADIUS server, whose answers come from where it asked', async () => {
    const radius = '{address: 10.0.0.9, port: 1812, radius: {secret: s3cret, users: {wsmith: {password: "123456"}}}}';
    await using plugin = await openPlugin(configure('asks-others', language, `backends: [${radius}]`), options);
    const packet = accessRequest({ user: 'wsmith', password: '123456' }, 's3cret').toString('hex');
    const [first, second, isFromThere] = (await ask(plugin, 'datagram', '10.0.0.9', 1812, packet)) as [
      string,
      string,
      boolean,
    ];
    expect([first, second].map((each) => each.slice(0, 2))).toEqual(['02', '02']);
    expect(isFromThere).toBe(true);
    expect(plugin.requests).toMatchObject([{ method: 'ACCESS-REQUEST', path: 'wsmith', status: 2 }, { status: 2 }]);
  });

  test('reaches nothing else, and the call says whom it wanted', async () => {
    const folder = configure('asks-others', language, backends);
    await using plugin = await openPlugin(folder, { ...options, processes: 'warm' });
    for (const [url, whom] of [
      ['https://elsewhere.test/', 'elsewhere.test:443'],
      ['https://127.0.0.1:1234/', '127.0.0.1:1234'],
      ['https://10.1.2.3/', '10.1.2.3:443'],
    ] as const) {
      const { outcome, problems } = await recordOf(plugin, 'get', url);
      expect(outcome).toMatchObject({ kind: 'raised' });
      expect(problems).toMatchObject([
        {
          level: 'error',
          code: 'BACKEND_UNKNOWN',
          message: `the plugin wanted to reach ${whom}, and no backend is there: the connection was refused`,
        },
      ]);
    }
  });

  test('does not trust a backend whose certificate is untrusted, expired or for another name', async () => {
    const kinds = ['untrusted', 'expired', 'wrong-name'];
    const list = kinds.map((tls) => `{address: ${tls}.acme.test, http: {tls: ${tls}}}`).join(', ');
    await using plugin = await openPlugin(configure('asks-others', language, `backends: [${list}]`), options);
    for (const tls of kinds) expect(await ask(plugin, 'get', `https://${tls}.acme.test/`)).toMatch(/^raised /);
  });

  test('is told of when it starts a program', async () => {
    const folder = configure('asks-others', language, backends);
    await using plugin = await openPlugin(folder, { ...options, processes: 'cold' });
    const { problems } = await recordOf(plugin, 'starts');
    expect(problems).toMatchObject([{ level: 'warning', code: 'BACKEND_OUT_OF_REACH' }]);
  });
});

interface Report {
  suites: { cases: { name: string; failure?: { message: string; detail: string } }[] }[];
}

describe('test', () => {
  const tests = `plugin: .
config: |
  [vault]
  token = t0p-s3cret
backends:
  - address: vault.acme.test
    http:
      routes:
        - {path: /own, bearer: "\${vault.token}", answer: {text: own}}
        - {path: /secrets/*, answer: [{text: first}, {text: second}]}
cases:
  - name: has what came
    hook: get_password_list
    cookie: {ask: [by_urllib, "https://vault.acme.test/secrets/a"]}
    expect: {cookie: {answer: first}, requests: [{method: GET, path: /secrets/a, status: 200}]}
  - name: begins with fresh backends, which its steps share
    steps:
      - hook: get_password_list
        cookie: {ask: [by_urllib, "https://vault.acme.test/secrets/b"]}
        expect: {cookie: {answer: first}, requests: [{path: /secrets/b}]}
      - hook: get_password_list
        cookie: {ask: [by_urllib, "https://vault.acme.test/secrets/c"]}
        expect: {cookie: {answer: second}, requests: [{path: /secrets/b}, {path: /secrets/c}]}
  - name: lays its own over those of the file
    hook: get_password_list
    cookie: {ask: [by_urllib, "https://vault.acme.test/secrets/a"]}
    backends: [{address: vault.acme.test, http: {routes: [{path: /secrets/a, answer: {text: other}}]}}]
    expect: {cookie: {answer: other}}
  - name: fails for what no route answers
    hook: get_password_list
    cookie: {ask: [by_urllib, "https://vault.acme.test/own"]}
    expect: {outcome: raised}
  - name: fails for whom nobody is
    hook: get_password_list
    cookie: {ask: [by_urllib, "https://elsewhere.test/"]}
    expect: {outcome: raised}
  - name: may name what is wrong
    hook: get_password_list
    cookie: {ask: [by_urllib, "https://elsewhere.test/"]}
    expect: {outcome: raised, problems: [BACKEND_UNKNOWN]}
`;

  test('runs each case on backends of its own', async () => {
    const folder = configure('asks-others', 'python');
    writeFileSync(path.join(folder, 'others.plugin-test.yaml'), tests);
    const { stdout, json, exitCode } = await runHost<Report>('test', folder, '--json');
    const failed = json.suites.flatMap(({ cases }) => cases).filter(({ failure }) => failure !== undefined);
    expect(failed.map(({ name }) => name)).toEqual(['fails for what no route answers', 'fails for whom nobody is']);
    expect(failed[0]?.failure).toMatchObject({
      detail: expect.stringContaining('The nearest is routes.0 (any method /own): bearer: the credentials are missing'),
    });
    expect(failed[1]?.failure).toMatchObject({ message: expect.stringContaining('BACKEND_UNKNOWN') });
    expect(stdout).not.toContain('t0p-s3cret');
    expect(exitCode).toBe(1);
  });
});
