import { parseBoolean, parseDouble, parseInt32, parseInt64 } from '../../conversion/parse-int32.ts';
import { toText } from '../../conversion/render-text.ts';
import { badCast } from '../../conversion/to-int32.ts';
import { Bytes } from '../../values/bytes.ts';
import { Double } from '../../values/double.ts';
import { ScriptError } from '../../values/script-error.ts';
import { isNumber } from '../../values/value.ts';
import type { Value } from '../../values/value.ts';
import type { CallArguments } from '../call-arguments.ts';

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

function fromBase64(given: CallArguments): Value {
  const text = given.text(0).replace(/[ \t\r\n]/g, '');
  given.evaluation.make(text.length);
  if (text.length % 4 !== 0 || !base64.test(text))
    throw new ScriptError(
      'EXPRESSION_FAILED',
      'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.',
    );
  return new Bytes(Buffer.from(text, 'base64'));
}

function toBase64(given: CallArguments): Value {
  const bytes = given.value(0);
  if (!(bytes instanceof Bytes))
    throw new ScriptError('EXPRESSION_FAILED', "Argument 1 of 'ToBase64String' is not a byte[]");
  given.evaluation.make(bytes.data.length * 2);
  return Buffer.from(bytes.data).toString('base64');
}

/** Halves go to the even neighbour, as `Convert` rounds. */
function rounded(value: number): bigint {
  const down = Math.floor(value);
  const isUp = value - down > 0.5 || (value - down === 0.5 && down % 2 !== 0);
  if (!Number.isFinite(value)) throw new ScriptError('EXPRESSION_FAILED', 'Value was either too large or too small.');
  return BigInt(isUp ? down + 1 : down);
}

function toWhole(value: Value): string {
  if (value === null) return '0';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Double) return String(rounded(value.value));
  return toText(value);
}

function toBoolean(value: Value): boolean {
  if (value === null) return false;
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return Number(toText(value)) !== 0;
  if (typeof value === 'string') return parseBoolean(value);
  throw badCast(value, 'Boolean');
}

function toDouble(value: Value): Double {
  if (value === null) return new Double(0);
  if (typeof value === 'boolean') return new Double(Number(value));
  return value instanceof Double ? value : parseDouble(toText(value));
}

const methods = new Map<string, (given: CallArguments) => Value>([
  ['frombase64string', fromBase64],
  ['tobase64string', toBase64],
  ['toint32', (given): Value => parseInt32(toWhole(given.plain(0)))],
  ['toint64', (given): Value => parseInt64(toWhole(given.plain(0)))],
  ['toboolean', (given): Value => toBoolean(given.plain(0))],
  ['todouble', (given): Value => toDouble(given.plain(0))],
  ['tostring', (given): Value => given.anyText(0)],
]);

/** `Convert.Name(…)`; undefined when there is no such method. */
export function callConvert(given: CallArguments): Value | undefined {
  const method = methods.get(given.method.toLowerCase());
  if (method === undefined) return undefined;
  given.require(1);
  return method(given);
}
