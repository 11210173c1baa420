import { expect, test } from 'vitest';
import { createMasker } from '../../../src/secrets/create-masker.ts';
import { MaskedLines } from '../../../src/secrets/masked-lines.ts';

function open(...values: string[]): { add: (text: string) => string[]; end: () => string[] } {
  const lines = new MaskedLines(createMasker(values, { maskWord: '***' }), values);
  return { add: (text) => lines.add(Buffer.from(text)), end: () => lines.end() };
}

test('a line is given when it is complete, masked', () => {
  const lines = open('hunter22');
  expect(lines.add('asking with hun')).toEqual([]);
  expect(lines.add('ter22\nand')).toEqual(['asking with ***']);
  expect(lines.add(' then\n\n')).toEqual(['and then', '']);
  expect(lines.end()).toEqual([]);
});

test('what is left at the end is given without a line end', () => {
  const lines = open('hunter22');
  expect(lines.add('done, hunter22')).toEqual([]);
  expect(lines.end()).toEqual(['done, ***']);
});

test('a character that comes in pieces is one', () => {
  const lines = new MaskedLines(createMasker([], { maskWord: '***' }), []);
  const [first, ...others] = Buffer.from('ü\n');
  expect(lines.add(Buffer.from([first ?? 0]))).toEqual([]);
  expect(lines.add(Buffer.from(others))).toEqual(['ü']);
});

const key = ['-----BEGIN PRIVATE KEY-----', 'c2hvcnQ=', 'bGluZXM=', '-----END PRIVATE KEY-----'];

test('a private key that nobody knew is held back until it is complete', () => {
  const lines = open();
  expect(lines.add(`before\n${key[0] ?? ''}\n`)).toEqual(['before']);
  expect(lines.add(`${key[1] ?? ''}\n${key[2] ?? ''}\n`)).toEqual([]);
  expect(lines.add(`${key[3] ?? ''}\nafter\n`)).toEqual(['***', '***', '***', '***', 'after']);
});

test('one that never ends does not hold the log for ever', () => {
  const lines = open();
  expect(lines.add('-----BEGIN PRIVATE KEY-----\n')).toEqual([]);
  expect(lines.add('no key\n'.repeat(4000)).length).toBeGreaterThan(3000);
});

test('a secret of several lines is held back from its first line on', () => {
  const lines = open('ab\ncd\nef');
  expect(lines.add('x ab\n')).toEqual([]);
  expect(lines.add('cd\n')).toEqual([]);
  expect(lines.add('other\n')).toEqual(['x ab', 'cd', 'other']);
  expect(lines.add('ab\ncd\nef\n')).toEqual(['***', '***', '***']);
});

test('a secret in base64 that is wrapped is held back until it is there as a whole', () => {
  const secret = 'correct horse battery staple '.repeat(5);
  const encoded = Buffer.from(secret).toString('base64');
  const wrapped = encoded.match(/.{1,76}/g) ?? [];
  const lines = open(secret);
  expect(lines.add(`key:\n${wrapped[0] ?? ''}\n`)).toEqual(['key:']);
  expect(lines.add(`${wrapped.slice(1).join('\n')}\nafter\n`)).toEqual([...wrapped.map(() => '***'), 'after']);
});

test('what only begins like one is given', () => {
  const secret = 'correct horse battery staple '.repeat(5);
  const lines = open(secret);
  const start = Buffer.from(secret).toString('base64').slice(0, 20);
  expect(lines.add(`${start}\n`)).toEqual([]);
  expect(lines.add('something else\n')).toEqual([start, 'something else']);
});
