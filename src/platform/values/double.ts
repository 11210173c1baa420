import { ScriptObject } from './script-object.ts';

/** A floating point number; apart from integers because .NET computes and writes them in another way. */
export class Double extends ScriptObject {
  readonly typeName = 'Double';
  readonly value: number;

  constructor(value: number) {
    super();
    this.value = value;
  }

  override get text(): string {
    return renderDouble(this.value);
  }
}

/** From this many digits before the point, or more than it has, .NET writes an exponent. */
const plainDigits = 15;

/** The shortest text that reads as the same number. Source: .NET, `Double.ToString()` of the invariant culture. */
export function renderDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0`;
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(power);
  return sign + placePoint(digits, exponent, Math.max(digits.length, plainDigits));
}

/** The digits with a point after the first, times ten to the exponent, written as the format `G` does. */
export function placePoint(digits: string, exponent: number, maxDigits: number): string {
  if (exponent + 1 > maxDigits || exponent < -4) {
    const rest = digits.slice(1);
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${digits.slice(0, 1)}${rest === '' ? '' : `.${rest}`}E${exponent < 0 ? '-' : '+'}${power}`;
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, '0');
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}
