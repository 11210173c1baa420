import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExactJson } from '../../../src/base/json.ts';
import { createMasker } from '../../../src/secrets/create-masker.ts';
import type { Masker } from '../../../src/secrets/masker.ts';
import { privateKeyBlocks } from '../../../src/secrets/private-key-blocks.ts';
import { secretLeaves } from '../../../src/secrets/secret-leaves.ts';

const maskWord = '***';

const maskerOf = (values: Iterable<string>): Masker => createMasker(values, { maskWord });

const secret = 'pä"s\'s <w>&\\\n\u00a0🔑+/ %41';

/** What Python 3.12 writes for the secret, and what may be left of it. */
const fromPython: [name: string, written: string, masked: string][] = [
  ['json.dumps', '"p\\u00e4\\"s\'s <w>&\\\\\\n\\u00a0\\ud83d\\udd11+/ %41"', '"***"'],
  ['json.dumps without ensure_ascii', '"pä\\"s\'s <w>&\\\\\\n\u00a0🔑+/ %41"', '"***"'],
  [
    'json.dumps, nested twice',
    '"\\"p\\\\u00e4\\\\\\"s\'s <w>&\\\\\\\\\\\\n\\\\u00a0\\\\ud83d\\\\udd11+/ %41\\""',
    '"\\"***\\""',
  ],
  ['repr', "'pä\"s\\'s <w>&\\\\\\n\\xa0🔑+/ %41'", "'***'"],
  ['repr of JSON', '\'"p\\\\u00e4\\\\"s\\\'s <w>&\\\\\\\\\\\\n\\\\u00a0\\\\ud83d\\\\udd11+/ %41"\'', '\'"***"\''],
  ['repr in a list', "['pä\"s\\'s <w>&\\\\\\n\\xa0🔑+/ %41']", "['***']"],
  ['ascii', "'p\\xe4\"s\\'s <w>&\\\\\\n\\xa0\\U0001f511+/ %41'", "'***'"],
  ['repr of bytes', "b'p\\xc3\\xa4\"s\\'s <w>&\\\\\\n\\xc2\\xa0\\xf0\\x9f\\x94\\x91+/ %41'", "b'***'"],
  ['quote', 'p%C3%A4%22s%27s%20%3Cw%3E%26%5C%0A%C2%A0%F0%9F%94%91%2B/%20%2541', '***'],
  ['quote without safe characters', 'p%C3%A4%22s%27s%20%3Cw%3E%26%5C%0A%C2%A0%F0%9F%94%91%2B%2F%20%2541', '***'],
  ['quote_plus', 'p%C3%A4%22s%27s+%3Cw%3E%26%5C%0A%C2%A0%F0%9F%94%91%2B%2F+%2541', '***'],
  ['html.escape', 'pä&quot;s&#x27;s &lt;w&gt;&amp;\\\n\u00a0🔑+/ %41', '***\n***'],
  ['saxutils.escape', 'pä"s\'s &lt;w&gt;&amp;\\\n\u00a0🔑+/ %41', '***\n***'],
  ['saxutils.quoteattr', '"pä&quot;s\'s &lt;w&gt;&amp;\\&#10;\u00a0🔑+/ %41"', '"***"'],
  ['shlex.quote', "'pä\"s'\"'\"'s <w>&\\\n\u00a0🔑+/ %41'", "'***\n***'"],
  ['b64encode', 'cMOkInMncyA8dz4mXArCoPCflJErLyAlNDE=', '***'],
  ['b64encode after one byte', 'eHDDpCJzJ3MgPHc+JlwKwqDwn5SRKy8gJTQxeXo=', 'eH***eXo='],
  ['urlsafe_b64encode after two bytes', 'eHlww6QicydzIDx3PiZcCsKg8J-UkSsvICU0MXo=', 'eHl***Xo='],
  ['hex', '70c3a422732773203c773e265c0ac2a0f09f94912b2f20253431', '***'],
  ['HEX', '70C3A422732773203C773E265C0AC2A0F09F94912B2F20253431', '***'],
];

