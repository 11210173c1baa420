import { expect, test, vi } from 'vitest';
import { type Station, Stations } from '../../../../src/process/warm/stations.ts';

const createStation = () => ({ fork: vi.fn(), end: vi.fn() }) satisfies Station;

test('one that was asked for counts from then on, and is expected to have a worker', () => {
  const stations = new Stations();
  stations.ask();
  expect([stations.count, stations.expected]).toEqual([1, 1]);
  stations.rest(createStation());
  expect([stations.count, stations.expected]).toEqual([1, 0]);
});

test('the last one that came to rest forks first, and is expected until it has forked', () => {
  const stations = new Stations();
  const [first, last] = [createStation(), createStation()];
  stations.rest(first);
  stations.rest(last);
  expect(stations.fork()).toBe(true);
  expect([first.fork.mock.calls.length, last.fork.mock.calls.length]).toEqual([0, 1]);
  expect(stations.expected).toBe(1);
  stations.hasForked(last);
  expect(stations.expected).toBe(0);
  expect(stations.fork()).toBe(true);
  expect(stations.fork()).toBe(false);
});

test('one that ended neither counts nor forks', () => {
  const stations = new Stations();
  const station = createStation();
  stations.rest(station);
  stations.remove(station);
  expect([stations.count, stations.fork()]).toEqual([0, false]);
});

test('resting ones end until so many are there; those at work stay', () => {
  const stations = new Stations();
  const [atWork, resting, late] = [createStation(), createStation(), createStation()];
  stations.rest(atWork);
  stations.fork();
  stations.rest(resting);
  stations.rest(late);
  stations.shrink(2);
  expect([resting.end.mock.calls.length, late.end.mock.calls.length]).toEqual([1, 0]);
  stations.shrink(0);
  expect([late.end.mock.calls.length, atWork.end.mock.calls.length, stations.count]).toEqual([1, 0, 1]);
});

test('what did not come is no longer expected', () => {
  const stations = new Stations();
  stations.ask();
  stations.forgetAsked();
  expect([stations.count, stations.expected]).toEqual([0, 0]);
  stations.rest(createStation());
  expect(stations.count).toBe(1);
});
