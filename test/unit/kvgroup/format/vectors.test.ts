import { describe, expect, test } from 'vitest';
import { isSameGroup } from '../../../../src/kvgroup/format/diff-groups.ts';
import { KeyValueGroup } from '../../../../src/kvgroup/format/key-value-group.ts';
import type { KvDiagnostic } from '../../../../src/kvgroup/format/kv-diagnostic.ts';
import type { KvGroup, KvItem } from '../../../../src/kvgroup/format/kv-group.ts';
import type { KvMessage, Profile } from '../../../../src/kvgroup/format/kv-message.ts';
import { printMessage } from '../../../../src/kvgroup/format/print-message.ts';
import { MessageStream } from '../../../../src/kvgroup/reading/message-stream.ts';
import { parseMessage } from '../../../../src/kvgroup/reading/parse-message.ts';

/** The vectors of the format's description, by their numbers. */

function root(...items: KvItem[]): KvGroup {
  return { k: '', n: '', c: items };
}

/** `error KVG001 3:1` */
function brief(diagnostics: readonly KvDiagnostic[]): string[] {
  return diagnostics.map(({ level, code, line, column }) => `${level} ${code} ${line}:${column}`);
}

function read(text: string | Uint8Array, profile: Profile): { root: KvGroup | undefined; found: string[] } {
  const message = parseMessage(text, { profile });
  return { root: message.root, found: brief(message.diagnostics) };
}

const both: Profile[] = ['strict', 'compat'];
const v03 = '"" "" = {\n  "restrictedvalue" = "red"\n  "errmsg" = ""\n  "restrictedvalue" = "blue"\n}';
const v07 = '"" ""={"a"="1""b"="2""g""n"={}}';

const sound: [vector: string, text: string, version: KvMessage['version'], tree: KvGroup][] = [
  ['V01', '# KVGROUP-V1.0\n"" "" = {\n  "retval" = "0"\n}\n', '1.0', root({ k: 'retval', v: '0' })],
  ['V02', '"" "" = { }', null, root()],
  [
    'V03',
    v03,
    null,
    root({ k: 'restrictedvalue', v: 'red' }, { k: 'errmsg', v: '' }, { k: 'restrictedvalue', v: 'blue' }),
  ],
  [
    'V04',
    '"" "" = {\n  "qid" "B" = { "answer" = "1" }\n  "qid" "A" = { "answer" = "2" }\n  "qid" "B" = { "answer" = "3" }\n}',
    null,
    root(
      { k: 'qid', n: 'B', c: [{ k: 'answer', v: '1' }] },
      { k: 'qid', n: 'A', c: [{ k: 'answer', v: '2' }] },
      { k: 'qid', n: 'B', c: [{ k: 'answer', v: '3' }] },
    ),
  ],
  [
    'V05',
    '"" "" = {\n  "account" = "ACME\\\\kim"\n  "say" = "a \\"b\\"\\tc\\nd"\n}',
    null,
    root({ k: 'account', v: 'ACME\\kim' }, { k: 'say', v: 'a "b"\tc\nd' }),
  ],
  [
    'V06',
    '# note\n"" "" = { # open\n  "tag" = "#1 not a comment" # trailing\n  # only a comment\n}',
    null,
    root({ k: 'tag', v: '#1 not a comment' }),
  ],
  ['V07', v07, null, root({ k: 'a', v: '1' }, { k: 'b', v: '2' }, { k: 'g', n: 'n', c: [] })],
  [
    'V08',
    '"" "" = { "City" = "Zürich" "city" = "東京" }',
    null,
    root({ k: 'City', v: 'Zürich' }, { k: 'city', v: '東京' }),
  ],
  [
    'V09',
    '"attribute" "EMAIL" = {\n  "value" "" = {\n    "value" = "a@x.test"\n    "value" = "b@x.test"\n  }\n}',
    null,
    {
      k: 'attribute',
      n: 'EMAIL',
      c: [
        {
          k: 'value',
          n: '',
          c: [
            { k: 'value', v: 'a@x.test' },
            { k: 'value', v: 'b@x.test' },
          ],
        },
      ],
    },
  ],
  [
    'V10',
    '#KVGROUP-V2.0\nconfig "demo" = {\n  Port = 3334; # number-like\n  Hosts = {\n    AD = { Title = "Main"; };\n  };\n  Deny = { "a", "b"; c };\n};\n',
    '2.0',
    {
      k: 'config',
      n: 'demo',
      c: [
        { k: 'Port', v: '3334' },
        { k: 'Hosts', c: [{ k: 'AD', c: [{ k: 'Title', v: 'Main' }] }] },
        { k: 'Deny', c: [{ v: 'a' }, { v: 'b' }, { v: 'c' }] },
      ],
    },
  ],
];