const key = [
  '-----BEGIN RSA PRIVATE KEY-----',
  'MIIEpAIBAAKCAQEAx8Yc0W0fV1sO0mHqz1rYw2Vn4l5m6Qp7Zt8uXb9eKd3fGh4j',
  'J5kL6mN7oP8qR9sT0uV1wX2yZ3aB4cD5eF6gH7iJ8kL9mN0oP1qR2sT3uV4wX5yZ',
  'a1B2c3D4',
  '-----END RSA PRIVATE KEY-----',
].join('\n');

/** Written anew, apart from what is tested. */
const spellers: Record<string, (value: string) => string> = {
  raw: (value) => value,
  json: (value) => JSON.stringify(value).slice(1, -1),
  'json twice': (value) => JSON.stringify(JSON.stringify(value)).slice(3, -3),
  'json in ASCII': (value) => asAscii(JSON.stringify(value).slice(1, -1)),
  'json in ASCII, capitals': (value) => asAscii(JSON.stringify(value).slice(1, -1), true),
  'json in ASCII twice': (value) => JSON.stringify(asAscii(JSON.stringify(value).slice(1, -1))).slice(1, -1),
  encodeURIComponent: (value) => encodeURIComponent(value),
  'encodeURIComponent in small letters': (value) =>
    encodeURIComponent(value).replace(/%../g, (byte) => byte.toLowerCase()),
  URLSearchParams: (value) => new URLSearchParams({ '': value }).toString().slice(1),
  entities: (value) =>
    value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  'shell quotes': (value) => value.split("'").join("'\\''"),
  'a field of CSV': (value) => value.split('"').join('""'),
  'a text of SQL or YAML': (value) => value.split("'").join("''"),
  repr: (value) => Array.from(value, reprOf).join(''),
  'repr of bytes': (value) =>
    Array.from(Buffer.from(value), (byte) => reprOf(String.fromCharCode(byte), true)).join(''),
  base64: (value) => Buffer.from(value).toString('base64'),
  base64url: (value) => Buffer.from(value).toString('base64url'),
  hex: (value) => Buffer.from(value).toString('hex'),
};

function reprOf(character: string, isByte?: unknown): string {
  const named = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  const code = character.codePointAt(0) ?? 0;
  const digits = (count: number): string => code.toString(16).padStart(count, '0');
  if (named !== undefined) return named;
  if (code < 0x20 || code === 0x7f || (isByte === true && code > 0x7f)) return `\\x${digits(2)}`;
  if (!/(?! )[\p{Z}\p{C}]/u.test(character)) return character;
  return code > 0xffff ? `\\U${digits(8)}` : code > 0xff ? `\\u${digits(4)}` : `\\x${digits(2)}`;
}

