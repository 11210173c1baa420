import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../fixture.ts';
import { startScripted } from './started-gateway.ts';

const program = `
import urllib.request
class Plugin:
    def __init__(self, configuration):
        pass
    def authenticate(self, key_value_pairs):
        word = urllib.request.urlopen("http://mfa.acme.test/").read().decode()
        asks = {"verdict": "NEEDINFO", "question": [word, word + ": ", False]}
        return {"verdict": "ACCEPT"} if word == "done" else asks
    def authorize(self):
        return {"verdict": "ACCEPT"}
    def session_ended(self, session_id):
        pass
`;

/** A plugin that asks the user what its service says, and a scenario with that service. */
function writeScenario(url = 'mfa.acme.test'): string {
  const folder = makeFolder();
  mkdirSync(path.join(folder, 'asker'));
  const manifest = 'api: "1.9"\ntype: aa\nname: Asker\ndescription: test\nversion: 1.0.0\nentry_point: main.py\n';
  writeFileSync(path.join(folder, 'asker', 'MANIFEST'), manifest);
  writeFileSync(path.join(folder, 'asker', 'default.cfg'), '');
  writeFileSync(path.join(folder, 'asker', 'main.py'), program);
  const answer = ['first', 'second', 'done'].map((text) => ({ text }));
  const backends = [{ address: url, http: { routes: [{ method: 'GET', path: '/', answer }] } }];
  const file = path.join(folder, 'scenario.yaml');
  writeFileSync(file, JSON.stringify({ plugins: { aa: 'asker' }, backends }));
  return file;
}

test('the hooks of a login share the backends of its scenario, and each login has its own', async () => {
  const started = await startScripted({}, { plugins: [], types: [], scenario: writeScenario() });
  for (const answers of [
    ['a', 'b'],
    ['c', 'd'],
  ]) {
    const { asked } = await started.ssh({ login: 'svc@127.0.0.1:1', answers });
    expect(asked).toEqual(['first: ', 'second: ']);
  }
  await expect.poll(() => started.told('ended').length).toBe(2);
  expect(started.told('ended')).toMatchObject([{ ended: 'target-unreachable' }, { ended: 'target-unreachable' }]);
  expect(started.told('problem')).toEqual([]);
});

test('backends that cannot be are told before the gateway listens', async () => {
  const scenario = writeScenario('${mfa.host}');
  await expect(startScripted({}, { plugins: [], types: [], scenario })).rejects.toThrow('mfa.host');
});
