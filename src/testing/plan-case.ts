import { PluginHostError } from '../base/plugin-host-error.ts';
import { failureOfError } from './compose-failure.ts';
import type { Combination } from './matrix.ts';
import type { RanCase } from './tell-once.ts';
import type { PlannedCase } from './test-source.ts';

/** How a case is run, once. */
export interface TestWay<Variant extends object> {
  combination: Combination | undefined;
  /** What it is run with. @throws PluginHostError when it cannot be had */
  open: () => Promise<Variant>;
}

interface CaseOf<Variant> {
  name: string;
  /** In the file of tests. */
  line: number;
  run: (variant: Variant, signal: AbortSignal) => Promise<RanCase>;
}

/** A case once for each way. What a combination needs and cannot be had fails its cases, and the others are run. */
export function planCase<Variant extends object>(
  { name, line, run }: CaseOf<Variant>,
  ways: readonly TestWay<Variant>[],
): PlannedCase[] {
  return ways.map(({ combination, open }) => ({
    name,
    line,
    ...(combination && { combination }),
    run: async (signal) => {
      let variant: Variant;
      try {
        variant = await open();
      } catch (error) {
        return failureToOpen(error, { name, line });
      }
      return run(variant, signal);
    },
  }));
}

/** @throws PluginHostError for what the user has to change, or has ended */
function failureToOpen(error: unknown, { name, line }: Pick<CaseOf<object>, 'name' | 'line'>): RanCase {
  if (!(error instanceof PluginHostError) || error.exitCode === 2 || error.code === 'INTERRUPTED') throw error;
  const cause = { key: error.message, why: 'the plugin cannot be run' };
  return { name, passed: false, durationMs: 0, failure: failureOfError(error, { line }), cause };
}
