import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MaskedOutput } from '../../../../src/gateway/casting/masked-output.ts';
import { createMasker } from '../../../../src/secrets/create-masker.ts';

function open(...values: string[]): { add: (text: string) => string; end: () => string } {
  const output = new MaskedOutput({ values, text: (text) => createMasker(values, { maskWord: '***' }).text(text) });
  const join = (parts: readonly { text: string }[]): string => parts.map(({ text }) => text).join('');
  return { add: (text) => join(output.add(Buffer.from(text), 0)), end: () => join(output.end(0)) };
}

test('a secret that is typed letter by letter is masked, and what only begins like one is told when it goes on otherwise', () => {
  const output = open('hunter22');
  expect(output.add('$ ')).toBe('$ ');
  expect(Array.from('hunter22', (letter) => output.add(letter)).join('')).toBe('***');
  expect(output.add(' hunt')).toBe(' ');
  expect(output.add('ing')).toBe('hunting');
  expect(output.add('hun')).toBe('');
  expect(output.end()).toBe('hun');
});

test('a secret that another one begins with waits for the rest of the other', () => {
  const output = open('hunter22', 'hunter2299');
  expect(output.add('hunter22')).toBe('');
  expect(output.add('99.')).toBe('***.');
  expect(output.add('hunter229')).toBe('');
  expect(output.add('.')).toBe('***9.');
});

test('a secret that ends as it begins waits whole', () => {
  const output = open('papa-papa');
  expect(output.add('papa-papa')).toBe('');
  expect(output.end()).toBe('***');
});

test('a secret is masked in another spelling, and over several lines, too', () => {
  const output = open('hunter22!', 'first line\nsecond line');
  const encoded = Buffer.from('hunter22!').toString('base64');
  expect(output.add(encoded.slice(0, 5)) + output.add(`${encoded.slice(5)} `)).toBe('*** ');
  expect(output.add('first li') + output.add('ne\r\nsecond') + output.add(' line\r\n')).toBe('***\r\n***\r\n');
});

test('what goes on like a secret does not wait for ever', () => {
  const output = open('papa-papa');
  const told = Array.from({ length: 100 }, () => output.add('papa-'.repeat(200))).join('');
  expect(told).not.toBe('');
  expect(told).not.toContain('papa-papa');
});

test('the time of a text is when it came, and of a secret when it was complete', () => {
  const secrets = { values: ['hunter22'], text: (text: string) => text.replace('hunter22', '***') };
  const output = new MaskedOutput(secrets);
  expect(output.add(Buffer.from('a hun'), 1)).toEqual([{ atMs: 1, text: 'a ' }]);
  expect(output.add(Buffer.from('t '), 2)).toEqual([
    { atMs: 1, text: 'hun' },
    { atMs: 2, text: 't ' },
  ]);
  expect([...output.add(Buffer.from('hunter'), 3), ...output.add(Buffer.from('22.'), 4)]).toEqual([
    { atMs: 4, text: '***.' },
  ]);
});

test('however a text is cut, it has no secret, and all else of it', () => {
  const values = ['aab1', 'ab1aab', 'b1€x'];
  const piece = fc.oneof(fc.constantFrom(...values, 'a', 'b', 'aa', 'b1', '€', '\n'), fc.string({ maxLength: 2 }));
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(5)), (pieces, cuts) => {
      const bytes = Buffer.from(pieces.join(''));
      const output = new MaskedOutput({
        values,
        text: (text) => createMasker(values, { maskWord: '***' }).text(text),
      });
      const told: string[] = [];
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        told.push(...output.add(bytes.subarray(at, at + cut), 0).map(({ text }) => text));
        at = Math.min(bytes.length, at + cut);
      }
      told.push(...output.end(0).map(({ text }) => text));
      const whole = createMasker(values, { maskWord: '***' }).text(bytes.toString('utf8'));
      const mended = (text: string): string => text.replace(/\*+/g, '*');
      expect(mended(told.join(''))).toBe(mended(whole));
    }),
  );
});
