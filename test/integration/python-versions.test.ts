import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin } from '../../src/index.ts';

/** Interpreters to try, joined by colons; the shim is for CPython 3.8 to 3.14. */
const interpreters = (process.env['PLUGIN_HOST_PYTHONS'] ?? 'python3').split(path.delimiter).filter(Boolean);
const otp = path.resolve(import.meta.dirname, '../../sample-plugins/otp');

function isOld(interpreter: string): boolean {
  const [, major, minor] = /versions\/(\d)\.(\d+)\./.exec(interpreter) ?? [];
  return major === '2' || (minor !== undefined && Number(minor) < 8);
}

describe('a Python plugin', () => {
  test.each(interpreters.filter((each) => !isOld(each)))('runs on %s', async (python) => {
    await using plugin = await openPlugin(otp, { python });
    const { outcome, verdict, problems } = await plugin.call('authenticate', { gateway_user: 'wsmith' });
    expect({ kind: outcome.kind, verdict, problems }).toEqual({ kind: 'returned', verdict: 'NEEDINFO', problems: [] });
  });

  const old = interpreters.filter(isOld);
  if (old.length > 0) {
    test.each(old)('is refused on %s with a clear word', async (python) => {
      for (const processes of ['cold', 'warm'] as const) {
        await using plugin = await openPlugin(otp, { python, processes });
        await expect(plugin.call('authenticate')).rejects.toMatchObject({ code: 'PYTHON_UNSUPPORTED' });
      }
    });
  }
});
