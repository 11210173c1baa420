import { Bytes } from '../values/bytes.ts';
import { ScriptError } from '../values/script-error.ts';
import { ScriptObject } from '../values/script-object.ts';
import type { Value } from '../values/value.ts';
import type { CallArguments } from './call-arguments.ts';
import { MemberTable } from './member-table.ts';

type EncodingName = 'utf8' | 'utf16le' | 'ascii' | 'latin1';

const names = new Map<string, EncodingName>([
  ['utf8', 'utf8'],
  ['unicode', 'utf16le'],
  ['ascii', 'ascii'],
  ['latin1', 'latin1'],
]);

/** `Encoding.UTF8` and its like. */
export class EncodingValue extends ScriptObject {
  readonly typeName = 'Encoding';
  readonly encoding: EncodingName;

  constructor(encoding: EncodingName) {
    super();
    this.encoding = encoding;
  }

  static named(name: string): EncodingValue | undefined {
    const encoding = names.get(name.toLowerCase());
    return encoding && new EncodingValue(encoding);
  }
}

/** Units that an encoding has no byte for are question marks. */
const unknown: Partial<Record<EncodingName, RegExp>> = { ascii: /[^\x00-\x7f]/gu, latin1: /[^\x00-\xff]/gu };

function getBytes({ encoding }: EncodingValue, given: CallArguments): Value {
  given.require(1);
  const text = given.text(0);
  given.evaluation.make(text.length * 3);
  const known = unknown[encoding];
  return new Bytes(Buffer.from(known ? text.replace(known, '?') : text, encoding));
}

function getString({ encoding }: EncodingValue, given: CallArguments): Value {
  given.require(1);
  const bytes = given.value(0);
  if (!(bytes instanceof Bytes))
    throw new ScriptError('EXPRESSION_FAILED', "Argument 1 of 'GetString' is not a byte[]");
  given.evaluation.make(bytes.data.length);
  const text = Buffer.from(bytes.data).toString(encoding === 'ascii' ? 'latin1' : encoding);
  return encoding === 'ascii' ? text.replace(/[^\x00-\x7f]/g, '?') : text;
}

export const encodingMembers = new MemberTable<EncodingValue>({}, { GetBytes: getBytes, GetString: getString });
