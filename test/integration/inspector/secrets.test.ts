import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Inspector, openSession, startInspector } from '../../../src/index.ts';
import { makeFolder } from '../fixture.ts';

const folder = makeFolder();
const stateDir = path.join(folder, 'state');

/** Each where a product keeps one, and each hard to find again in another spelling. */
const secrets = {
  gatewayPassword: 'q"uo\\te\'d <b>&amp; zürich',
  answer: '  two\tblanks; 77%2F31  ',
  configuration: '$(regex).*[x]+{9}|\\d',
  stored: 'line one\nline two </script><!--',
  edited: 'never-seen-before-4711',
};

const configuration = `[acme]\npassword = ${secrets.configuration}\n`;

const parts = {
  aa: `export class Plugin {
  #text: string;
  constructor(configuration: string) { this.#text = configuration; }
  authenticate({ key_value_pairs }) {
    const { pin } = key_value_pairs;
    console.log(this.#text, JSON.stringify(key_value_pairs), encodeURIComponent(pin ?? ''));
    if (pin === undefined) return { verdict: 'NEEDINFO', question: ['pin', 'PIN: ', true], cookie: { text: this.#text } };
    return { verdict: 'DENY', cookie: { pin, [pin]: 1, text: this.#text } };
  }
  session_ended({ cookie }) { console.log(cookie); }
  authorize({ cookie }) { throw new RangeError(cookie.pin + this.#text); }
}
`,
  credentialstore: `export class Plugin {
  get_password_list({ gateway_password }) {
    const passwords = [${JSON.stringify(secrets.stored)}];
    console.log(gateway_password, passwords[0], Buffer.from(passwords[0]).toString('base64'));
    return { passwords, cookie: { last: passwords[0], [gateway_password]: gateway_password } };
  }
  session_ended({ cookie }) { console.log(cookie.last); }
  get_private_key_list({ gateway_password }) { return [gateway_password]; }
}
`,
};

function plugin(type: keyof typeof parts): string {
  const place = path.join(folder, type);
  mkdirSync(place);
  writeFileSync(path.join(place, 'main.ts'), parts[type]);
  const manifest = `name: Tells_${type}\ndescription: Test\nversion: "1.0"\ntype: ${type}\napi: "1.9"\nentry_point: main.ts\n`;
  writeFileSync(path.join(place, 'MANIFEST'), manifest);
  writeFileSync(path.join(place, 'plugin-host.yaml'), `config: ${JSON.stringify(configuration)}\n`);
  return place;
}

beforeAll(async () => {
  const places = { aa: plugin('aa'), credentialstore: plugin('credentialstore') };
  for (const name of ['one', 'two', 'three']) {
    await using session = await openSession({ ...places, store: { name, stateDir } });
    const given = { gateway_password: secrets.gatewayPassword };
    await session.call('authenticate');
    await session.call('authenticate', { key_value_pairs: { pin: secrets.answer } });
    await session.call('authorize');
    await session.call('get_password_list', given);
    await session.call('get_private_key_list', given);
    await session.close();
  }
});

/** A text in the spellings in which an answer could have it. */
function spellings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const all = [
    text,
    text.trim(),
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(text),
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026'),
  ];
  return [...new Set(all)];
}

/** Every route with every session and step, errors, exports, events and the files of the page: what came. */
async function walk(inspector: Inspector): Promise<string[]> {
  const base = `http://127.0.0.1:${inspector.port}`;
  const authorization = `Bearer ${inspector.token}`;
  const answers: string[] = [];
  const ask = async (target: string, init: RequestInit = {}): Promise<string> => {
    const headers = { authorization, 'content-type': 'application/json', ...(init.headers as object) };
    const answer = await fetch(base + target, { ...init, headers });
    const text = `${JSON.stringify([...answer.headers])}\n${await answer.text()}`;
    answers.push(text);
    return text;
  };
  const events = listen(base, authorization);
  const page = await ask('/');
  for (const file of page.match(/\/assets\/[\w.-]+/g) ?? []) await ask(file);
  for (const target of ['/v1/info', '/v1/openapi.json', '/v1/nothing', '/v1/sessions?limit=x', '/sessions/none'])
    await ask(target);
  for (const secret of Object.values(secrets)) {
    const q = encodeURIComponent(`"${secret}"`);
    await ask(`/v1/sessions?q=${encodeURIComponent('is:error')}`);
    expect(await ask(`/v1/sessions/one/steps?q=${q}`)).toContain('"matched":0');
  }
  for (const name of ['one', 'two', 'three']) {
    const session = `/v1/sessions/${name}`;
    const rest = ['', '/steps', '/steps?fields=summary', '/export?format=json', '/export?format=html', '/steps/9'];
    for (const each of rest) await ask(session + each);
    for (const n of [1, 2, 3, 4, 5]) {
      const step = `${session}/steps/${n}`;
      for (const each of ['', '?most=1000', '/input']) await ask(step + each);
    }
  }
  const post = (target: string, body: object): Promise<string> =>
    ask(target, { method: 'POST', body: JSON.stringify(body) });
  await post('/v1/sessions/one/steps/2/replay', {});
  await post('/v1/sessions/one/steps/4/replay', { kwargs: { gateway_password: secrets.edited } });
  await post('/v1/sessions/one/steps/2/replay', { config: `[acme]\npassword = ${secrets.edited}\n` });
  await post('/v1/sessions/one/replay', {});
  await post('/v1/sessions/one/steps/1/replay', { config: 7 });
  expect(await post('/v1/sessions/two/end', {})).toContain('"steps":[{');
  await ask('/v1/sessions/three', { method: 'DELETE' });
  answers.push(...(await events()));
  return answers;
}

/** Events since now; those of a session that ends and of one that is removed are among them. */
function listen(base: string, authorization: string): () => Promise<string[]> {
  const controller = new AbortController();
  const blocks: string[] = [];
  const read = async (): Promise<void> => {
    const response = await fetch(`${base}/v1/events`, { headers: { authorization }, signal: controller.signal });
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) blocks.push(chunk);
  };
  const reading = read().catch(() => undefined);
  return async () => {
    await expect.poll(() => blocks.join('')).toMatch(/event: step[^]*event: removed/);
    controller.abort();
    await reading;
    return blocks.join('').split('\n\n');
  };
}

test('no secret is in any of more than 65 answers; started to show them, the inspector has each of them in some', async () => {
  const held = (answers: readonly string[]): string[] =>
    Object.entries(secrets)
      .filter(([, secret]) => answers.some((answer) => spellings(secret).some((each) => answer.includes(each))))
      .map(([name]) => name);
  const other = path.join(folder, 'clear');
  mkdirSync(other);
  cpSync(stateDir, other, { recursive: true });
  await using inspector = await startInspector({ stateDir });
  const answers = await walk(inspector);
  expect(answers.length).toBeGreaterThan(65);
  expect(held(answers)).toEqual([]);
  await using open = await startInspector({ stateDir: other, showSecrets: true });
  expect(held(await walk(open))).toEqual(Object.keys(secrets));
});
