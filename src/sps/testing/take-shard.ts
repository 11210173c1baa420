import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { TestSource } from './run-tests.ts';

export interface Shard {
  /** From 1. */
  index: number;
  count: number;
}

/** Reads `1/3`. @throws PluginHostError USAGE */
export function parseShard(text: string): Shard {
  const [, index = NaN, count = NaN] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new PluginHostError('USAGE', `${JSON.stringify(text)} is no shard`, {
    hint: 'Write --shard 1/3 for the first of three parts.',
  });
}

/** Cases whose name, or that of their file, contains the text, case aside. @throws PluginHostError USAGE when there is none */
export function filterCases(sources: readonly TestSource[], filter: string | undefined): TestSource[] {
  if (filter === undefined) return [...sources];
  const wanted = filter.toLowerCase();
  const kept = keepCases(sources, (source, { name }) =>
    [source.file, name, `${source.name} > ${name}`].some((text) => text.toLowerCase().includes(wanted)),
  );
  if (kept.length > 0) return kept;
  const names = sources.flatMap((source) => source.cases.map(({ name }) => name));
  throw new PluginHostError('USAGE', `--filter: no case has ${JSON.stringify(filter)} in its name`, {
    hint: renderSuggestion(filter, names.slice(0, 50)),
  });
}

/** Every so many-th case, counted over all files: the same for each machine that has the same files. */
export function takeShard(sources: readonly TestSource[], shard: Shard | undefined): TestSource[] {
  if (shard === undefined) return [...sources];
  let count = 0;
  return keepCases(sources, () => {
    count += 1;
    return (count - 1) % shard.count === shard.index - 1;
  });
}

/** Files without any are left out. */
function keepCases(
  sources: readonly TestSource[],
  isKept: (source: TestSource, each: TestSource['cases'][number]) => boolean,
): TestSource[] {
  return sources
    .map((source) => ({ ...source, cases: source.cases.filter((each) => isKept(source, each)) }))
    .filter(({ cases }) => cases.length > 0);
}
