import path from 'node:path';
import { expect, test } from 'vitest';
import { ForkPool } from '../../src/process/warm/fork-pool.ts';
import { python } from './fixture.ts';

const program = path.resolve(import.meta.dirname, '../fixtures/forkable/counts-words.py');
const limits = { replyLimitBytes: 1000, replyTotal: 10_000, logLimitBytes: 1000 };

test('a program that knows nothing of plugins is forked, one process for each request', async () => {
  const env = { PATH: process.env['PATH'] ?? '' };
  const words = ['one', 'two', 'two', ''];
  const pool = new ForkPool(
    { python, kept: undefined, env, limits: {}, program, preload: ['json', 'no.such.module'], words },
    limits,
  );
  try {
    await pool.warmUp();
    expect(pool.modules).toBeGreaterThan(1);
    const ask = async (word: string) => {
      const worker = await pool.take();
      const isLast = (line: string): boolean => line.startsWith('counted ');
      const report = await worker?.run({ input: `${word}\n`, allowedMs: 60_000, isLast });
      expect(report).toMatchObject({ isReplied: true, exitCode: 0, left: [] });
      expect(worker?.log.collect((text) => text).lines.map(({ text }) => text)).toEqual(['counting in __main__']);
      return JSON.parse(report?.reply.at(-1)?.slice('counted '.length) ?? '') as Record<string, unknown>;
    };
    const told = [await ask('one'), await ask('two'), await ask('three')];
    expect(told.map(({ count, wasThere }) => [count, wasThere])).toEqual([
      [1, false],
      [2, false],
      [0, false],
    ]);
    expect(new Set(told.map(({ pid }) => pid)).size).toBe(3);
  } finally {
    await pool.close();
  }
});
