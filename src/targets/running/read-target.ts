import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { ValueFault } from '../../base/problem.ts';
import { invalidFile, readYamlFile } from '../../documents/read-yaml-file.ts';
import { checkTarget } from '../description/check-target.ts';
import type { Values } from '../description/substitute.ts';
import type { TargetDescription } from '../description/target-description.ts';

const hint = 'Correct what is named here. docs/targets.md has every key of a target and what it takes.';

/**
 * Reads a file that describes one target. @param values What its references may name.
 * @throws PluginHostError FILE_NOT_FOUND, TARGET_INVALID (all problems, with line and column)
 */
export function readTarget(file: string, values?: Values): TargetDescription {
  const { value, problems, place } = readYamlFile(file);
  if (problems.length > 0) throw invalidFile('TARGET_INVALID', file, problems, hint);
  const wrong = checkTarget(value, { folder: path.dirname(file), values });
  if (wrong.length > 0) throw invalidFile('TARGET_INVALID', file, wrong.map(place), hint);
  return value as TargetDescription;
}

/** The error that tells all that is wrong with a target that comes from no file. */
export function invalidTarget(wrong: readonly ValueFault[]): PluginHostError {
  return new PluginHostError('TARGET_INVALID', wrong.map(({ message }) => message).join('\n'), {
    hint,
    problems: wrong.map(({ keys, message }) => ({
      level: 'error',
      code: 'TARGET_INVALID',
      message,
      hint,
      path: `/${keys.join('/')}`,
    })),
  });
}
