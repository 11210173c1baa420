import { isAscii, parsePythonFloat, parsePythonInt } from './parse-python-int.ts';
import { parseTimestamp } from './parse-timestamp.ts';
import type { PyBytes, PyValue } from './py-value.ts';
import { yamlTag } from './yaml-node.ts';

/** In the order in which they are tried. Source: YAML 1.1 types, as PyYAML 6.0 has them (a float has a dot, `y` and `n` are text). */
const looks: [string, RegExp][] = [
  ['bool', /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/],
  [
    'float',
    /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  ],
  ['int', /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+)$/],
  ['merge', /^<<$/],
  ['null', /^(?:~|null|Null|NULL)?$/],
  [
    'timestamp',
    /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)$/,
  ],
  ['value', /^=$/],
];

/** The tag of an unquoted scalar: what it looks like. */
export function plainScalarTag(text: string): string {
  const name = looks.find(([, pattern]) => pattern.test(text))?.[0];
  return yamlTag(name ?? sexagesimalName(text) ?? 'str');
}

/** Numbers in base 60, such as `190:20:30`. Part by part: one pattern with a repeated group overflows the stack on a long text. */
function sexagesimalName(text: string): 'int' | 'float' | undefined {
  if (!/^[-+]?[0-9][0-9_]*:[0-9:]*[0-9](?:\.[0-9_]*)?$/.test(text)) return undefined;
  const [whole = '', fraction] = text.split('.');
  const places = whole.split(':').slice(1);
  if (!places.every((place) => /^[0-5]?[0-9]$/.test(place))) return undefined;
  if (fraction !== undefined) return 'float';
  return /^[-+]?0/.test(text) ? undefined : 'int';
}

/** Ours: Python would take hours for a number with more places in base 60. */
const maxSexagesimalParts = 10_000;

/** Constructors by tag; undefined is a text that does not fit its tag. */
export const scalarConstructors: ReadonlyMap<string, (text: string) => PyValue | undefined> = new Map<
  string,
  (text: string) => PyValue | undefined
>([
  [yamlTag('null'), () => null],
  [yamlTag('bool'), constructBool],
  [yamlTag('int'), constructInt],
  [yamlTag('float'), constructFloat],
  [yamlTag('timestamp'), parseTimestamp],
  [yamlTag('binary'), constructBinary],
  [yamlTag('str'), (text: string) => text],
]);

function constructBool(text: string): boolean | undefined {
  const value = text.toLowerCase();
  if (['yes', 'true', 'on'].includes(value)) return true;
  return ['no', 'false', 'off'].includes(value) ? false : undefined;
}

function constructInt(text: string): bigint | undefined {
  const { sign, digits } = splitSign(text.replaceAll('_', ''));
  const value = unsignedInt(digits);
  return value === undefined ? undefined : sign * value;
}

function unsignedInt(digits: string): bigint | undefined {
  if (digits.startsWith('0b')) return parsePythonInt(digits.slice(2), 2);
  if (digits.startsWith('0x')) return parsePythonInt(digits.slice(2), 16);
  if (digits.startsWith('0')) return parsePythonInt(digits, 8);
  if (!digits.includes(':')) return parsePythonInt(digits, 10);
  const parts = digits.split(':');
  if (parts.length > maxSexagesimalParts) return undefined;
  let value = 0n;
  for (const part of parts) {
    const place = parsePythonInt(part, 10);
    if (place === undefined) return undefined;
    value = value * 60n + place;
  }
  return value;
}

function constructFloat(text: string): number | undefined {
  const { sign, digits } = splitSign(text.replaceAll('_', '').toLowerCase());
  const value = unsignedFloat(digits);
  return value === undefined ? undefined : Number(sign) * value;
}

function unsignedFloat(digits: string): number | undefined {
  if (digits === '.inf') return Infinity;
  if (digits === '.nan') return NaN;
  if (!digits.includes(':')) return parsePythonFloat(digits);
  // Summed from the last place on, as Python does: the order decides the rounding.
  let value = 0;
  let base = 1n;
  for (const part of digits.split(':').reverse()) {
    const place = parsePythonFloat(part);
    // Python raises when the base is too large for a float.
    if (place === undefined || !Number.isFinite(Number(base))) return undefined;
    value += place * Number(base);
    base *= 60n;
  }
  return value;
}

function splitSign(text: string): { sign: 1n | -1n; digits: string } {
  return { sign: text.startsWith('-') ? -1n : 1n, digits: text.replace(/^[-+]/, '') };
}

/** Python skips what is not base64, stops where the padding is complete, and wants whole groups of four. */
function constructBinary(text: string): PyValue | undefined {
  if (!isAscii(text)) return undefined;
  let digits = '';
  let padding = 0;
  for (const character of text) {
    if (character === '=') {
      padding += 1;
      if (digits.length % 4 > 1 && (digits.length % 4) + padding >= 4) return makeBytes(digits);
    } else if (/[A-Za-z0-9+/]/.test(character)) {
      digits += character;
      padding = 0;
    }
  }
  return digits.length % 4 === 0 ? makeBytes(digits) : undefined;
}

function makeBytes(digits: string): PyBytes {
  return { kind: 'bytes', bytes: Buffer.from(digits, 'base64') };
}
