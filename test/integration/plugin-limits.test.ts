import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { callFixture, languages } from './fixture.ts';

afterEach(() => {
  rmSync('/dev/shm/ph-test-too-long', { force: true });
});

const limits = [
  { name: 'memory', words: '400 MiB of memory' },
  { name: 'processes', words: '40 processes and threads' },
  { name: 'openFiles', words: '512 open files' },
  { name: 'fileSize', words: '1 MiB for a file' },
];

describe.each(languages)('a %s plugin', (language) => {
  const kinds = [
    { processes: 'cold', tags: language === 'python' ? ['thorough'] : [] },
    { processes: 'warm', tags: language === 'python' ? [] : ['thorough'] },
  ] as const;

  describe.each(kinds)('in a $processes process', ({ processes, tags }) => {
    test.each(limits)('that reaches its limit of $words is told so', { tags: [...tags] }, async ({ name, words }) => {
      const record = await callFixture('exceeds-limits', { server_username: name }, { language, processes });
      expect(record.outcome.kind).toMatch(/raised|crashed/);
      expect(record.problems).toMatchObject([
        { level: 'error', code: 'LIMIT_REACHED', message: expect.stringContaining(words) as string },
      ]);
    });

    test('that stays below its limits is not hindered', { tags: [...tags] }, async () => {
      const record = await callFixture('exceeds-limits', {}, { language, processes });
      expect(record).toMatchObject({ outcome: { kind: 'returned' }, problems: [] });
    });
  });
});
