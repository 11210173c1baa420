import { describe, expect, test } from 'vitest';
import { EventLog } from '../../../../src/inspector/sessions/event-log.ts';

describe('a log of events', () => {
  test('gives what came after an event, and wakes who waits, each time', () => {
    const log = new EventLog();
    let woken = 0;
    const wake = (): void => {
      woken += 1;
      log.onNext(wake);
    };
    log.onNext(wake);
    for (let n = 1; n <= 3; n += 1) log.add('removed', { session: `s${n}` });
    expect(woken).toBe(3);
    expect(log.after(1, 10)?.map(({ data }) => data)).toEqual([{ session: 's2' }, { session: 's3' }]);
    expect(log.after(3, 10)).toEqual([]);
  });

  test('forgets what is too old, and knows no id of another log', () => {
    const log = new EventLog();
    for (let n = 0; n < 10_001; n += 1) log.add('removed', { session: 's' });
    expect(log.after(0, 1)).toBeUndefined();
    expect(log.after(1, 1)).toHaveLength(1);
    expect(log.after(20_000, 1)).toBeUndefined();
    expect(log.numberOf(log.idOf(7))).toBe(7);
    expect(log.numberOf(new EventLog().idOf(7))).toBeUndefined();
  });
});