describe('a sound text', () => {
  test.each(sound.flatMap((each) => both.map((profile) => [...each, profile] as const)))(
    '%s is read without a word, whatever the profile',
    (_vector, text, version, tree, profile) => {
      const message = parseMessage(Buffer.from(text), { profile });
      expect(message.diagnostics).toEqual([]);
      expect(message.root).toEqual(tree);
      expect(message.version).toBe(version);
    },
  );

  test('V03 gives the first value and all', () => {
    const group = new KeyValueGroup(parseMessage(v03).root);
    expect([group.get('restrictedvalue'), group.getAll('restrictedvalue')]).toEqual(['red', ['red', 'blue']]);
  });

  test('V04 gives the groups of a key and name', () => {
    const text = sound.find(([vector]) => vector === 'V04')?.[1] ?? '';
    const group = new KeyValueGroup(parseMessage(text).root);
    expect(group.groups('qid', 'B').map((each) => each.get('answer'))).toEqual(['1', '3']);
  });

  test('V06 keeps its comments', () => {
    const message = parseMessage(sound.find(([vector]) => vector === 'V06')?.[1] ?? '', { layout: true });
    const kept = [...(message.layout?.items.values() ?? [])].map(({ before, tail }) => before + tail).join('');
    expect(kept.match(/# [a-z ]+/g)?.sort()).toEqual(['# note', '# only a comment', '# open', '# trailing']);
  });
});

interface Slip {
  vector: string;
  text: string;
  strict: string[];
  compat: string[];
  /** What compat reads; undefined for an error. */
  tree?: KvGroup;
}

const slips: Slip[] = [
  { vector: 'V11', text: '"" "" = {\n  "a" = "1"\n', strict: ['error KVG001 3:1'], compat: ['error KVG001 3:1'] },
  {
    vector: 'V12',
    text: '"" "" = {\n  "startDate" = "123\n}\n',
    strict: ['error KVG010 2:21'],
    compat: ['warning KVG010 2:21', 'error KVG002 2:17'],
  },
  {
    vector: 'V13',
    text: '"" "" = {\n  "viewas" "" = "REQUESTER"\n}',
    strict: ['error KVG004 2:17'],
    compat: ['warning KVG004 2:17'],
    tree: root({ k: 'viewas', n: '', v: 'REQUESTER' }),
  },
  {
    vector: 'V14',
    text: '"" "" = {\n  "parent" "CA" {\n    "restrictedvalue" = "AB"\n  }\n}',
    strict: ['error KVG003 2:17'],
    compat: ['warning KVG003 2:17'],
    tree: root({ k: 'parent', n: 'CA', c: [{ k: 'restrictedvalue', v: 'AB' }] }),
  },
  {
    vector: 'V15',
    text: '"" "" = {\n  "parent" = "US" = {\n  }\n}',
    strict: ['error KVG005 2:19'],
    compat: ['error KVG005 2:19'],
  },
  {
    vector: 'V16',
    text: '"" "" = {\n  retval = "0"\n}',
    strict: ['error KVG008 2:3'],
    compat: ['warning KVG008 2:3'],
    tree: root({ k: 'retval', v: '0' }),
  },
  { vector: 'V17', text: '"" "" = {\n  "a" = "1"\n}\n}', strict: ['error KVG007 4:1'], compat: ['error KVG007 4:1'] },
  { vector: 'V18', text: '"retval" = "0"\n', strict: ['error KVG016 1:1'], compat: ['error KVG016 1:1'] },
  { vector: 'V19', text: '"" "" = {\n  "a" = \n}', strict: ['error KVG004 3:1'], compat: ['error KVG004 3:1'] },
  {
    vector: 'V20',
    text: '"" "" = { "p" = "a\\sb" }',
    strict: ['warning KVG006 1:19'],
    compat: ['warning KVG006 1:19'],
    tree: root({ k: 'p', v: 'asb' }),
  },
  { vector: 'V21', text: '', strict: ['error KVG000 1:1'], compat: ['error KVG000 1:1'] },
  {
    vector: 'V22',
    text: '"g" = {\n  "a" = "1"\n}',
    strict: ['error KVG017 1:7'],
    compat: ['warning KVG017 1:7'],
    tree: { k: 'g', c: [{ k: 'a', v: '1' }] },
  },
  { vector: 'V23', text: '"" "" = { "a" = "x', strict: ['error KVG002 1:17'], compat: ['error KVG002 1:17'] },
  {
    vector: 'V24',
    text: 'Debug: starting\n"" "" = { "retval" = "0" }\n',
    strict: ['error KVG008 1:1'],
    compat: ['warning KVG008 1:1', 'warning KVG008 1:8', 'error KVG003 2:1'],
  },
];

describe('a text with a slip', () => {
  test.each(slips)('$vector is refused by strict, or warned of, at its place', ({ text, strict, tree }) => {
    const isRefused = strict.some((each) => each.startsWith('error'));
    expect(read(text, 'strict')).toEqual({ found: strict, root: isRefused ? undefined : tree });
  });

  test.each(slips)('$vector is refused by compat, or read with a warning', ({ text, compat, tree }) => {
    expect(read(text, 'compat')).toEqual({ found: compat, root: tree });
  });

  test('V11 names the group that is open', () => {
    expect(parseMessage('"" "" = {\n  "a" = "1"\n').diagnostics[0]?.openedAt).toEqual({ line: 1, column: 1 });
  });

  test.each(both)('V24 guesses a print statement (%s)', (profile) => {
    const [last] = parseMessage('Debug: starting\n"" "" = { "retval" = "0" }\n', { profile }).diagnostics.slice(-1);
    expect(last?.hint).toMatch(/^Text before the KVGroup: a print statement\?/);
  });
});

describe('bytes', () => {
  test.each(both)('V25 in UTF-16 with a byte-order mark are decoded (%s)', (profile) => {
    const bytes = Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from('"" "" = { }', 'utf16le').swap16()]);
    const message = parseMessage(bytes, { profile });
    expect(message).toMatchObject({ encoding: 'utf-16be', bom: true, root: root(), diagnostics: [] });
  });

  test.each(both)('V26 that are no UTF-8 are refused at their offset (%s)', (profile) => {
    const bytes = Buffer.concat([Buffer.from('"" "" = { "a" = "'), Buffer.of(0xff), Buffer.from('" }')]);
    expect(parseMessage(bytes, { profile }).diagnostics).toMatchObject([
      { code: 'KVG009', level: 'error', offset: 17, line: 1, column: 18 },
    ]);
  });
});

