import { describe, expect, test } from 'vitest';
import { callFixture, languages, problemsOf } from './fixture.ts';

const replyLimitBytes = 16 * 1024 * 1024;
const halfLogBytes = 512 * 1024;
const lineBytes = 16;

describe.each(languages)('a %s plugin', (language) => {
  test('may reply with 16 MiB', async () => {
    const server_port = replyLimitBytes;
    const record = await callFixture('replies-at-length', { server_port }, { language });
    expect(record.outcome).toMatchObject({ kind: 'returned', phase: 'reply', truncated: false });
    expect(record.problems).toEqual([]);
    expect(record.outcome.kind === 'returned' && JSON.stringify(record.outcome.value).length).toBe(server_port);
  });

  test.each([replyLimitBytes + 1, replyLimitBytes + 1024, 4 * replyLimitBytes])(
    'may not reply with %i bytes: the reply is cut and malformed',
    async (server_port) => {
      const record = await callFixture('replies-at-length', { server_port }, { language, cookie: { kept: 1 } });
      expect(record.outcome).toMatchObject({ kind: 'malformed', phase: 'reply', truncated: true });
      expect(problemsOf(record)).toEqual(['error REPLY_TOO_LARGE']);
      expect(record.cookie.after).toEqual({ kept: 1 });
      if (record.outcome.kind !== 'malformed') return;
      expect(record.outcome.reply.slice(0, 20)).toBe('{"passwords":["xxxxx');
      expect(record.outcome.reply.length).toBeLessThanOrEqual(replyLimitBytes);
    },
  );

  test('may write a log of 1 MiB', async () => {
    const server_port = (2 * halfLogBytes) / lineBytes;
    const { outcome } = await callFixture('logs-at-length', { server_port }, { language });
    expect(outcome).toMatchObject({ kind: 'returned', truncated: false });
    expect(outcome.log.split('\n').length).toBe(server_port + 1);
  });

  test('that writes more has the first and last half MiB of its log kept', async () => {
    const lines = 100_000;
    const kept = halfLogBytes / lineBytes;
    const { outcome } = await callFixture('logs-at-length', { server_port: lines }, { language });
    expect(outcome).toMatchObject({ kind: 'returned', truncated: true });
    const text = (number: number): string => String(number).padStart(lineBytes - 1, '0');
    const got = outcome.log.split('\n').slice(0, -1);
    expect(got.slice(0, kept)).toEqual(Array.from({ length: kept }, (_, index) => text(index)));
    expect(got.slice(-kept)).toEqual(Array.from({ length: kept }, (_, index) => text(lines - kept + index)));
    expect(got.slice(kept, -kept)).toEqual([expect.stringContaining(String((lines - 2 * kept) * lineBytes))]);
  });
});
