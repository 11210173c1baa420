import { expect, test } from 'vitest';
import { withoutQuote } from '../../../src/base/without-quote.ts';

function problemOf(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    return withoutQuote((error as Error).message);
  }
  return '';
}

test.each([
  '{"a": hunter22}',
  'hunter22',
  '["hunter22"',
  '{"password":"hunter22",}',
  `{"a":"${'x'.repeat(90)}" hunter22`,
  "', \"' hunter22",
])('what the engine says of %j is told without the piece that it quotes', (text) => {
  expect(problemOf(text)).not.toMatch(/hunter|nter22/);
  expect(problemOf(text)).not.toBe('');
});
