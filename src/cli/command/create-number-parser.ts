import { InvalidArgumentError } from 'commander';

/** For options that take a whole number from 0 to `most`. @param message Says what was expected */
export function createNumberParser(most: number, message: string): (word: string) => number {
  return (word) => {
    const number = /^\d{1,10}$/.test(word) ? Number(word) : NaN;
    if (number <= most) return number;
    throw new InvalidArgumentError(message);
  };
}
