import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a script cannot fill the memory of the host', async () => {
  const attacks = path.join(import.meta.dirname, 'memory-attacks.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=400', attacks]);
  const ended = JSON.parse(stdout) as Record<string, string>;
  const { 'JSON 100,000 deep': deep, ...others } = ended;
  expect(deep).toBe('EXPRESSION_FAILED');
  expect(Object.keys(others).length).toBeGreaterThan(15);
  expect(Object.entries(others).filter(([, code]) => code !== 'BUDGET_EXCEEDED')).toEqual([]);
});
