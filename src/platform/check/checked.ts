import type { CallGraph } from '../analysis/call-graph.ts';
import type { Uses } from '../analysis/uses-of.ts';
import type { Block, Script, Step } from '../script/script.ts';
import type { Finding } from './finding.ts';

/** A step with all that is known of it. */
export interface KnownStep {
  step: Step;
  block: Block;
  uses: Uses;
}

/** A script, and what all rules need to know of it. */
export interface Checked {
  script: Script;
  graph: CallGraph;
  /** In the order of the text. */
  steps: readonly KnownStep[];
  usesOf: (step: Step) => Uses;
}

/** A rule or several that belong together. */
export type Rule = (checked: Checked) => Iterable<Finding>;
