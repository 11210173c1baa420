import { describe, expect, test } from 'vitest';
import { readScript } from '../../../../src/platform/script/read-script.ts';
import type { Script } from '../../../../src/platform/script/script.ts';

function read(text: string): Script {
  const { script } = readScript(text);
  if (script === undefined) throw new Error('no object');
  return script;
}

describe('a script', () => {
  const text = `{"Id": "X", "BackEnd": "Scriptable", "Meta": {"Author": "me", "List": [1, null]}, "Imports": ["LinuxSshLogin"],
  "checksystem": {"Do": [{"Return": "%{x}%"}]},
  "Login": {"Parameters": [{"User": {"Type": "STRING", "Required": true, "DefaultValue": "root", "Description": "who"}}],
    "Do": [{"Condition": {"IF": true, "then": {"Do": [{"Comment": "x"}]}, "Else": [{"SetItem": "Y"}]}},
           {"Switch": {"MatchValue": 1, "Cases": [{"CaseValue": "a", "Do": [{"Break": {}}]}], "DefaultCase": []}}]},
  "Functions": [{"Name": "Logout"}]}`;

  test('has its operations and functions in the order of the text', () => {
    const { id, meta, imports, blocks, lines } = read(text);
    expect([id, meta, imports.map(({ value }) => value)]).toEqual([
      'X',
      { Author: 'me', List: [1, null] },
      ['LinuxSshLogin'],
    ]);
    expect(blocks.map(({ kind, name, path, nameStart }) => [kind, name, path, lines.lineOf(nameStart)])).toEqual([
      ['operation', 'checksystem', '/checksystem', 2],
      ['function', 'Login', '/Login', 3],
      ['function', 'Logout', '/Functions/0', 6],
    ]);
  });

  test('has parameters of canonical types', () => {
    const [, login] = read(text).blocks;
    expect(login?.parameters).toMatchObject([
      { name: 'User', type: 'String', isRequired: true, description: 'who', default: { value: 'root' } },
    ]);
  });

  test('has steps with the canonical names of their properties, and blocks in both forms', () => {
    const [, login] = read(text).blocks;
    const [condition, choice] = login?.body?.steps ?? [];
    expect([...(condition?.properties.keys() ?? [])]).toEqual(['If', 'Then', 'Else']);
    const inner = [...(condition?.blocks ?? [])].map(([name, { steps }]) => [name, steps.map(({ path }) => path)]);
    expect(inner).toEqual([
      ['Then', ['/Login/Do/0/Condition/then/Do/0/Comment']],
      ['Else', ['/Login/Do/0/Condition/Else/0/SetItem']],
    ]);
    expect(choice?.cases.map(({ body }) => body?.steps.map(({ verb }) => verb.name))).toEqual([['Break']]);
  });

  test('has a payload that is a text under the name that it stands for', () => {
    const [operation] = read(text).blocks;
    expect(operation?.body?.steps[0]?.properties.get('Value')?.value).toMatchObject({ value: '%{x}%' });
  });

  test('is read as far as it can be', () => {
    const { script, faults } = readScript('{"Functions": [{"Name": "F", "Do": [1, {"Log": {}}]}, 2], "Imports": 1}');
    expect(script?.blocks.map(({ body }) => body?.steps.length)).toEqual([1]);
    expect(faults.map(({ code, path }) => `${code} ${path}`).sort()).toEqual(
      ['E03 ', 'E03 ', 'E04 ', 'E05 /Functions/1', 'E08 /Functions/0/Do/0', 'E10 /Imports'].sort(),
    );
  });

  test('may have the empty text of a template for steps', () => {
    const { faults } = readScript('{"Id": "X", "BackEnd": "Scriptable", "CheckSystem": {"Do": ""}}');
    expect(faults).toEqual([]);
  });
});