function asAscii(json: string, isUpper = false): string {
  return json.replace(/[^\0-\x7e]/g, (unit) => {
    const digits = unit.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${isUpper ? digits.toUpperCase() : digits}`;
  });
}

const newlines = (text: string): number => text.split('\n').length;
const text = (unit: 'binary' | 'grapheme' | 'grapheme-ascii', minLength = 0): fc.Arbitrary<string> =>
  fc.string({ unit, minLength, maxLength: 24 });
/** What escapes, quotes and encodings are made of, so that what looks like one comes up often. */
const awkward = fc.constantFrom(
  ...Array.from('\\\\\\uUxbfnrt0008aAfFgG1"\'%+&#;=<>/*${}()., -'),
  '\n',
  '\r',
  '\t',
  '\0',
  '\b',
  '\f',
  '\x1b',
  '\x7f',
  '\x85',
  '\xa0',
  'ä',
  'ÿ',
  '\u2028',
  '\ufeff',
  '\uffff',
  '\ud83d',
  '\udd11',
  '🔑',
  '\\u00',
  '\\u00e4',
  '\\\\u00',
  '%u00',
  '&#x',
);
const awkwardText = (minLength = 0): fc.Arbitrary<string> => fc.string({ unit: awkward, minLength, maxLength: 24 });
const anyText = fc.oneof(text('grapheme-ascii'), text('grapheme'), text('binary'), awkwardText());
/** Of asterisks or blanks alone there is nothing to tell. */
function isTold(value: string): boolean {
  return !/^[*\s]*$/.test(value) && Array.from(value.trim()).length >= 4;
}
const anySecret = fc
  .oneof(text('grapheme-ascii', 4), text('grapheme', 4), text('binary', 4), awkwardText(4))
  .filter(isTold);

describe('text', () => {
  test.each(fromPython)('is masked where Python wrote a secret with %s', (_name, written, masked) => {
    expect(maskerOf([secret]).text(`a ${written} z`)).toBe(`a ${masked} z`);
  });

  test.each([
    'Pa\\u00ssw0rd',
    'Pa\\u0041ssw0rd',
    'Pa\\bss\\fw0rd',
    '\\\\u00zz',
    'C:\\users\\unknown',
    '\ud83d\\u00',
    '\b\f\x00\x1f\\u00',
  ])('is masked when a secret looks like an escape: %j', (value) => {
    const masker = maskerOf([value]);
    const written = [value, JSON.stringify(value), `'${Array.from(value, reprOf).join('')}'`];
    for (const each of written) expect(masker.text(`a ${each} z`)).toMatch(/^a ["']?\*\*\*["']? z$/);
    expect(masker.failures()).toBe(0);
  });

  test('is masked in base64 that wraps inside the secret', () => {
    const wrapped = 'YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhd2\nh1bnRlcjIyYmJiYmJiYmJi\n';
    expect(maskerOf(['whunter22']).text(wrapped)).not.toMatch(/d2|h1bnRlcjIy/);
  });

  test.each([
    ['a repr with Latin-1 bytes', "b'k\\xe4se\\xa0pass'", 'käse\u00a0pass'],
    ['mixed cases of hex digits', '{"a":"\\u00E4\\u00e4bc"}', 'ääbc'],
    ['JSON that escapes slashes', '"a\\/b\\/c"', 'a/b/c'],
    ['markup-safe JSON', '"a\\u003cb\\u003e"', 'a<b>'],
    ['markup in JSON', '"a\\"&lt;b&gt;c"', 'a"<b>c'],
    ['shell quotes in a repr', `"'it'\\"'\\"'s'"`, "it's"],
    ['backslashes of a shell', 'pa\\ ss\\$word', 'pa ss$word'],
    ['numeric entities', 'p&#228;&#xdf;x&#10;y', 'päßx\ny'],
    ['a URL in a URL', '%2525a%253Db%2526c', '%a=b&c'],
    ['basic authentication', 'Basic cm9vdDpodW50ZXIyMg==', 'hunter22'],
    ['CSV', '1,"pass""word",x', 'pass"word'],
    ['SQL', "SET PASSWORD = 'it''s me';", "it's me"],
    ['SQL in a repr', "\"SET PASSWORD = 'it''s\\\\me'\"", "it's\\me"],
    ['YAML', "password: 'it''s: me'", "it's: me"],
  ])('is masked in %s', (_name, written, value) => {
    const masked = maskerOf([value]).text(written);
    expect(masked).toContain(maskWord);
    expect(masked).not.toContain(written.slice(2, -2));
  });

  test.each(Object.keys(spellers))('never keeps a secret spelled as %s', (name) => {
    fc.assert(
      fc.property(anySecret, anyText, anyText, (value, before, after) => {
        const written = spellers[name]?.(value.toWellFormed()) ?? '';
        const input = before + written + after;
        const masker = maskerOf([value.toWellFormed()]);
        const masked = masker.text(input);
        expect(masked).not.toContain(written);
        expect(newlines(masked)).toBe(newlines(input));
        expect(masker.text(masked)).toBe(masked);
      }),
    );
  });

  test('never keeps a secret that is no Unicode, raw or as JSON', () => {
    fc.assert(
      fc.property(awkwardText(4).filter(isTold), anyText, anyText, (value, before, after) => {
        const masker = maskerOf([value]);
        for (const written of [value, asAscii(JSON.stringify(value).slice(1, -1))]) {
          expect(masker.text(before + written + after)).not.toContain(written);
        }
        expect(masker.failures()).toBe(0);
      }),
    );
  });

  test('never keeps base64 of data around a secret', () => {
    fc.assert(
      fc.property(anySecret, fc.uint8Array(), fc.uint8Array(), (value, before, after) => {
        const bytes = Buffer.from(value);
        const start = Math.ceil((before.length * 8) / 6);
        const end = Math.floor(((before.length + bytes.length) * 8) / 6);
        const input = Buffer.concat([before, bytes, after]).toString('base64');
        expect(maskerOf([value]).text(input)).not.toContain(input.slice(start, end));
      }),
    );
  });

  test('never keeps one of many secrets, and is the same when masked again', () => {
    const few = fc.string({
      unit: fc.constantFrom('a', 'b', '*', '\\', '\n', '%', 'n', '4', '&'),
      minLength: 4,
      maxLength: 6,
    });
    const long = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\', '\n', '%', 'n', '4', '&'), maxLength: 60 });
    const told = few.filter((value) => !/^[*\s]*$/.test(value));
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 6 }), long, (values, input) => {
        const masker = maskerOf(values);
        const masked = masker.text(input);
        for (const value of values) expect(masked).not.toContain(value);
        expect(newlines(masked)).toBe(newlines(input));
        expect(masker.text(masked)).toBe(masked);
      }),
    );
  });

  test.each([
    ['overlap', ['abcdef', 'defghi'], 'x abcdefghi y', 'x *** y'],
    ['abut', ['abcd', 'efgh'], 'x abcdefgh y', 'x *** y'],
    ['hold each other', ['hunter', 'hunter22'], 'x hunter22 hunter y', 'x *** *** y'],
    ['come about by masking', ['hunter22', 'a***'], 'ahunter22', '***'],
    ['are no longer than three characters', ['abc', ''], 'abc', 'abc'],
  ])('is masked where secrets %s', (_name, values, input, masked) => {
    expect(maskerOf(values).text(input)).toBe(masked);
  });

  test('keeps its line breaks', () => {
    expect(maskerOf(['one\r\ntwo\n\nthree']).text('a one\r\ntwo\n\nthree b')).toBe('a ***\r\n***\n\n*** b');
  });

  test('is masked line by line where a program indents or cuts a key', () => {
    const lines = key.split('\n').map((line) => `  | ${line}`);
    expect(maskerOf([key]).text(lines.slice(1, -1).join('\n'))).toBe('  | ***\n  | ***\n  | ***');
    expect(maskerOf([key]).text('-----END CERTIFICATE-----')).toBe('-----END CERTIFICATE-----');
  });

  test.each([
    ['as it is', key, '***\n***\n***\n***\n***'],
    ['as JSON', JSON.stringify(key), '"***"'],
    ['as JSON, twice', JSON.stringify(JSON.stringify(key)), '"\\"***\\""'],
    ['in a URL', encodeURIComponent(key), '***'],
    ['on one line', key.replaceAll('\n', ' '), '***'],
    ['without its end', key.split('\n').slice(0, 3).join('\n') + '\nINFO: next', '***\n***\n***\nINFO: next'],
    ['without its end, as JSON', JSON.stringify(key.slice(0, 120)), '"***"'],
    [
      'encrypted',
      key.replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES,00\n\n'),
      '***\n***\n***\n\n***\n***\n***\n***',
    ],
    ['of another type', key.replaceAll('RSA ', 'OPENSSH '), '***\n***\n***\n***\n***'],
  ])('loses a private key that nobody told of, written %s', (_name, written, masked) => {
    expect(maskerOf([]).text(`key: ${written}\nend`)).toBe(`key: ${masked}\nend`);
  });

  test('keeps what is no private key', () => {
    const certificate = key.replaceAll('RSA PRIVATE KEY', 'CERTIFICATE');
    expect(maskerOf([]).text(certificate)).toBe(certificate);
    expect(maskerOf([]).text('-----BEGIN PRIVATE KEY----- is missing\nsee above')).toBe('*** is missing\nsee above');
  });

  test('of 1.2 MiB is masked with 500 secrets', () => {
    const values = Array.from({ length: 500 }, (_, index) => `${String(index)}-p@ss"wörd/${String(index * 7919)}`);
    const line = (index: number): string => JSON.stringify({ at: index, said: values[index % 500] });
    const input = Array.from({ length: 27_000 }, (_, index) => line(index)).join('\n');
    const masked = maskerOf(values).text(input);
    expect(masked).not.toContain('p@ss');
    expect(newlines(masked)).toBe(27_000);
  });
});

