import { expect, test, vi } from 'vitest';
import { InspectorWords } from '../../../../src/sps/stacks/inspector-words.ts';

const url = 'ws://127.0.0.1:35095/35f06881-668f-4372-a2e0-a8e9fb3e3e43';
const spoken = `Debugger listening on ${url}\nFor help, see: https://nodejs.org/learn/getting-started/debugging\nDebugger attached.\n`;

function pass(...pieces: string[]): { own: string; urls: unknown[] } {
  const onListening = vi.fn();
  const words = new InspectorWords(onListening);
  const own = pieces.map((piece) => words.take(Buffer.from(piece)).toString()).join('') + words.end().toString();
  return { own, urls: onListening.mock.calls.flat() };
}

test('what Node says of its inspector is taken out of the log, and the address told', () => {
  expect(pass(`before ü\n${spoken}after\nhalf`)).toEqual({ own: 'before ü\nafter\nhalf', urls: [url] });
});

test('however it comes in pieces', () => {
  expect(pass(...Array.from(`before\n${spoken}after\n`))).toEqual({ own: 'before\nafter\n', urls: [url] });
});

test('a line that the plugin had begun stays', () => {
  expect(pass(`progress ${spoken}`)).toEqual({ own: 'progress ', urls: [url] });
});

test('another address is not believed', () => {
  const line = 'Debugger listening on ws://192.0.2.1:80/35f06881-668f-4372-a2e0-a8e9fb3e3e43\n';
  expect(pass(line)).toEqual({ own: line, urls: [] });
});

test('a long line without an end is not held back', () => {
  const words = new InspectorWords(() => undefined);
  expect(words.take(Buffer.from('x'.repeat(100_000)))).toHaveLength(100_000);
});
