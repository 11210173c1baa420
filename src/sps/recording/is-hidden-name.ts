import { type Origin, origins } from '../store/session-facts.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const randomLetters = 4;
const pattern = /^_([a-z]+)-\d{8}-\d{6}-[a-z0-9]{4}$/;

/** Name of a session that nobody named, `_test-20260131-093000-x7f2` in UTC. Source: inspector contract, "What is there to see". */
export function inventHiddenName(origin: Origin, now: Date): string {
  return inventStampedName(`_${origin}`, now);
}

/** `PREFIX-20260131-093000-x7f2` in UTC. */
export function inventStampedName(prefix: string, now: Date): string {
  const [day = '', time = ''] = now.toISOString().replace(/[-:]/g, '').split(/[T.]/);
  // Loading it takes time, and most calls are not recorded.
  const { randomInt } = process.getBuiltinModule('node:crypto');
  const random = Array.from({ length: randomLetters }, () => letters[randomInt(letters.length)]).join('');
  return `${prefix}-${day}-${time}-${random}`;
}

/** Whether a session was recorded for an inspector: no list shows it unasked, and only the newest ones are kept. */
export function isHiddenName(name: string): boolean {
  const [, origin] = pattern.exec(name) ?? [];
  return origins.some((each) => each === origin);
}
