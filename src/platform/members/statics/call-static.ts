import { parseBoolean, parseInt32 } from '../../conversion/parse-int32.ts';
import { regexOption } from '../../regex/parsing/regex-options.ts';
import { stringComparison } from '../../text/fold-text.ts';
import type { Value } from '../../values/value.ts';
import type { CallArguments } from '../call-arguments.ts';
import { EncodingValue } from '../encoding-value.ts';
import { missingMember } from '../missing-name.ts';
import { callConvert } from './call-convert.ts';
import { callRegex } from './call-regex.ts';
import { callString } from './call-string.ts';

const largestInt = 2 ** 31 - 1;

/** `Type.Name`. */
export function readStatic(type: string, name: string): Value {
  const value = constantOf(type, name);
  if (value === undefined) throw missingMember(type, name);
  return value;
}

function constantOf(type: string, name: string): Value | undefined {
  const asked = name.toLowerCase();
  switch (type) {
    case 'RegexOptions':
      return regexOption(name);
    case 'StringComparison':
      return stringComparison(name);
    case 'Encoding':
      return EncodingValue.named(name);
    case 'String':
      return asked === 'empty' ? '' : undefined;
    case 'Int32':
      if (asked === 'maxvalue') return largestInt;
      return asked === 'minvalue' ? -largestInt - 1 : undefined;
    default:
      return undefined;
  }
}

/** `Type.Name(…)`. */
export function callStatic(type: string, given: CallArguments): Value {
  const value = resultOf(type, given);
  if (value === undefined) throw missingMember(type, given.method);
  return value;
}

function resultOf(type: string, given: CallArguments): Value | undefined {
  const isParse = given.method.toLowerCase() === 'parse';
  switch (type) {
    case 'Regex':
      return callRegex(given);
    case 'Convert':
      return callConvert(given);
    case 'String':
      return callString(given);
    case 'Int32':
      if (isParse) given.require(1);
      return isParse ? parseInt32(given.text(0)) : undefined;
    case 'Boolean':
      if (isParse) given.require(1);
      return isParse ? parseBoolean(given.text(0)) : undefined;
    default:
      return undefined;
  }
}
