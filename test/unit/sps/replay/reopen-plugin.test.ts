import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type ReopenOptions, reopenPlugin } from '../../../../src/sps/replay/reopen-plugin.ts';
import type { StoredStep } from '../../../../src/sps/store/session-content.ts';
import { changeOf } from '../session/call-record.ts';

const stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
const vault = path.resolve(import.meta.dirname, '../../../../sample-plugins/vault');

afterAll(() => {
  rmSync(stateDir, { recursive: true });
});

/** The interpreter that a step is called with again which was recorded with another one. */
async function pythonOf(given: Partial<ReopenOptions> & { python?: string } = {}): Promise<(string | undefined)[]> {
  const { python, ...options } = given;
  const { step } = changeOf();
  const input = {
    kwargs: {},
    cookies: { cookie: '{}', session_cookie: '{}' },
    configuration: null,
    python: '/bin/sh', // it is there, and must not be run
    api: '1.9',
    spsVersion: '9.0.0',
  };
  const { host, otherPython } = await reopenPlugin({ ...step, n: 1, input } satisfies StoredStep, {
    given: { environment: {}, currentFolder: stateDir, python },
    stateDir,
    path: vault,
    masked: false,
    imported: true,
    force: false,
    ...options,
  });
  return [host.settings.python, otherPython];
}

test('the interpreter that an imported session names is not run unless forced to, and that is told', async () => {
  expect(await pythonOf()).toEqual(['python3', '/bin/sh']);
  expect(await pythonOf({ force: true })).toEqual(['/bin/sh', undefined]);
  expect(await pythonOf({ imported: false })).toEqual(['/bin/sh', undefined]);
  expect(await pythonOf({ python: 'python3.11' })).toEqual(['python3.11', undefined]);
});
