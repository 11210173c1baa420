import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RunCancelled, RunClock } from '../../../../src/platform/engine/run-clock.ts';

describe('the time of a run', () => {
  const cancelled = new AbortController();
  let clock: RunClock;

  beforeEach(() => {
    vi.useFakeTimers();
    const sleep = (): Promise<void> => Promise.resolve();
    clock = new RunClock({ now: () => performance.now(), sleep, signal: cancelled.signal, maxRunMs: 1000 });
  });

  afterEach(() => {
    clock.close();
    vi.useRealTimers();
  });

  const tooLong = expect.objectContaining({ code: 'RUN_TIMEOUT' });

  test('ends by itself, for who looks and for who waits', () => {
    vi.advanceTimersByTime(999);
    clock.check();
    vi.advanceTimersByTime(1);
    expect(clock.signal.reason).toEqual(tooLong);
    expect(() => {
      clock.check();
    }).toThrow(tooLong);
  });

  test('stands still in a pause, and goes on with what was left', () => {
    vi.advanceTimersByTime(400);
    clock.pause();
    vi.advanceTimersByTime(3_600_000);
    clock.check();
    clock.resume();
    vi.advanceTimersByTime(599);
    expect(clock.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(clock.signal.reason).toEqual(tooLong);
  });

  test('ends when the user ends it, also in a pause', () => {
    clock.pause();
    cancelled.abort();
    expect(clock.signal.reason).toBeInstanceOf(RunCancelled);
  });
});
