import { expect, test } from 'vitest';
import { maskCut } from '../../../src/secrets/mask-cut.ts';

const secret = 'p"w\u00e4 with blanks';

test.each([
  ['got "p\\"wä wi…, done', 'got "**secret**…, done'],
  ['/login?p=p%22w…', '/login?p=**secret**…'],
  ['p"w… and p"wä w…', '**secret**… and **secret**…'],
  ['a tap…', 'a tap…'],
  ['p"wä wi', 'p"wä wi'],
])('%s is %s', (text, masked) => {
  expect(maskCut(text, [secret], '**secret**')).toBe(masked);
});
