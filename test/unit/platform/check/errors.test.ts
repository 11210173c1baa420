import { describe, expect, test } from 'vitest';
import { compare, mark, scriptOf } from './marked-script.ts';

const returnTrue = '"Do": [{"Return": {"Value": true}}]';
const call = (parameters: string): string => `{"Function": {"Name": "F", "Parameters": ${parameters}}}`;
const oneParameter = `"Functions": [{"Name": "F", "Parameters": [{"A": {"Type": "String"}}], ${returnTrue}}]`;

/** Code, what a bad script looks like with marks where it is told, and the good twin. */
const cases: [code: string, what: string, bad: string, good: string][] = [
  ['E01', 'a trailing comma', `{"Id": "X"◆,}`, scriptOf('')],
  ['E01', 'an end that comes early', `{"Id": "X",\n "B": [1, ◆`, scriptOf('')],
  ['E01', 'an escape that is none', `{"Id": "a◆\\d"}`, scriptOf('')],
  ['E01', 'something after the end', `{}\n◆{}`, scriptOf('')],
  [
    'E02',
    'a key that is repeated',
    scriptOf('{"Log": {"Text": "a", ◆"Text": "b"}}'),
    scriptOf('{"Log": {"Text": "a"}}'),
  ],
  ['E03', 'an array', '◆[]', scriptOf('')],
  ['E03', 'no Id', `◆{"BackEnd": "Scriptable", "CheckSystem": {}}`, scriptOf('')],
  ['E03', 'another BackEnd', `{"Id": "X", "BackEnd": ◆"Other", "CheckSystem": {}}`, scriptOf('')],
  ['E04', 'no operation', `◆{"Id": "X", "BackEnd": "Scriptable", "Login": {}}`, scriptOf('')],
  ['E05', 'Functions as an object', scriptOf('', '"Functions": ◆{"F": {}}'), scriptOf('', '"Functions": []')],
  [
    'E05',
    'a function without a name',
    scriptOf('', `"Functions": [◆{${returnTrue}}]`),
    scriptOf(call('["a"]'), oneParameter),
  ],
  ['E06', 'its schema', scriptOf('', '◆"$schema": "x"'), scriptOf('')],
  [
    'E07',
    'a name of two functions',
    scriptOf('', `"F": {}, "Functions": [{"Name": ◆"F"}]`),
    scriptOf('', `"F": {}, "Functions": [{"Name": "G"}]`),
  ],
  [
    'E07',
    'a name that an import has',
    scriptOf('', `"Imports": ["LinuxSshLogin"], ◆"LogoutSsh": {}`),
    scriptOf('', `"Imports": ["LinuxSshLogin"], "Logout": {}`),
  ],
  [
    'E07',
    'two imports with the same function',
    scriptOf('', '"Imports": ["LinuxSshFunctions", ◆"UnixShellSshFunctions"]').replace('◆', '◆◆'),
    scriptOf('', '"Imports": ["LinuxSshFunctions"]'),
  ],
  ['E08', 'an unknown verb', scriptOf('{◆"If": {}}'), scriptOf('{"Comment": "x"}')],
  ['E08', 'a verb in another case', scriptOf('{◆"log": {"Text": "x"}}'), scriptOf('{"Log": {"Text": "x"}}')],
  ['E08', 'two verbs in a step', scriptOf('◆{"Log": {}, "Comment": "x"}'), scriptOf('{"Log": {}}, {"Comment": "x"}')],
  ['E08', 'an empty step', scriptOf('◆{}'), scriptOf('')],
  ['E08', 'a step that is a text', scriptOf('◆"Log"'), scriptOf('')],
  [
    'E09',
    'a parameter in compact notation',
    scriptOf('', '', '◆{"Name": "Address", "Type": "String"}'),
    scriptOf('', '', '{"Address": {"Type": "STRING"}}'),
  ],
  [
    'E09',
    'an unknown type',
    scriptOf('', '', '{"A": {"Type": ◆"Text"}}'),
    scriptOf('', '', '{"A": {"Type": "boolean"}}'),
  ],
  ['E09', 'no type', scriptOf('', '', '{"A": ◆{"Required": true}}'), scriptOf('', '', '{"A": {"Type": "Float"}}')],
  [
    'E09',
    'a reserved name of another type',
    scriptOf('', '', '{"Port": {"Type": ◆"String"}}'),
    scriptOf('', '', '{"Port": {"Type": "Integer"}}'),
  ],
  [
    'E10',
    'an unknown import',
    scriptOf('', '"Imports": [◆"linuxsshlogin"]'),
    scriptOf('', '"Imports": ["LinuxSshLogin"]'),
  ],
  [
    'E11',
    'a function that is nowhere',
    scriptOf('{"Function": {"Name": ◆"G"}}'),
    scriptOf(call('["a"]'), oneParameter),
  ],
  ['E12', 'an argument too many', scriptOf(call('◆["a", "b"]'), oneParameter), scriptOf(call('["a"]'), oneParameter)],
  [
    'E12',
    'no arguments',
    scriptOf('{"Function": ◆{"Name": "F"}}', oneParameter),
    scriptOf(call('["%Address%"]'), oneParameter),
  ],
  [
    'E13',
    'a variable that is nowhere',
    scriptOf('{"Log": {"Text": ◆"a %Uri% and %Uri%"}}'),
    scriptOf('{"Log": {"Text": "%Address% %Uri::$%"}}'),
  ],
  [
    'E13',
    'a type that is not bound',
    scriptOf('{"Log": {"Text": ◆"%{Uri.EscapeDataString(Address)}%"}}'),
    scriptOf('{"Log": {"Text": "%{Regex.IsMatch(Address, \\"a\\")}%"}}'),
  ],
  [
    'E13',
    'what not every operation declares',
    scriptOf(
      '{"Function": {"Name": "F"}}',
      `"CheckPassword": {"Do": [{"Function": {"Name": "F"}}]}, "F": {"Do": [{"Log": {"Text": ◆"%Address%"}}]}`,
    ),
    scriptOf('{"Function": {"Name": "F"}}', `"F": {"Do": [{"Log": {"Text": "%Address%"}}]}`),
  ],
  [
    'E13',
    'Exception outside of Catch',
    scriptOf('{"Log": {"Text": ◆"%Exception%"}}'),
    scriptOf('{"Try": {"Do": [], "Catch": [{"Condition": {"If": true, "Then": [{"Log": {"Text": "%Exception%"}}]}}]}}'),
  ],
  [
    'E14',
    'an assignment to nothing',
    scriptOf('{"Eval": {"Expression": ◆"i = 1"}}'),
    scriptOf('{"For": {"Before": "i = 0", "Condition": "i < 3", "End": "i = i + 1", "Body": []}}'),
  ],
  ['E15', 'a Try without Do', scriptOf('{"Try": ◆{"Catch": []}}'), scriptOf('{"Try": {"Do": [], "Finally": []}}')],
  ['E15', 'a Try with Do alone', scriptOf('{"Try": ◆{"Do": []}}'), scriptOf('{"Try": {"Do": [], "Catch": []}}')],
  [
    'E15',
    'Return in Finally',
    scriptOf('{"Try": {"Do": [], "Finally": [{"Condition": {"If": true, "Then": [{◆"Return": {}}]}}]}}'),
    scriptOf(
      '{"Try": {"Do": [], "Finally": [{"ForEach": {"CollectionName": "Address", "ElementName": "e", "Body": [{"Break": {}}]}}]}}',
    ),
  ],
  [
    'E16',
    'a payload that lacks something',
    scriptOf('{"Condition": ◆{"If": true}}'),
    scriptOf('{"Condition": {"If": true, "Then": []}}'),
  ],
  [
    'E16',
    'a Status without Name',
    scriptOf('{"Status": {"Type": "Checking", "Percent": 1, "Message": ◆{}}}'),
    scriptOf('{"Status": {"Type": "Checking", "Percent": 1, "Message": {"Name": "VerifyingPassword"}}}'),
  ],
  ['E16', 'a text for an object', scriptOf('{"Wait": ◆"3"}'), scriptOf('{"Wait": {"Seconds": "3"}}')],
  [
    'E17',
    'what is no expression',
    scriptOf('{"Condition": {"If": ◆"Address ==", "Then": []}}'),
    scriptOf('{"Condition": {"If": "Address == \\"\\"", "Then": []}}'),
  ],
  [
    'E17',
    'what is no pattern',
    scriptOf('{"Receive": {"ConnectionObjectName": "Address", "BufferName": "B", "ExpectRegex": ◆"(a"}}'),
    scriptOf('{"Receive": {"ConnectionObjectName": "Address", "BufferName": "B", "ExpectRegex": "(a%Address%"}}'),
  ],
  [
    'E17',
    'a pattern in an expression',
    scriptOf('{"Condition": {"If": ◆"Regex.IsMatch(Address, \\"[a\\")", "Then": []}}'),
    scriptOf('{"Condition": {"If": "Regex.IsMatch(Address, \\"(?<n>a)|(?<n>b)\\")", "Then": []}}'),
  ],
];

describe('an error', () => {
  test.each(cases)('%s is told of %s, where it is', (code, _what, bad) => {
    const { told, marks, problems } = compare(code, bad);
    expect(told).toEqual(marks);
    expect(problems.map(({ level }) => level)).toEqual(marks.map(() => 'error'));
  });

  test.each(cases)('%s is not told where there is nothing of %s', (code, _what, _bad, good) => {
    expect(good).not.toContain(mark);
    expect(compare(code, good).told).toEqual([]);
  });
});

test('nothing else is looked for in a text that is no JSON', () => {
  expect(compare('E03', '{"BackEnd": 1,}').told).toEqual([]);
});
