import { expect, test } from 'vitest';
import { TailCollector } from '../../../../src/process/output/tail-collector.ts';

function collect(limitBytes: number, chunks: string[], mask = (text: string): string => text): string {
  const collector = new TailCollector(limitBytes);
  for (const chunk of chunks) collector.add(Buffer.from(chunk));
  return collector.collect(mask);
}

test('what is within the limit is kept whole', () => {
  expect(collect(6, ['abc', 'def'])).toBe('abcdef');
});

test('of more the last is kept, and how much is missing is said', () => {
  expect(collect(4, ['abc', 'def', 'ghi'])).toBe('[… 5 bytes are left out here …]\nfghi');
});

test('a secret that lies across the cut is masked before it is cut', () => {
  expect(collect(5, ['ab sec', 'ret cd'], (text) => text.replace('secret', '***'))).toMatch(/\n\*\* cd$/);
});

test('memory is bounded by the limit, the margin and a chunk', () => {
  const collector = new TailCollector(1000);
  const chunk = Buffer.alloc(64, 'x');
  for (let count = 0; count < 10_000; count++) collector.add(chunk);
  expect(
    collector.collect((text) => {
      expect(text.length).toBeLessThanOrEqual(2000 + 64);
      return text;
    }),
  ).toContain('639000 bytes are left out');
});
