import type { Problem } from '../../base/problem.ts';

/** A list of a million things may have a million faults; the first few say what is wrong. */
const mostAlike = 20;

/**
 * A problem for each of the first items that are doubtful, and one for how many more there are.
 * @param doubt What is doubtful; undefined: nothing
 */
export function fewProblems<T>(
  items: readonly T[],
  doubt: (item: T) => string | undefined,
  make: (what: string, item: T, index: number) => Problem,
): Problem[] {
  const found: Problem[] = [];
  let more = 0;
  items.forEach((item, index) => {
    const what = doubt(item);
    if (what === undefined) return;
    if (found.length < mostAlike) found.push(make(what, item, index));
    else more++;
  });
  const last = found.at(-1);
  return more === 0 || last === undefined ? found : [...found, { ...last, message: `and ${more} more like this` }];
}