test.each(both)('S01 is three messages, each handed over at its closing brace (%s)', (profile) => {
  const text =
    '"" "" = { "module" = "idr" }\n# KVGROUP-V1.0\n"user" "" = { "id" = "u1" }\n# KVGROUP-V1.0\n"user" "" = { "id" = "u2" }\n';
  const stream = new MessageStream({ profile });
  const handedOver = Array.from(Buffer.from(text), (byte) => stream.push(Uint8Array.of(byte)));
  const ends = handedOver.flatMap((messages, index) => (messages.length === 0 ? [] : [text[index]]));
  expect(ends).toEqual(['}', '}', '}']);
  const messages = [...handedOver.flat(), ...stream.finish()];
  expect(messages.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  expect(messages.map(({ version, root: each }) => [version, each?.c])).toEqual([
    [null, [{ k: 'module', v: 'idr' }]],
    ['1.0', [{ k: 'id', v: 'u1' }]],
    ['1.0', [{ k: 'id', v: 'u2' }]],
  ]);
});

test('C01 is the canonical form of V07', () => {
  const tree = parseMessage(v07).root;
  expect(printMessage(tree ?? root())).toBe(
    '# KVGROUP-V1.0\n"" "" = {\n  "a" = "1"\n  "b" = "2"\n  "g" "n" = {\n  }\n}\n',
  );
});

test('D01 takes the order of different keys for nothing, that of one key for a difference', () => {
  const [red, errmsg, blue] = [
    { k: 'restrictedvalue', v: 'red' },
    { k: 'errmsg', v: '' },
    { k: 'restrictedvalue', v: 'blue' },
  ];
  const tree = parseMessage(v03).root ?? root();
  expect(isSameGroup(tree, root(errmsg, red, blue))).toBe(true);
  expect(isSameGroup(tree, root(blue, errmsg, red))).toBe(false);
});
