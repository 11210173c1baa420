import type { PyValue } from './py-value.ts';

/** Python refuses to write longer integers. Source: CPython 3.11, integer string conversion length limit. */
const maxDigits = 4300;
const firstTooLong = 10n ** BigInt(maxDigits);

/** What Python's `str()` makes of a scalar; undefined for collections, binary data and integers that it refuses to write. */
export function pythonStr(value: PyValue): string | undefined {
  if (value === null) return 'None';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return floatStr(value);
  if (typeof value === 'bigint') return value < firstTooLong && value > -firstTooLong ? value.toString() : undefined;
  return value.kind === 'date' ? value.text : undefined;
}

/** The shortest text that reads as the same number, with an exponent from 1e16 on and below 1e-4. */
function floatStr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '', power = ''] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(power);
  return sign + (exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : positional(digits, exponent));
}

function scientific(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  const power = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits.slice(0, 1)}${fraction}e${exponent < 0 ? '-' : '+'}${power}`;
}

function positional(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${whole}.${digits.slice(exponent + 1) || '0'}`;
}
