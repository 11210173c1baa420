import { describe, expect, test } from 'vitest';
import { errorTraits } from '../../../src/base/code.ts';
import { commonCodes } from '../../../src/base/common-codes.ts';
import { kvgroupCodes } from '../../../src/base/kvgroup-codes.ts';
import { platformCodes } from '../../../src/base/platform-codes.ts';
import { PluginHostError } from '../../../src/base/plugin-host-error.ts';
import { spsCodes } from '../../../src/base/sps-codes.ts';
import { diagnosticCodes } from '../../../src/kvgroup/format/kv-diagnostic.ts';

const tables = [commonCodes, spsCodes, kvgroupCodes, platformCodes];

describe('the codes', () => {
  test('stand in one table each, once', () => {
    const all = tables.flatMap(({ errors, refusals, problems }) => [
      ...Object.keys(errors),
      ...Object.keys(refusals),
      ...problems,
    ]);
    expect(
      [...all, ...Object.keys(diagnosticCodes)].filter((code, index, list) => list.indexOf(code) !== index),
    ).toEqual([]);
  });

  test('that can be thrown have traits, the others have none', () => {
    const thrown = tables.flatMap(({ errors, refusals }) => [...Object.keys(errors), ...Object.keys(refusals)]);
    expect(Object.keys(errorTraits).sort()).toEqual(thrown.sort());
  });
});

describe('an error', () => {
  test.each([
    ['what a package says is the plugin’s', 'FIELD_MISSING', 1, 422],
    ['what is misspelt is the caller’s', 'USAGE', 2, 400],
    ['what is not there is the caller’s', 'SESSION_NOT_FOUND', 2, 404],
    ['what is there already is the caller’s', 'SESSION_EXISTS', 2, 409],
    ['the machine is the host’s', 'CHILD_FAILED', 3, 500],
    ['an interruption is the user’s', 'INTERRUPTED', 130, 503],
  ] as const)('%s: %s has exit code %d and status %d', (_what, code, exitCode, httpStatus) => {
    expect(new PluginHostError(code, 'what', { hint: 'do' })).toMatchObject({ code, exitCode, httpStatus });
  });

  test('is of who is named, where its code does not say it', () => {
    const error = new PluginHostError('FORMAT_TOO_NEW', 'what', { hint: 'do', fault: 'plugin' });
    expect(error).toMatchObject({ exitCode: 1, httpStatus: 422 });
  });
});
