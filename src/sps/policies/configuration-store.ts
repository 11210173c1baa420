import type { ChangeEntry } from './change-entry.ts';
import type { CommitPlan } from './commit-draft.ts';
import type { Configuration } from './configuration.ts';

/** What is remembered of a commit. */
export interface CommitFacts {
  user: string;
  /** ISO */
  time: string;
  message: string;
  changes: readonly ChangeEntry[];
}

/** Where the committed configuration is kept. */
export interface ConfigurationStore {
  /** What is committed now. */
  readonly configuration: Configuration;
  /**
   * Commits all of it or nothing.
   * @param plan Gets what is committed now. What it throws leaves everything as it was
   * @param packages By digest: new ones
   */
  commit: (
    plan: (latest: Configuration) => CommitPlan,
    packages: ReadonlyMap<string, Uint8Array>,
    facts: CommitFacts,
  ) => Configuration;
  /** The ZIP of a plugin. */
  packageOf: (digest: string) => Uint8Array | undefined;
}
