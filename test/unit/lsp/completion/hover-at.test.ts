import { describe, expect, test } from 'vitest';
import { hovered } from '../edited.ts';

const store = { MANIFEST: 'type: credentialstore\napi: "1.9"\nentry_point: main.py\n' };
const start = 'plugin: .\ncases:\n  - name: x\n    hook: get_password_list\n';

describe('what stands there is explained', () => {
  test.each([
    ['a key', 'plugin-host.yaml', 'services: {ho|sts: {}}', 'Names by IP address'],
    ['a key of a MANIFEST', 'MANIFEST', 'ap|i: "1.9"', 'The API that the plugin was written for'],
    ['a value, by its key', 'MANIFEST', 'api: "1.|9"', 'The API that the plugin was written for'],
    ['a hook', 'x.plugin-test.yaml', start.replace('get_p', 'get_|p'), 'Keys of its result: passwords'],
    ['an argument', 'x.plugin-test.yaml', `${start}    kwargs: {server_|ip: x}`, 'Address of the target.'],
    ['a command', 'x.json', '{"BackEnd": "", "X": {"Do": [{"Se|nd": {}}]}}', 'types a line into the terminal'],
    ['a hook in a source', 'main.py', 'class Plugin:\n    def get_pass|word_list(self):', 'Arguments: session_id'],
    [
      'an argument in a source',
      'main.py',
      'class Plugin:\n    def get_password_list(self, server_username):\n        return server_|username\n',
      'User on the target',
    ],
  ])('%s', (_what, name, text, expected) => {
    expect(hovered(name, text, store)).toContain(expected);
  });

  test.each([
    ['an unknown key', 'plugin-host.yaml', 'pyton|: x'],
    ['an argument outside of its hook', 'main.py', 'class Plugin:\n    def helper(self, server_|username):\n'],
    ['any other word', 'main.py', 'import o|s\n'],
  ])('%s is not', (_what, name, text) => {
    expect(hovered(name, text, store)).toBeUndefined();
  });
});
