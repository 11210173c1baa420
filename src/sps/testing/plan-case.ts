import { PluginHostError } from '../../base/plugin-host-error.ts';
import { failureOfError } from '../../testing/compose-failure.ts';
import type { RanCase } from '../../testing/tell-once.ts';
import type { PlannedCase } from '../../testing/test-source.ts';
import type { TestVariant, TestWay } from './test-variants.ts';

interface CaseOf {
  name: string;
  /** In the file of tests. */
  line: number;
  run: (variant: TestVariant, signal: AbortSignal) => Promise<RanCase>;
}

/** A case once for each way. What a combination needs and cannot be had fails its cases, and the others are run. */
export function planCase({ name, line, run }: CaseOf, ways: readonly TestWay[]): PlannedCase[] {
  return ways.map(({ combination, open }) => ({
    name,
    line,
    ...(combination && { combination }),
    run: async (signal) => {
      const variant = await open().catch((error: unknown) => failureToOpen(error, { name, line }));
      return 'failure' in variant ? variant : run(variant, signal);
    },
  }));
}

/** @throws PluginHostError for what the user has to change, or has ended */
function failureToOpen(error: unknown, { name, line }: Pick<CaseOf, 'name' | 'line'>): RanCase & { failure: object } {
  if (!(error instanceof PluginHostError) || error.exitCode === 2 || error.code === 'INTERRUPTED') throw error;
  const cause = { key: error.message, when: 'before any hook' };
  return { name, passed: false, durationMs: 0, failure: failureOfError(error, { line }), cause };
}
