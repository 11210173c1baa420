import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeFixture, printFixture } from '../../../../src/kvgroup/fixtures/make-fixture.ts';
import { getPath } from '../../../../src/kvgroup/format/get-path.ts';
import type { KvGroup, KvItem } from '../../../../src/kvgroup/format/kv-group.ts';
import { findPoint, listPoints } from '../../../../src/kvgroup/points/find-point.ts';
import { checkMessages } from '../../../../src/kvgroup/validation/check-messages.ts';
import { validateMessage } from '../../../../src/kvgroup/validation/validate-message.ts';
import { runs } from '../../../thorough.ts';

function check(point: string, direction: 'input' | 'output', text: string, input: KvGroup[] = []): string[] {
  return checkMessages(findPoint(point), direction, Buffer.from(text), input).map(
    ({ code, path, line, column }) => `${code} ${path ?? '-'} ${line ?? '-'}:${column ?? '-'}`,
  );
}

describe('the text of messages', () => {
  test.each(listPoints().map((point) => [point.id, point] as const))('of a fixture of %s is valid', (_id, point) => {
    const text = printFixture(makeFixture(point));
    const problems = checkMessages(point, 'input', Buffer.from(text));
    expect(problems.map(({ code }) => code)).toEqual(point.isPublished ? [] : ['POINT_UNPUBLISHED']);
  });

  test('that cannot be read is told with its place, and nothing else is', () => {
    expect(check('03', 'output', '"" "" = {\n  "retval" = "0"\n')).toEqual(['KVG001 - 3:1']);
  });

  test('that is readable with a warning is checked all the same', () => {
    expect(check('03', 'output', '"" "" = {\n  retval = "x"\n  "try" = "a"\n}')).toEqual([
      'KVG008 - 2:3',
      'VALUE_TYPE retval 2:3',
    ]);
  });

  test('of a stream is context and items, each by its own rules', () => {
    const context = printFixture({ ...makeFixture(findPoint('25')), items: [] });
    const lines = context.split('\n').length - 1;
    expect(check('25', 'input', `${context}"prequest" "" = {\n  "itemID" = "a"\n}\n`)).toEqual([
      `KEY_MISSING description ${lines + 1}:1`,
    ]);
  });

  test('without any message says what belongs there', () => {
    expect(check('25', 'output', '')).toEqual(['KVG000 - -:-']);
    expect(check('03', 'output', '')).toEqual(['KVG000 - 1:1']);
  });

  const answers = (count: number, extra = ''): string => '"" "" = { "filter" = "true" }\n'.repeat(count) + extra;
  const { input, items } = makeFixture(findPoint('25'));

  test.each([
    ['an answer for each', answers(3), []],
    ['one too few', answers(2), ['MESSAGE_COUNT - -:-']],
    ['one too many', answers(4), ['MESSAGE_COUNT - -:-']],
    ['a stop by retval', answers(1, '"" "" = { "retval" = "1" }'), []],
    ['a stop by errmsg', answers(1, '"" "" = { "errmsg" = "no" }'), []],
  ])('answers to three items: %s', (_name, text, expected) => {
    expect(check('25', 'output', text, [input, ...items])).toEqual(expected);
  });

  test('of a download ends before the bytes of the file', () => {
    expect(check('56', 'output', '"" "" = { "contentType" = "a" "filename" = "b" }"x", {1')).toEqual([]);
  });

  test('to an exit trap may be answered with anything readable', () => {
    expect(check('57', 'output', '"x" "" = { "y" = "z" }')).toEqual(['POINT_UNPUBLISHED - -:-']);
  });
});

const key = fc.constantFrom('', '*', 'retval', 'request', 'resource', 'phase', 'attribute', 'constructor', '__proto__');
const { tree } = fc.letrec<{ tree: KvGroup; item: KvItem }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4 },
    fc.record({ k: key, v: fc.constantFrom('', '0', 'true', 'constructor', 'R') }),
    fc.record({ v: fc.constant('x') }),
    tie('tree'),
  ),
  tree: fc.record({ k: key, n: fc.constantFrom('', '1', 'R', ']/['), c: fc.array(tie('item'), { maxLength: 5 }) }),
}));

test('any tree at any point ends in problems, and every path of one is a path', () => {
  const points = listPoints();
  fc.assert(
    fc.property(tree, tree, fc.constantFrom(...points), (root, input, point) => {
      for (const direction of ['input', 'output'] as const) {
        for (const { path, level, message, hint } of validateMessage(point, direction, root, { input })) {
          expect(() => getPath(root, path ?? 'a')).not.toThrow();
          expect([level, message, hint].every((text) => text !== '')).toBe(true);
        }
      }
    }),
    { numRuns: runs(300) },
  );
});
