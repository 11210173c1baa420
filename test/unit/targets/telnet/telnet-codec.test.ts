import { expect, test } from 'vitest';
import { encodeTelnet, TelnetCodec } from '../../../../src/targets/telnet/telnet-codec.ts';

const [iac, will, wont, does, dont, sub, end] = [255, 251, 252, 253, 254, 250, 240];

test.each<[string, number[], string, number[]]>([
  ['plain text', [97, 98], 'ab', []],
  ['what was offered', [iac, does, 1, iac, does, 3, 97], 'a', []],
  ['an option that nobody has', [iac, does, 31, iac, will, 39], '', [iac, wont, 31, iac, dont, 39]],
  ['one of the client that is of use', [iac, will, 3], '', [iac, does, 3]],
  ['a refusal', [iac, dont, 1], '', [iac, wont, 1]],
  ['a value of an option', [iac, sub, 24, 0, 120, iac, iac, iac, end, 97], 'a', []],
  ['a byte that looks like a command', [iac, iac], '\xff', []],
  ['a command of its own', [iac, 241, 97], 'a', []],
])('%s is understood', (_what, bytes, text, reply) => {
  const received = new TelnetCodec().receive(Buffer.from(bytes));
  expect(received.data.toString('latin1')).toBe(text);
  expect([...received.reply]).toEqual(reply);
});

test('commands may come in pieces, and are answered once', () => {
  const codec = new TelnetCodec();
  const bytes = [97, iac, will, 39, iac, sub, 24, 0, iac, end, 98];
  const received = bytes.map((byte) => codec.receive(Buffer.from([byte])));
  expect(received.map(({ data }) => data.toString()).join('')).toBe('ab');
  expect(received.flatMap(({ reply }) => [...reply])).toEqual([iac, dont, 39]);
});

test('a client that echoes by itself says so', () => {
  const codec = new TelnetCodec();
  expect(codec.clientEchoes).toBe(false);
  codec.receive(Buffer.from([iac, dont, 1]));
  expect(codec.clientEchoes).toBe(true);
});

test('text is sent so that no byte looks like a command', () => {
  expect([...encodeTelnet('ä')]).toEqual([0xc3, 0xa4]);
});
