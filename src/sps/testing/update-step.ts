import path from 'node:path';
import type { JsonObject } from '../../base/json.ts';
import { maskMismatch } from '../../testing/mask-mismatch.ts';
import type { ExpectationWriter, Updated } from '../../testing/updating/expectation-writer.ts';
import { sayExpected } from '../../testing/updating/say-expected.ts';
import type { CallRecord } from '../call/call-record.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';
import { type FailedStep, knownSecrets } from './describe-failed-step.ts';
import { findMismatches, observe } from './find-mismatches.ts';
import type { Expectation } from './test-file.ts';

/** Writes what came of a call over what its step expects. @param record In clear, with plain numbers */
export function updateStep(
  writer: ExpectationWriter,
  { file, each, step, member, result, running, options }: Omit<FailedStep, 'mismatches' | 'answers'>,
  [expect, record]: readonly [Expectation, CallRecord],
): Updated {
  const secrets = knownSecrets({ each, member, result });
  const masker = options.showSecrets ? undefined : createPluginMasker(secrets.values, secrets.names);
  return writer.update(path.resolve(options.currentFolder, file.file), [...step.keys, 'expect'], {
    expect: expect as JsonObject,
    got: observe(record),
    compare: (changed) => findMismatches(changed, record, running),
    toExpected: sayExpected,
    mask: (keys, value) =>
      masker === undefined ? value : maskMismatch({ keys, expected: undefined, got: value }, masker).got,
  });
}
