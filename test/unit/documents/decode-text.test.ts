import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeText, TextFault, tryReadText } from '../../../src/documents/decode-text.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function faultOf(bytes: Uint8Array): string {
  try {
    decodeText(bytes);
    return 'none';
  } catch (error) {
    return error instanceof TextFault ? error.in('file') : String(error);
  }
}

describe('a text of the user', () => {
  test('is what was written, without a byte-order mark at its start', () => {
    expect(decodeText(Buffer.from('\ufeffa\ufeffb\r\nä'))).toBe('a\ufeffb\r\nä');
    expect(decodeText(Buffer.from(''))).toBe('');
  });

  test('is any text that was written in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (text.startsWith('\ufeff')) return;
        expect(decodeText(Buffer.from(text))).toBe(text);
      }),
    );
  });

  test.each([
    ['a byte of Latin-1', Buffer.from('first\nthe ä: \xe4', 'latin1'), 'file:2:5: the byte 0xe4 is not UTF-8'],
    [
      'a byte behind a character of two units',
      Buffer.from('f09f9880e4', 'hex'),
      'file:1:2: the byte 0xe4 is not UTF-8',
    ],
    ['a character that is cut off', Buffer.from('ä').subarray(0, 1), 'file:1:1: the byte 0xc3 is not UTF-8'],
    ['half of a surrogate pair', Buffer.from([0x61, 0xed, 0xa0, 0x80]), 'file:1:2: the byte 0xed is not UTF-8'],
    [
      'a bad byte after a replacement character',
      Buffer.from([0xef, 0xbf, 0xbd, 0xff]),
      'file:1:2: the byte 0xff is not UTF-8',
    ],
    ['UTF-16', Buffer.from('\ufeffa: b', 'utf16le'), 'file:1:1: this is UTF-16'],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'file:1:1: this is UTF-32'],
  ])('is never %s with something in its place', (_what, bytes, expected) => {
    expect(faultOf(bytes)).toBe(`${expected}; save it as UTF-8`);
  });

  test('is refused by name where it is no UTF-8, and never by a mistake', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const isText = Buffer.from(Buffer.from(bytes).toString('utf8')).equals(Buffer.from(bytes));
        expect(faultOf(bytes) === 'none').toBe(isText);
      }),
    );
  });

  test('of a file has the name that the user gave it', () => {
    const file = path.join(folder, 'latin.cfg');
    writeFileSync(file, Buffer.from([0xe4]));
    expect(tryReadText(file, 'latin.cfg')).toEqual({
      fault: 'latin.cfg:1:1: the byte 0xe4 is not UTF-8; save it as UTF-8',
    });
  });
});
