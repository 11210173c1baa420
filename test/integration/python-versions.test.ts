import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin } from '../../src/index.ts';

/** Interpreters to try, joined by colons; the shim is for CPython 3.8 to 3.14. */
const interpreters = (process.env['PLUGIN_HOST_PYTHONS'] ?? 'python3').split(path.delimiter).filter(Boolean);
const otp = path.resolve(import.meta.dirname, '../../sample-plugins/otp');

function isOld(interpreter: string): boolean {
  const [, minor] = /versions\/3\.(\d+)\./.exec(interpreter) ?? [];
  return minor !== undefined && Number(minor) < 8;
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
      await using plugin = await openPlugin(otp, { python });
      await expect(plugin.call('authenticate')).rejects.toMatchObject({ code: 'PYTHON_UNSUPPORTED' });
    });
  }
});
