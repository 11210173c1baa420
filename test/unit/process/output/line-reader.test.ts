import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineReader } from '../../../../src/process/output/line-reader.ts';

function read(chunks: Buffer[], limitBytes = 1000): { lines: string[]; tooLong: string[] } {
  const lines: string[] = [];
  const tooLong: string[] = [];
  const reader = new LineReader(
    limitBytes,
    (line) => lines.push(line),
    (start) => tooLong.push(start),
  );
  for (const chunk of chunks) reader.add(chunk);
  return { lines, tooLong };
}

test('lines are the same however the bytes are cut into chunks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''))),
      fc.integer({ min: 1, max: 7 }),
      (lines, size) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        expect(read(chunks, 10_000).lines).toEqual(lines);
      },
    ),
  );
});

test('a line without its end is not a line yet', () => {
  expect(read([Buffer.from('one\ntw')]).lines).toEqual(['one']);
});

test('a line of just the limit passes, a longer one ends the reading with its start', () => {
  expect(read([Buffer.from('12345\n')], 5)).toEqual({ lines: ['12345'], tooLong: [] });
  expect(read([Buffer.from('ok\n123'), Buffer.from('456\nlater\n')], 5)).toEqual({ lines: ['ok'], tooLong: ['12345'] });
});
