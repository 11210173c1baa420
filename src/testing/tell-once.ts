import type { TestCase } from './test-report.ts';

/** A case that was run. */
export interface RanCase extends TestCase {
  /** What ended it before it came to what it tests. */
  cause?: EarlyEnd;
}

export interface EarlyEnd {
  /** The same text for the same cause. */
  key: string;
  /** Completes "not run: …": `the plugin cannot be imported`. */
  why: string;
}

const shownNames = 5;

/** What ends cases of one file before they come to what they test is one failure of the file: the first case has it, the others say whose it is. */
export function tellOnce(cases: readonly RanCase[]): TestCase[] {
  const byCause = Map.groupBy(cases, keyOf);
  return cases.map((ran) => {
    const { cause, ...each } = ran;
    const [first, ...others] = (cause === undefined ? undefined : byCause.get(keyOf(ran))) ?? [];
    if (cause === undefined || first === undefined || others.length === 0 || each.failure === undefined) return each;
    const { failure, ...rest } = each;
    if (ran !== first) return { ...rest, skipped: `not run: ${cause.why}, see "${first.name}"` };
    const names = others.slice(0, shownNames).map(({ name }) => name);
    const more = others.length > shownNames ? ` and ${others.length - shownNames} more` : '';
    const also = `the same in ${names.join(', ')}${more}`;
    return { ...rest, failure: { ...failure, detail: failure.detail === '' ? also : `${failure.detail}\n${also}` } };
  });
}

/** What ends the cases of one combination says nothing of another one. */
function keyOf({ cause, combination }: RanCase): string | undefined {
  return cause && JSON.stringify([cause.key, combination]);
}
