import type { PyDate } from './py-value.ts';

const pattern =
  /^([0-9]{4})-([0-9][0-9]?)-([0-9][0-9]?)(?:(?:[Tt]|[ \t]+)([0-9][0-9]?):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?(?:[ \t]*(?:(Z)|([-+])([0-9][0-9]?)(?::([0-9]{2}))?))?)?\n?$/;

/** A date or time as Python holds it; undefined when that day or time does not exist. Source: YAML 1.1 timestamp, CPython datetime. */
export function parseTimestamp(text: string): PyDate | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour] = match;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (hour === undefined) return { kind: 'date', text: date };
  const [, , , , , minute = '', second = '', fraction = '', utc, sign, zoneHour = '', zoneMinute = '0'] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  const time = `${hour.padStart(2, '0')}:${minute}:${second}${micros === '000000' ? '' : `.${micros}`}`;
  const zone = utc === undefined ? zoneText(sign, Number(zoneHour) * 60 + Number(zoneMinute)) : '+00:00';
  return zone === undefined ? undefined : { kind: 'date', text: `${date} ${time}${zone}` };
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (lengths[month - 1] ?? 0);
}

/** Undefined when the offset is a day or more, which Python refuses. */
function zoneText(sign: string | undefined, minutes: number): string | undefined {
  if (sign === undefined) return '';
  if (minutes >= 24 * 60) return undefined;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${minutes === 0 ? '+' : sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
