import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Expectation, LineBuffer } from '../../../../src/platform/terminal/line-buffer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(): { buffer: LineBuffer; say: (text: string) => void; end: () => void } {
  const line: { say?: (data: Buffer) => void; end?: () => void } = {};
  const buffer = new LineBuffer({
    write: () => {},
    onData: (take) => {
      line.say = take;
    },
    onClose: (end) => {
      line.end = end;
    },
    close: () => {},
  });
  return {
    buffer,
    say: (text) => {
      line.say?.(Buffer.from(text));
    },
    end: () => {
      line.end?.();
    },
  };
}

const waiting = (more: Partial<Expectation> = {}): Expectation => ({
  isEnough: (text) => text.includes('DONE'),
  limitMs: 5000,
  quietMs: 300,
  signal: new AbortController().signal,
  ...more,
});

test('after a match the line is listened to until it is still: an answer in pieces is whole, and its prompt is with it', async () => {
  const { buffer, say } = open();
  const received = buffer.receive(waiting());
  say('DONE first\r\n');
  await vi.advanceTimersByTimeAsync(40);
  say('second\r\n');
  await vi.advanceTimersByTimeAsync(40);
  say('$ ');
  await vi.advanceTimersByTimeAsync(50);
  expect(await received).toEqual({ text: 'DONE first\r\nsecond\r\n$ ', end: 'regex' });
});

test('a line that is never still holds nobody for more than a second after the match', async () => {
  const { buffer, say } = open();
  const received = buffer.receive(waiting());
  const chatter = setInterval(() => {
    say('DONE ');
  }, 20);
  await vi.advanceTimersByTimeAsync(1100);
  clearInterval(chatter);
  expect(await received).toMatchObject({ end: 'regex' });
});

test.each<[string, Partial<Expectation>, string, boolean, object]>([
  ['a match that comes with the end of the line', {}, 'DONE', true, { text: 'DONE', end: 'regex' }],
  ['the end of the line before it', {}, 'half', true, { text: 'half', end: 'closed' }],
  ['the limit', {}, 'half', false, { text: 'half', end: 'timeout' }],
  ['quiet where nothing is waited for', { isEnough: undefined }, '$ ', false, { text: '$ ', end: 'quiet' }],
])('a wait is ended by %s', async (_, more, text, isEnded, expected) => {
  const { buffer, say, end } = open();
  const received = buffer.receive(waiting(more));
  say(text);
  if (isEnded) end();
  await vi.advanceTimersByTimeAsync(5000);
  expect(await received).toEqual(expected);
});

test('the end of the run ends a wait, also after a match', async () => {
  const { buffer, say } = open();
  const run = new AbortController();
  const refused = buffer.receive(waiting({ signal: run.signal })).catch((error: unknown) => error);
  say('DONE');
  await vi.advanceTimersByTimeAsync(10);
  run.abort(new Error('over'));
  expect(await refused).toEqual(new Error('over'));
});
