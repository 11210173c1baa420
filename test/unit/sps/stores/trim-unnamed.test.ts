import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SessionStore } from '../../../../src/sps/store/session-store.ts';
import { keptUnnamed, trimUnnamed } from '../../../../src/sps/stores/trim-unnamed.ts';

let stateDir: string;

beforeEach(() => {
  stateDir = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(stateDir, { recursive: true });
});

const unnamed = (n: number) => `A${String(n).padStart(21, '0')}`;

test('the oldest unnamed sessions of a simulation go; named ones, and what invoke made, stay', async () => {
  const store = new SessionStore(stateDir);
  const make = async (name: string, origin: 'simulate' | 'invoke') => {
    const session = await store.open(name, { first: { origin } });
    session.close();
  };
  await make('named', 'simulate');
  await make(unnamed(999), 'invoke');
  for (let n = 0; n < keptUnnamed + 2; n += 1) await make(unnamed(n), 'simulate');
  const removed: string[] = [];
  await trimUnnamed({
    names: () => store.names(),
    look: (name, use) => {
      const reader = {
        facts: () => store.readFacts(name),
        summary: () => ({ lastAt: `2026-01-01T00:00:${name.slice(-2)}.000Z`, createdAt: '' }),
      };
      return use(reader as unknown as Parameters<typeof use>[0]);
    },
    callUnderWay: () => undefined,
    remove: (name) => {
      removed.push(name);
      return Promise.resolve();
    },
  });
  expect(removed.sort()).toEqual([unnamed(0), unnamed(1)]);
});
