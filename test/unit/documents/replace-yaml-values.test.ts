import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Json } from '../../../src/base/json.ts';
import { replaceYamlValues } from '../../../src/documents/replace-yaml-values.ts';

const text = `# a test
cases:
  - name: one # of them
    expect:
      # kept
      verdict: DENY   # why
      value: { question: [otp, { any: string }, true], n: 1 }
      cookie:
        tries: 2
        list:
          - a
          - b

      # below
      log: |
        line one
        line two
      message: 'it''s'
      "quoted": "x"
  - {name: two, expect: {value: {passwords: [secret]}, log: plain}}
`;

const one = ['cases', 0, 'expect'];
const two = ['cases', 1, 'expect'];

/** The lines that are other ones, with those that they replace. */
function changes(keys: (string | number)[], value: Json): string {
  const changed = replaceYamlValues(text, [{ keys, value }]) ?? 'nothing';
  const [before, after] = [text, changed].map((each) => each.split('\n')) as [string[], string[]];
  const first = before.findIndex((line, index) => line !== after[index]);
  const last = before.toReversed().findIndex((line, index) => line !== after.toReversed()[index]);
  return after.slice(first, after.length - last).join('\n');
}

describe('what is written over', () => {
  test.each<[string, (string | number)[], Json, string]>([
    ['a word', [...one, 'verdict'], 'ACCEPT', '      verdict: ACCEPT   # why'],
    ['what has to be quoted', [...one, 'verdict'], 'a: b # c', "      verdict: 'a: b # c'   # why"],
    ['lines before a comment', [...one, 'verdict'], 'a\nb', '      verdict: "a\\nb"   # why'],
    ['null', [...one, 'verdict'], null, '      verdict: null   # why'],
    [
      'a text that looks like a number',
      [...two, 'log'],
      '1',
      "  - {name: two, expect: {value: {passwords: [secret]}, log: '1'}}",
    ],
    ['single quotes', [...one, 'message'], "isn't", "      message: 'isn''t'"],
    ['double quotes', [...one, 'quoted'], 'a"b', '      "quoted": "a\\"b"'],
    [
      'a list on one line',
      [...one, 'value', 'question'],
      ['x, y', { a: '#' }, true],
      "      value: { question: ['x, y', { a: '#' }, true], n: 1 }",
    ],
    [
      'a mapping without blanks',
      [...two, 'value'],
      { a: { b: [] } },
      '  - {name: two, expect: {value: {a: {b: []}}, log: plain}}',
    ],
    [
      'a list on several lines',
      [...one, 'cookie', 'list'],
      ['c', { d: 1, e: 2 }],
      '          - c\n          - d: 1\n            e: 2',
    ],
    ['a list that gets empty', [...one, 'cookie', 'list'], [], '          []'],
    ['a mapping on several lines', [...one, 'cookie'], { a: { b: 1 } }, '        a:\n          b: 1'],
    ['lines', [...one, 'log'], 'one\n\n  two\n', '        one\n\n          two'],
    ['lines that begin with a blank', [...one, 'log'], ' one\ntwo', '      log: |2-\n         one\n        two'],
    ['one line in place of several', [...one, 'log'], 'one', '      log: one'],
    ['control characters', [...one, 'log'], 'a\u001bb\nc', '      log: "a\\u001bb\\nc"'],
  ])('%s keeps all around it', (_what, keys, value, expected) => {
    expect(changes(keys, value)).toBe(expected);
  });

  test('several places, a byte-order mark and ends of lines of Windows stay', () => {
    const windows = `\uFEFFa: 1\r\nb: |\r\n  x\r\nc: 2 # two\r\n`;
    const replaced = replaceYamlValues(windows, [
      { keys: ['a'], value: 3 },
      { keys: ['b'], value: 'y\nz\n' },
      { keys: ['c'], value: 'four' },
    ]);
    expect(replaced).toBe(`\uFEFFa: 3\r\nb: |\r\n  y\r\n  z\r\nc: four # two\r\n`);
  });

  test.each<[string, string, (string | number)[]]>([
    ['is not there', 'a: 1\n', ['b']],
    ['is in what others refer to', 'a: &x {b: 1}\nc: *x\n', ['a', 'b']],
    ['is what others refer to', 'a: &x 1\nc: *x\n', ['a']],
    ['is elsewhere', 'a: &x {b: 1}\nc: *x\n', ['c', 'b']],
  ])('nothing where the place %s', (_why, source, keys) => {
    expect(replaceYamlValues(source, [{ keys, value: 2 }])).toBeUndefined();
  });
});

const word = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'true', '1', '- a', '# x', 'a: b', ' x ', 'a\nb\n', '\n', '|'),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

test('any value can be written over any other, in whatever style', () => {
  fc.assert(
    fc.property(value, value, fc.boolean(), (before, after, isFlow) => {
      const source = { first: 1, cases: [{ expect: before, next: 'x' }], last: [2] };
      const written = stringify(source, { ...(isFlow && { collectionStyle: 'flow' as const }), lineWidth: 0 });
      const changed = replaceYamlValues(written, [{ keys: ['cases', 0, 'expect'], value: after }]);
      expect(parse(changed ?? '')).toEqual({ ...source, cases: [{ expect: after, next: 'x' }] });
    }),
  );
});