test.each([
  ['too many', Array.from({ length: 100_000 }, (_, index) => `p${String(index).padStart(6, '0')}`)],
  ['too long', ['x'.repeat(2_000_000)]],
])('secrets that are %s to be looked for are hidden with all that may hold them', (_name, values) => {
  const masker = maskerOf(values);
  expect(masker.text('a p000001 z\nb')).toBe('***\n***');
  expect(masker.json({ a: ['p000001'] })).toEqual({ '***': '***' });
  expect(masker.failures()).toBe(2);
});

describe('json', () => {
  const masker = createMasker(['hunter22', '1234'], {
    maskWord,
    isSecretName: (name) => name === 'pin',
    isFixedName: (name) => name === 'value',
  });

  test.each([
    ['strings', { a: ['x hunter22', 1, null, true] }, { a: ['x ***', 1, null, true] }],
    ['numbers', { a: 1234, b: [5] }, { a: '***', b: [5] }],
    ['names', { 'x-hunter22': 1 }, { 'x-***': 1 }],
    ['names that become the same', { hunter22: 1, '1234': 2 }, { '***': 2, '*** (2)': 1 }],
    ['short values in their own field', { pin: 'ab', pins: 'ab' }, { pin: '***', pins: 'ab' }],
    [
      'all below a secret name',
      { pin: { a: ['x', 7, true, null, ''] } },
      { pin: { a: ['***', '***', '***', null, ''] } },
    ],
  ])('has its %s masked', (_name, value, masked) => {
    expect(masker.json(value)).toEqual(masked);
  });

  test('keeps names that are part of a contract', () => {
    expect(
      createMasker(['value'], { maskWord, isFixedName: (name) => name === 'value' }).json({ value: 'value' }),
    ).toEqual({ value: '***' });
  });

  test('keeps numbers as they were written', () => {
    expect(JSON.stringify(masker.json(parseExactJson('{"a":1.0,"pin":2.0,"b":1234.0}')))).toBe(
      '{"a":1.0,"pin":"***","b":"***"}',
    );
  });

  test('keeps a member named __proto__', () => {
    expect(JSON.stringify(masker.json(parseExactJson('{"__proto__":"hunter22"}')))).toBe('{"__proto__":"***"}');
  });
});

