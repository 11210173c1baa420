import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../../base/parse-duration.ts';

/** Of the value of an option, in milliseconds. @param examples What the refusal names */
export function createDurationParser(examples: string): (word: string) => number {
  return (word) => {
    const durationMs = parseDuration(word);
    if (durationMs === undefined) throw new InvalidArgumentError(`Expected a duration such as ${examples}.`);
    return durationMs;
  };
}
