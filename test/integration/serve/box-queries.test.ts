import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import { sdkPython, withSdk } from '../configured-fixture.ts';
import { fixture, type Language, languages, runCommand } from '../fixture.ts';
import { packFolder } from './pack-sample.ts';
import { Served } from './served.ts';

const lists = '/api/configuration/policies/userlists';
let served: Served;
const keys: string[] = [];

/** More user lists than can travel with a call, and a policy for each language. */
beforeAll(async () => {
  served = await Served.start();
  using client = await served.loggedIn();
  await client.send('POST', '/api/transaction');
  const except = Array.from({ length: 500 }, (_, index) => `somebody-${index}`);
  for (let index = 0; index < 50; index++) keys.push(await client.create(lists, { name: `list ${index}`, except }));
  for (const language of languages) {
    const manifest = `api: "1.9"\ntype: credentialstore\nname: ${language}\nversion: 1.0.0\nentry_point: main.${language === 'python' ? 'py' : 'ts'}\n`;
    const plugin = await client.create(
      '/api/upload/plugins',
      await packFolder(fixture('asks-services', language), { MANIFEST: manifest }),
    );
    const type = { selection: 'external_plugin', plugin, configuration: '' };
    const store = await client.create('/api/configuration/policies/credentialstores', { name: language, type });
    const body = { name: language, network: { ports: [22] }, policies: { credential_store: store } };
    await client.create('/api/configuration/ssh/connections', body);
  }
  await client.send('PUT', '/api/transaction');
  await served.close();
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
});

async function ask(language: Language, path: string): Promise<JsonObject> {
  const cookie = JSON.stringify({ ask: ['query', path] });
  const args = ['invoke', 'get_password_list', '--policy', language, '--cookie', cookie, '--state', served.stateDir];
  if (sdkPython !== undefined) args.push('--python', sdkPython);
  const { stdout } = await runCommand([...args, '--json']);
  const { outcome } = JSON.parse(stdout) as { outcome: { value: { cookie: { answer: JsonObject } } } };
  return outcome.value.cookie.answer;
}

describe.each(languages)('a plugin in %s', (language) => {
  const needsSdk = language === 'python';
  const title = 'finds objects of collections that are too large for its request';
  test.skipIf(needsSdk && sdkPython === undefined)(needsSdk ? withSdk(title) : title, async () => {
    const key = keys[20] ?? '';
    expect(await ask(language, `${lists}/${key}`)).toMatchObject({
      key,
      body: { name: 'list 20' },
      meta: { previous: `${lists}/${keys[19]}`, next: `${lists}/${keys[21]}` },
    });
    expect(await ask(language, `${lists}/${key}/body/allow`)).toBe('no_user');
    expect(await ask(language, '/configuration/none')).toMatchObject({ error: { type: 'ResourceNotFound' } });
  });
});

test('a call of a committed policy is made again with the committed package and what is committed beside it', async () => {
  const cookie = JSON.stringify({ ask: ['query', `${lists}/${keys[20] ?? ''}`] });
  const where = ['--state', served.stateDir, '--json'];
  const args = ['invoke', 'get_password_list', '--policy', 'typescript', '--cookie', cookie, '--session', 'demo'];
  await runCommand([...args, ...where]);
  const { stdout, exitCode } = await runCommand(['session', 'replay', 'demo', ...where]);
  expect({ exitCode, ...(JSON.parse(stdout) as object) }).toMatchObject({ exitCode: 0, equal: true });
  expect(stdout).toContain('list 20');
});
