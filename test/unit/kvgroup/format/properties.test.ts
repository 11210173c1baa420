import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../../../src/kvgroup/format/decode-text.ts';
import { isSameGroup } from '../../../../src/kvgroup/format/diff-groups.ts';
import type { KvGroup, KvItem } from '../../../../src/kvgroup/format/kv-group.ts';
import type { Encoding, KvMessage } from '../../../../src/kvgroup/format/kv-message.ts';
import { encodeAsWritten } from '../../../../src/kvgroup/format/print-as-written.ts';
import { printMessage } from '../../../../src/kvgroup/format/print-message.ts';
import { MessageStream } from '../../../../src/kvgroup/reading/message-stream.ts';
import { parseMessage } from '../../../../src/kvgroup/reading/parse-message.ts';
import { runs } from '../../../thorough.ts';

const text = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'a', 'value', '"', '\\', '# no', '{', '\r\n', 'Zürich 東京'),
  )
  .map((each) => each.replaceAll('\0', ''));
const { group } = fc.letrec<{ group: KvGroup; item: KvItem }>((tie) => ({
  group: fc.record({ k: text, n: text, c: fc.array(tie('item'), { maxLength: 4 }) }),
  item: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.record({ k: text, v: text }), tie('group')),
}));

/** Texts that are nearly right: pieces of the grammar in any order. */
const nearly = fc
  .array(
    fc.constantFrom(
      '"" "" = {',
      '}',
      '{',
      '=',
      ';',
      ',',
      '"a"',
      '"b" = "1"',
      'word',
      '"x',
      '"',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '#',
      '# c\n',
      '# KVGROUP-V2.0\n',
      '#KVGROUP-V1.1\n',
      '# KVGROUP-V9.9\n',
      '\\',
      '"\\s"',
      '"g" "n" = {',
      '“a”',
      '//',
      '/*',
      '\0',
      '東',
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

function severe({ diagnostics }: KvMessage): string[] {
  return diagnostics.filter(({ level }) => level === 'error').map(({ code }) => code);
}

/** What a message says, without its functions. */
function essence({ root, version, diagnostics }: KvMessage): unknown {
  return { root, version, diagnostics };
}

describe('any tree', () => {
  test('is read as it was printed, by either profile', () => {
    fc.assert(
      fc.property(group, fc.constantFrom('strict' as const, 'compat' as const), (tree, profile) => {
        const message = parseMessage(printMessage(tree), { profile });
        expect(message.diagnostics).toEqual([]);
        expect(message.root).toEqual(tree);
      }),
    );
  });

  test('means the same when its items are sorted', () => {
    fc.assert(
      fc.property(group, (tree) => {
        const sorted = parseMessage(printMessage(tree, { sort: 'product' })).root;
        expect(sorted !== undefined && isSameGroup(tree, sorted)).toBe(true);
      }),
    );
  });

  test.each<Encoding>(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
    'is read from %s with a mark',
    (encoding) => {
      fc.assert(
        fc.property(group, (tree) => {
          const message = parseMessage(encodeText(printMessage(tree).replace(/[\ud800-\udfff]/g, ''), encoding, true));
          expect([message.encoding, message.bom, severe(message)]).toEqual([encoding, true, []]);
        }),
        { numRuns: 30 },
      );
    },
  );
});

describe('any text', () => {
  test('that strict accepts, compat accepts too, and as the same tree', () => {
    fc.assert(
      fc.property(nearly, (each) => {
        const strict = parseMessage(each, { profile: 'strict' });
        const compat = parseMessage(each, { profile: 'compat' });
        if (strict.root !== undefined) expect(compat.root).toEqual(strict.root);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('has a root exactly when it has no error, and diagnostics within itself', () => {
    fc.assert(
      fc.property(nearly, fc.constantFrom('strict' as const, 'compat' as const), (each, profile) => {
        const message = parseMessage(each, { profile });
        expect(message.root === undefined).toBe(severe(message).length > 0);
        for (const { line, column, offset } of message.diagnostics) {
          const at = Buffer.from(each).subarray(0, offset).toString();
          const lines = at.split(/\r\n|\r|\n/);
          // Between CR and LF a line has ended, but it is one end.
          expect([lines.length, Array.from(lines.at(-1) ?? '').length + 1]).toEqual([line, column]);
        }
      }),
      { numRuns: runs(2000) },
    );
  });

  test('that is accepted is printed byte for byte as it was written', () => {
    fc.assert(
      fc.property(nearly, fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-32be'), (each, encoding) => {
        const bytes = encodeText(each, encoding, true);
        const message = parseMessage(bytes, { layout: true });
        if (message.root !== undefined) expect(Buffer.from(encodeAsWritten(message)).equals(bytes)).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('of any bytes ends in diagnostics, not in an exception', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('utf-8' as const, 'cp1252' as const),
        (bytes, encoding) => {
          const message = parseMessage(bytes, { encoding });
          expect(message.root === undefined).toBe(severe(message).length > 0);
          const stream = new MessageStream({ encoding });
          stream.push(bytes);
          stream.finish();
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  test('is the same messages from a stream, however it is cut', () => {
    const pieces = fc.array(
      fc.oneof(
        nearly,
        group.map((tree) => printMessage(tree)),
      ),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(
        pieces,
        fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'utf-32le'),
        fc.boolean(),
        fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('strict' as const, 'compat' as const),
        (parts, encoding, hasMark, sizes, profile) => {
          const bytes = encodeText(parts.join('\n'), encoding, hasMark || encoding !== 'utf-8');
          const whole = new MessageStream({ profile });
          const expected = [...whole.push(bytes), ...whole.finish()].map(essence);
          const cut = new MessageStream({ profile });
          const messages: KvMessage[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = 1 + (sizes[turn % sizes.length] ?? 0);
            messages.push(...cut.push(bytes.subarray(at, at + size)));
            at += size;
          }
          messages.push(...cut.finish());
          expect(messages.map(essence)).toEqual(expected);
        },
      ),
      { numRuns: runs(500) },
    );
  });
});
