import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startTarget } from '../../src/platform.ts';
import { configure } from './configured-fixture.ts';
import { languages, python, runHost } from './fixture.ts';

const token = 'k3y-of-the-service';
const ask = ['--cookie', '{"ask":["by_token"]}'];

test.each(languages)(
  'a plugin in %s reaches the real system while it is recorded, and then the recording',
  async (language) => {
    const folder = configure('asks-others', language);
    const recording = path.join(folder, 'recorded.yaml');
    const given = 'session-3f2a9c1d7e';
    const routes = [
      {
        method: 'POST',
        path: '/login',
        bearer: token,
        json: { otp: '445566' },
        answer: { json: { session_token: given } },
      },
      { method: 'GET', path: '/secrets', headers: { 'x-session-token': given }, answer: { json: { secret: 'kept' } } },
    ];
    const real = await startTarget({ address: 'localhost', http: { routes } });
    writeFileSync(path.join(folder, 'ca.pem'), real.ca);
    const config = `config: |\n  [vault]\n  url = https://localhost:${real.loopbackPort}\n  token = ${token}\n`;
    const trust = 'services: {trustedCaLists: {own: {certs: [{file: ca.pem}]}}}\n';
    writeFileSync(path.join(folder, 'plugin-host.yaml'), `${config}${trust}`);
    const words = ['invoke', 'get_password_list', '-p', folder, '--python', python, '--json', ...ask];
    const first = await runHost(...words, '--record-backends', recording);
    expect(first.json).toMatchObject({ cookie: { after: { answer: 'kept' } }, problems: [] });
    expect(real.unmatched).toEqual([]);
    await real.close();

    const text = readFileSync(recording, 'utf8');
    expect(text).toContain('bearer: ${vault.token}');
    for (const secret of [token, given]) expect(text).not.toContain(secret);
    writeFileSync(path.join(folder, 'plugin-host.yaml'), `${config}${text}`);
    const again = await runHost(...words);
    expect(again.json).toMatchObject({ cookie: { after: { answer: 'kept' } }, problems: [] });
    const refused = await runHost(...words, '--record-backends', recording);
    expect(refused.stdout).toContain('FILE_EXISTS');
  },
);
