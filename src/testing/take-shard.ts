import { PluginHostError } from '../base/plugin-host-error.ts';
import { keepCases } from './filter-cases.ts';
import type { PlannedSuite } from './test-source.ts';

export interface Shard {
  /** From 1. */
  index: number;
  count: number;
}

/** Reads `1/3`. @throws PluginHostError USAGE */
export function parseShard(text: string): Shard {
  const [, index = NaN, count = NaN] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new PluginHostError('USAGE', `${JSON.stringify(text)} is not a shard`, {
    hint: 'Write --shard 1/3 for the first of three parts.',
  });
}

/** Every nth case, counted over all files: the same on each machine that has the same files. */
export function takeShard(suites: readonly PlannedSuite[], shard: Shard | undefined): readonly PlannedSuite[] {
  if (shard === undefined) return suites;
  let count = 0;
  return keepCases(suites, () => {
    count += 1;
    return (count - 1) % shard.count === shard.index - 1;
  });
}
