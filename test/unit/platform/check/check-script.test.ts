import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkScript } from '../../../../src/platform/check/check-script.ts';
import { LineIndex } from '../../../../src/platform/script/line-index.ts';
import { verbs } from '../../../../src/platform/tables/verbs.ts';
import { runs } from '../../../thorough.ts';
import { codesOf, scriptOf } from './marked-script.ts';

const sample = scriptOf(
  '{"Connect": {"ConnectionObjectName": "Global:C", "Type": "Ssh", "NetworkAddress": "%Address%", "Login": "%{Address.Trim()}%"}}, {"Function": {"Name": "F", "Parameters": ["%C%"]}}',
  '"Functions": [{"Name": "F", "Parameters": [{"A": {"Type": "Secret"}}], "Do": [{"Try": {"Do": [], "Catch": [{"Log": {"Text": "%A%"}}]}}]}]',
);

/** Names and texts of which scripts are made, so that what is made up comes near to one. */
const words = fc.constantFrom(
  ...verbs.map(({ name }) => name),
  ...[
    'Id',
    'BackEnd',
    'Scriptable',
    'Functions',
    'Imports',
    'Parameters',
    'Do',
    'Name',
    'CheckSystem',
    'Type',
    'Then',
    'Else',
  ],
  ...[
    'Cases',
    'CaseValue',
    'Body',
    'Catch',
    'Finally',
    'If',
    'Value',
    'Message',
    'Content',
    '__proto__',
    'constructor',
    'toString',
  ],
  ...['%A%', '%{A.b(1)}%', '%{', 'a = 1', 'Global:X', '', 'LinuxSshLogin', 'LoginSsh', '(?<a>', 'Secret', 'String'],
);

const values = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 6 }, words, fc.boolean(), fc.constant(null), fc.integer(), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.array(fc.tuple(words, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
})).value;

/** Every problem stands where its path leads. */
function expectPlaced(text: string): void {
  const { problems } = checkScript(text);
  const lines = new LineIndex(text);
  const end = lines.placeOf(text.length);
  for (const { line, column, path } of problems) {
    expect(line ?? 0).toBeGreaterThan(0);
    expect(column ?? 0).toBeGreaterThan(0);
    expect(line ?? 0).toBeLessThanOrEqual(end.line);
    expect(path ?? 'none').toMatch(/^(?:\/|$)/);
  }
  const places = problems.map(({ line, column }) => (line ?? 0) * 1e6 + (column ?? 0));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
}

describe('checkScript', () => {
  test('never throws, whatever the text is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), expectPlaced), { numRuns: runs(1000) });
  });

  test('never throws, whatever the values of a script are', () => {
    const texts = fc.array(fc.tuple(words, values)).map((entries) => JSON.stringify(Object.fromEntries(entries)));
    fc.assert(fc.property(texts, expectPlaced), { numRuns: runs(2000) });
  });

  test('never throws for a script from which something was cut or into which something was put', () => {
    const cuts = fc.tuple(fc.nat(sample.length), fc.nat(20), fc.oneof(words, fc.string()));
    const changed = cuts.map(([start, length, put]) => sample.slice(0, start) + put + sample.slice(start + length));
    fc.assert(fc.property(changed, expectPlaced), { numRuns: runs(3000) });
  });

  test('bears what is nested deep', () => {
    expect(codesOf('['.repeat(100_000))).toEqual(['E01']);
    const deep = '{"Condition": {"If": true, "Then": ['.repeat(200) + ']}}'.repeat(200);
    expect(codesOf(scriptOf(deep))).toEqual(['E01']);
    const nested = '{"Condition": {"If": true, "Then": ['.repeat(100) + ']}}'.repeat(100);
    expect(codesOf(scriptOf(nested))).toEqual([]);
    expect(codesOf(scriptOf(`{"Condition": {"If": "${'('.repeat(50_000)}", "Then": []}}`))).toEqual(['E17']);
  });

  test('passes over a byte-order mark, and counts characters', () => {
    const text = `\uFEFF{"Id": "😀", "BackEnd": 1, "CheckSystem": {}}`;
    const [problem] = checkScript(text).problems;
    expect(problem).toMatchObject({ code: 'E03', line: 1, column: 24, path: '/BackEnd' });
  });

  test('tells what a script has', () => {
    const text = `{"Id": "DemoPortal", "BackEnd": "Scriptable",
      "CheckPassword": {"Parameters": [{"AccountPassword": {"Type": "Secret"}}], "Do": [{"Function": {"Name": "SignIn"}}, {"Return": {"Value": true}}]},
      "Functions": [{"Name": "SignIn"}]}`;
    const { problems, ...report } = checkScript(text, { file: 'portal.json' });
    expect(report).toEqual({
      file: 'portal.json',
      ok: true,
      id: 'DemoPortal',
      operations: ['CheckPassword'],
      functions: ['SignIn'],
      featureFlags: { documented: ['PasswordFl'], engine: ['AccountPasswordFl', 'PasswordFeatureFl'] },
    });
    expect(problems).toEqual([
      {
        level: 'info',
        code: 'L21',
        message: 'CheckPassword is there without ChangePassword',
        hint: 'Add ChangePassword, if the target can do it.',
        file: 'portal.json',
        line: 2,
        column: 24,
        path: '/CheckPassword',
      },
    ]);
  });

  test('takes warnings for errors where it shall, but not what is only worth knowing', () => {
    const warned = scriptOf('{"Throw": {"Message": "x"}}');
    expect([checkScript(warned).ok, checkScript(warned, { strict: true }).ok]).toEqual([true, false]);
    const told = scriptOf('{"SetItem": {"Name": "Global:X"}}');
    expect(checkScript(told, { strict: true })).toMatchObject({ ok: true, problems: [{ level: 'info' }] });
  });
});
