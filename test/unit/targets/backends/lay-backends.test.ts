import { describe, expect, test } from 'vitest';
import type { BackendDescription } from '../../../../src/targets/backends/backend-description.ts';
import { layBackends } from '../../../../src/targets/backends/lay-backends.ts';

const route = (path: string): { path: string } => ({ path });

describe('layBackends', () => {
  test('puts the routes of the upper one first, and its other keys win', () => {
    const below: BackendDescription[] = [{ address: 'a.test', http: { tls: 'none', routes: [route('/a')] } }];
    const over: BackendDescription[] = [{ address: 'A.TEST', http: { tls: 'trusted', routes: [route('/b')] } }];
    expect(layBackends(below, over)).toEqual([
      { address: 'A.TEST', http: { tls: 'trusted', routes: [route('/b'), route('/a')] } },
    ]);
  });

  test('adds users to those of a RADIUS server', () => {
    const below = [{ address: 'a.test', radius: { secret: 's', users: { one: { password: '1' }, two: {} } } }];
    const over = [{ address: 'a.test', radius: { secret: 't', users: { two: { password: '2' } } } }];
    expect(layBackends(below, over)).toEqual([
      { address: 'a.test', radius: { secret: 't', users: { one: { password: '1' }, two: { password: '2' } } } },
    ]);
  });

  test('keeps apart what has another name, port or kind', () => {
    const below = [{ address: 'a.test', http: {} }];
    const over = [
      { address: 'a.test', port: 8443, http: {} },
      { address: 'b.test', http: {} },
      { address: 'a.test', radius: { secret: 's' } },
    ];
    expect(layBackends(below, over)).toEqual([...below, ...over]);
  });

  test('of none and none is none, and an empty list is one', () => {
    expect(layBackends(undefined, undefined)).toBeUndefined();
    expect(layBackends(undefined, [])).toEqual([]);
  });
});
