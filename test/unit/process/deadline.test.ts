import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deadline, graceMs } from '../../../src/process/deadline.ts';

const orders = { polite: vi.fn(), overdue: vi.fn(), hard: vi.fn() };

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a child over its time gets the polite signal, and the hard one after the grace', () => {
  const deadline = new Deadline(orders);
  deadline.start(1000);
  vi.advanceTimersByTime(999);
  expect(orders.polite).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(orders.polite).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(graceMs);
  expect(orders.hard).toHaveBeenCalledOnce();
  expect(deadline).toMatchObject({ reason: 'timed-out', forced: true });
});

test('who asked first is the reason', () => {
  const deadline = new Deadline(orders);
  deadline.stop('aborted');
  deadline.stop('timed-out');
  expect(deadline.reason).toBe('aborted');
  expect(orders.polite).toHaveBeenCalledOnce();
});

test('a reply in time stops the clock; a child that stays is ended after the grace', () => {
  const deadline = new Deadline(orders);
  deadline.start(1000);
  deadline.replied();
  vi.advanceTimersByTime(graceMs - 1);
  expect(orders.overdue).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(orders.overdue).toHaveBeenCalledOnce();
  expect(orders.hard).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(orders.hard).toHaveBeenCalledOnce();
  expect(orders.polite).not.toHaveBeenCalled();
  expect(deadline.reason).toBeUndefined();
});

test('a reply that is due together with the deadline was in time', () => {
  const deadline = new Deadline(orders);
  deadline.start(1000);
  setTimeout(() => {
    setImmediate(() => {
      deadline.replied();
    });
  }, 999);
  vi.advanceTimersByTime(1001);
  expect(deadline.reason).toBeUndefined();
});

test('a child that has ended is not signalled any more', () => {
  const deadline = new Deadline(orders);
  deadline.start(1000);
  deadline.ended();
  vi.advanceTimersByTime(10_000);
  expect(orders.polite).not.toHaveBeenCalled();
});

test('a child that has ended has its tree ended by force when its supervisor says no more', () => {
  const deadline = new Deadline(orders);
  deadline.ended();
  vi.advanceTimersByTime(10_000);
  expect(orders.hard).toHaveBeenCalledOnce();
});

test('nothing is ordered any more once nothing is left', () => {
  const deadline = new Deadline(orders);
  deadline.start(1000);
  deadline.clear();
  deadline.ended();
  vi.advanceTimersByTime(10_000);
  expect(orders.hard).not.toHaveBeenCalled();
});

test('a clock that is started again counts from then on', () => {
  const deadline = new Deadline(orders);
  deadline.start(1000);
  vi.advanceTimersByTime(900);
  deadline.start(1000);
  vi.advanceTimersByTime(900);
  expect(orders.polite).not.toHaveBeenCalled();
  vi.advanceTimersByTime(102);
  expect(orders.polite).toHaveBeenCalledOnce();
});

test('a clock that has run out cannot be started again', () => {
  const deadline = new Deadline(orders, 2000);
  deadline.stop('timed-out');
  deadline.start(10_000);
  vi.advanceTimersByTime(1999);
  expect(orders.hard).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(orders.hard).toHaveBeenCalledOnce();
});

test('a child over its time is asked where it is, and to end when it has said so', () => {
  const inquire = vi.fn(() => 300);
  const deadline = new Deadline({ ...orders, inquire });
  deadline.start(1000);
  vi.advanceTimersByTime(1002);
  expect(inquire).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(100);
  expect(orders.polite).not.toHaveBeenCalled();
  deadline.answered();
  deadline.answered();
  expect(orders.polite).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(graceMs - 1);
  expect(orders.hard).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(orders.hard).toHaveBeenCalledOnce();
  expect(deadline.inquiredMs).toBeCloseTo(100, -1);
});

test('one that does not say where it is has its grace all the same', () => {
  const deadline = new Deadline({ ...orders, inquire: () => 300 });
  deadline.stop('timed-out');
  vi.advanceTimersByTime(299);
  expect(orders.polite).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(orders.polite).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(graceMs);
  expect(orders.hard).toHaveBeenCalledOnce();
});

test('one that ends while it is asked is not signalled any more', () => {
  const deadline = new Deadline({ ...orders, inquire: () => 300 });
  deadline.stop('timed-out');
  deadline.ended();
  deadline.answered();
  deadline.clear();
  vi.advanceTimersByTime(10_000);
  expect(orders.polite).not.toHaveBeenCalled();
  expect(orders.hard).not.toHaveBeenCalled();
});

test.each(['aborted', 'reply-too-large'] as const)(
  'a child that is stopped because it was %s is not asked',
  (reason) => {
    const inquire = vi.fn(() => 300);
    new Deadline({ ...orders, inquire }).stop(reason);
    expect(inquire).not.toHaveBeenCalled();
    expect(orders.polite).toHaveBeenCalledOnce();
  },
);
