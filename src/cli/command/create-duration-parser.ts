import { InvalidArgumentError } from 'commander';
import { parseAge, parseDuration } from '../../base/parse-duration.ts';

/** Of the value of an option, in milliseconds. @param examples What the refusal names */
export function createDurationParser(examples: string): (word: string) => number {
  return createParser(parseDuration, examples);
}

/** The same of an age, also in days. */
export function createAgeParser(examples: string): (word: string) => number {
  return createParser(parseAge, examples);
}

function createParser(parse: (word: string) => number | undefined, examples: string): (word: string) => number {
  return (word) => {
    const durationMs = parse(word);
    if (durationMs === undefined) throw new InvalidArgumentError(`Expected a duration such as ${examples}.`);
    return durationMs;
  };
}
