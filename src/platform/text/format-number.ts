import { Double, placePoint, renderDouble } from '../values/double.ts';
import { ScriptError } from '../values/script-error.ts';

/** More digits than .NET grants would be a way to a text without end. */
const maxPrecision = 1000;

/**
 * `ToString("D3")`, `{0:X}` and their like in the invariant culture: D, X, F, N, E, G, P, R. Formats of one's own with `0` and
 * `#` are not emulated. Source: .NET, standard numeric format strings.
 */
export function formatNumber(value: number | bigint | Double, format: string): string {
  if (format === '') return value instanceof Double ? renderDouble(value.value) : String(value);
  const [, letter = '', digits] = /^([a-zA-Z])([0-9]{0,4})$/.exec(format) ?? [];
  const precision = digits === undefined || digits === '' ? undefined : Number(digits);
  if (letter === '' || (precision ?? 0) > maxPrecision) throw notEmulated(format);
  const isLower = letter === letter.toLowerCase();
  const text = value instanceof Double ? fractional(value, letter, precision) : integral(value, letter, precision);
  if (text === undefined) throw notEmulated(format);
  return isLower ? text.toLowerCase() : text;
}

function notEmulated(format: string): ScriptError {
  return new ScriptError('NOT_EMULATED', `the format "${format}" of a number is not emulated`);
}

function integral(value: number | bigint, letter: string, precision: number | undefined): string | undefined {
  const kind = letter.toUpperCase();
  if (kind === 'D') return sign(value < 0) + String(value < 0 ? -value : value).padStart(precision ?? 0, '0');
  if (kind === 'R' || (kind === 'G' && precision === undefined)) return String(value);
  if (kind !== 'X') return exact(String(value), kind, precision);
  const bits = typeof value === 'bigint' ? BigInt.asUintN(64, value) : BigInt.asUintN(32, BigInt(value));
  return bits
    .toString(16)
    .toUpperCase()
    .padStart(precision ?? 0, '0');
}

function fractional({ value }: Double, letter: string, precision: number | undefined): string | undefined {
  const kind = letter.toUpperCase();
  if (kind === 'D' || kind === 'X') throw new ScriptError('EXPRESSION_FAILED', 'Format specifier was invalid.');
  if (!Number.isFinite(value) || kind === 'R' || (kind === 'G' && !precision)) return renderDouble(value);
  return exact(exactDigits(value), kind, precision);
}

/** All digits of a floating point number: it is a whole number times a power of two. */
function exactDigits(value: number): string {
  let [fraction, power] = [Math.abs(value), 0];
  while (!Number.isInteger(fraction)) {
    fraction *= 2;
    power++;
  }
  const digits = (BigInt(fraction) * 5n ** BigInt(power)).toString().padStart(power + 1, '0');
  const whole = digits.slice(0, digits.length - power);
  return `${value < 0 || Object.is(value, -0) ? '-' : ''}${whole}${power === 0 ? '' : `.${digits.slice(-power)}`}`;
}

function sign(isNegative: boolean): string {
  return isNegative ? '-' : '';
}

/** Writes a decimal number of any length; halves are rounded away from zero. */
function exact(number: string, kind: string, precision: number | undefined): string | undefined {
  const isNegative = number.startsWith('-');
  const [whole = '', fraction = ''] = number.replace('-', '').split('.');
  if (kind === 'F' || kind === 'N' || kind === 'P') {
    const shift = kind === 'P' ? 2 : 0;
    const rounded = roundAt(whole + fraction.padEnd(shift, '0'), whole.length + shift, precision ?? 2);
    const text = kind === 'F' ? rounded : withThousands(rounded);
    return sign(isNegative && /[1-9]/.test(rounded)) + text + (kind === 'P' ? ' %' : '');
  }
  if (kind !== 'E' && kind !== 'G') return undefined;
  return sign(isNegative) + significant(whole, fraction, kind, precision);
}

function withThousands(number: string): string {
  const [whole = '', fraction] = number.split('.');
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= 3) groups.unshift(whole.slice(Math.max(0, end - 3), end));
  return groups.join(',') + (fraction === undefined ? '' : `.${fraction}`);
}

/** The digits, of which `point` are before the point, with so many after it. */
function roundAt(digits: string, point: number, decimals: number): string {
  const kept = digits.padEnd(point + decimals, '0').slice(0, point + decimals);
  const up = (digits[point + decimals] ?? '0') >= '5' ? 1n : 0n;
  const rounded = (BigInt(kept || '0') + up).toString().padStart(decimals + 1, '0');
  return decimals === 0 ? rounded : `${rounded.slice(0, -decimals)}.${rounded.slice(-decimals)}`;
}

function significant(whole: string, fraction: string, kind: 'E' | 'G', precision: number | undefined): string {
  const digits = (whole + fraction).replace(/^0+/, '');
  const leading = (whole + fraction).length - digits.length;
  const count = kind === 'E' ? (precision ?? 6) + 1 : precision || 15;
  const rounded = roundAt(digits, 0, count).replace('.', '').replace(/^0/, '');
  const exponent = digits === '' ? 0 : whole.length - leading - 1 + (rounded.length > count ? 1 : 0);
  const shown = rounded.slice(0, count).padStart(count, '0');
  if (kind === 'E') {
    const tail = count > 1 ? `.${shown.slice(1)}` : '';
    return `${shown.slice(0, 1)}${tail}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(3, '0')}`;
  }
  return placePoint(withoutTrailingZeros(shown) || '0', exponent, count);
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