test('secretLeaves gives texts and numbers below secret names', () => {
  const value = { a: { pin: [12345, 'x', true] }, list: [{ pin: 'y' }], b: 'z' };
  expect(secretLeaves(value, (name) => name === 'pin')).toEqual(['12345', 'x', 'y']);
});

test('privateKeyBlocks gives each private key of a text', () => {
  expect(privateKeyBlocks(`a\n${key}\nb\n${key}\n`)).toEqual([key, key]);
});

describe('a mask word of letters', () => {
  const maskedBy = (values: string[], input: string): string =>
    createMasker(values, { maskWord: '**secret**' }).text(input);

  test.each([
    ['stands for a secret', ['hunter22'], 'a hunter22 z', 'a **secret** z'],
    ['stands on every line that the secret had', ['one\ntwo'], 'one\ntwo', '**secret**\n**secret**'],
    ['stands for a secret that is a part of it', ['secret'], 'my secret is secret', 'my **secret** is **secret**'],
    ['is left as it is in what was masked before', ['secret', '**secret**'], 'a **secret** z', 'a **secret** z'],
    ['makes no secret with what is around it', ['hunter22', 't**x'], 'a hunter22x z', 'a **secre**secret** z'],
  ])('%s', (_name, values, input, masked) => {
    expect(maskedBy(values, input)).toBe(masked);
  });

  test('stands in values too, and in what is hidden as a whole', () => {
    const masker = createMasker(['x'.repeat(2_000_000)], {
      maskWord: '**secret**',
      isSecretName: (name) => name === 'pin',
    });
    expect(masker.json({ pin: 1 })).toEqual({ pin: '**secret**' });
    expect(masker.json({ name: 'hidden' })).toEqual({ '**secret**': '**secret**' });
    expect(masker.text('hidden\nhidden')).toBe('**secret**\n**secret**');
  });
});
