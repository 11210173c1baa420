import { Double } from '../values/double.ts';
import { ScriptError } from '../values/script-error.ts';

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;
const smallestInt = BigInt(-(2 ** 31));
const largestInt = BigInt(2 ** 31 - 1);

/** White space may stand around a number, and zero bytes after it. Source: .NET, `NumberStyles.Integer`. */
const integer = /^[\t-\r ]*([-+]?)([0-9]+)[\t-\r ]*\0*$/;
const decimal = /^[\t-\r ]*([-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)[\t-\r ]*$/;

/** `int.Parse`. */
export function parseInt32(text: string): number {
  return Number(parseWhole(text, smallestInt, largestInt, 'Int32'));
}

/** `long.Parse`. */
export function parseInt64(text: string): bigint {
  return parseWhole(text, smallest, largest, 'Int64');
}

/** `double.Parse` in the invariant culture, without separators of thousands. */
export function parseDouble(text: string): Double {
  const [, number] = decimal.exec(text) ?? [];
  if (number === undefined) throw badFormat();
  return new Double(Number(number));
}

/** `bool.Parse`. */
export function parseBoolean(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (word !== 'true' && word !== 'false')
    throw new ScriptError('EXPRESSION_FAILED', 'String was not recognized as a valid Boolean.');
  return word === 'true';
}

function parseWhole(text: string, least: bigint, most: bigint, typeName: string): bigint {
  const [, sign, digits] = integer.exec(text) ?? [];
  if (digits === undefined) throw badFormat();
  const significant = digits.replace(/^0+/, '');
  if (significant.length > 20) throw tooLarge(typeName);
  const value = BigInt(significant || '0') * (sign === '-' ? -1n : 1n);
  if (value < least || value > most) throw tooLarge(typeName);
  return value;
}

function badFormat(): ScriptError {
  return new ScriptError('EXPRESSION_FAILED', 'Input string was not in a correct format.');
}

export function tooLarge(typeName: string): ScriptError {
  return new ScriptError('EXPRESSION_FAILED', `Value was either too large or too small for an ${typeName}.`);
}
