import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogCollector } from '../../../../src/process/output/log-collector.ts';

const asIs = (text: string): string => text;

function collect(
  limit: number,
  writes: [number, string][],
  mask = asIs,
  margin = 8,
): { text: string; truncated: boolean } {
  const collector = new LogCollector(limit, margin);
  for (const [atMs, text] of writes) collector.add(Buffer.from(text), atMs);
  const { lines, truncated } = collector.collect(mask);
  return { text: lines.map((line) => line.text).join('\n'), truncated };
}

test('each line bears the time of its first byte', () => {
  const collector = new LogCollector(1000);
  collector.add(Buffer.from('fi'), 1);
  collector.add(Buffer.from('rst\nsecond\nthi'), 5);
  collector.add(Buffer.from('rd\n'), 9);
  expect(collector.collect(asIs)).toEqual({
    lines: [
      { atMs: 1, text: 'first' },
      { atMs: 5, text: 'second' },
      { atMs: 5, text: 'third' },
    ],
    truncated: false,
  });
});

test('a letter whose bytes arrive apart is one letter', () => {
  const collector = new LogCollector(1000);
  const bytes = Buffer.from('ö\n');
  collector.add(bytes.subarray(0, 1), 1);
  collector.add(bytes.subarray(1), 5);
  expect(collector.collect(asIs).lines).toEqual([{ atMs: 1, text: 'ö' }]);
});

test('bytes that are no UTF-8 do no harm', () => {
  const collector = new LogCollector(1000);
  collector.add(Buffer.from([0xff, 0xfe, 0x0a]), 1);
  expect(collector.collect(asIs).lines).toEqual([{ atMs: 1, text: '\ufffd\ufffd' }]);
});

test('of a long log the first and the last half stay, with a line between that says how much is missing', () => {
  const lines = Array.from({ length: 100 }, (_, index): [number, string] => [
    index,
    `line ${String(index).padStart(2, '0')}\n`,
  ]);
  expect(collect(32, lines)).toMatchInlineSnapshot(`
    {
      "text": "line 00
    line 01
    [… 768 bytes of the log are left out here …]
    line 98
    line 99",
      "truncated": true,
    }
  `);
});

test('a secret across the cut is masked, not halved', () => {
  const mask = (text: string): string => text.replaceAll('SECRET', '***');
  const text = `12345SECRET${'.'.repeat(100)}SECRET12345\n`;
  const kept = collect(16, [[0, text]], mask).text;
  expect(kept).toContain('12345***');
  expect(kept).toContain('*12345');
  expect(kept).not.toMatch(/[SECRT]/);
});

test('a log up to the limit is kept byte for byte, whatever the writes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat({ max: 5 }), fc.string({ maxLength: 20 })), { maxLength: 10 }), (writes) => {
      const text = writes.map(([, each]) => each).join('');
      const collected = collect(1000, writes);
      expect(collected.truncated).toBe(false);
      expect(collected.text).toBe(text.endsWith('\n') ? text.slice(0, -1) : text);
    }),
  );
});

test('memory is bounded by the limit, the margins and a block', () => {
  const collector = new LogCollector(1024 * 1024);
  const chunk = Buffer.alloc(64 * 1024, 'x');
  for (let index = 0; index < 2000; index += 1) collector.add(chunk, index);
  const { lines, truncated } = collector.collect(asIs);
  expect(truncated).toBe(true);
  expect(lines.map(({ text }) => text.length).reduce((a, b) => a + b)).toBeLessThan(1024 * 1024 + 200);
});

test('a line longer than 64 Ki characters is capped and says so', () => {
  const collector = new LogCollector(1024 * 1024);
  collector.add(Buffer.from(`${'x'.repeat(70_000)}\n`), 0);
  expect(collector.collect(asIs).lines[0]?.text.slice(65_530)).toBe('xxxxxx [… 4464 characters more]');
});
