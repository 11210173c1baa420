import type { CommitPlan } from '../../../src/sps/policies/commit-draft.ts';
import type { CommitFacts, ConfigurationStore } from '../../../src/sps/policies/configuration-store.ts';
import { Configuration } from '../../../src/sps/policies/configuration.ts';

/** Keeps the configuration in memory, as the store of a state folder does on disk. */
export class MemoryStore implements ConfigurationStore {
  configuration = Configuration.of(0, []);
  readonly commits: CommitFacts[] = [];
  readonly #packages = new Map<string, Uint8Array>();

  commit(
    plan: (latest: Configuration) => CommitPlan,
    packages: ReadonlyMap<string, Uint8Array>,
    facts: CommitFacts,
  ): Configuration {
    const { next } = plan(this.configuration);
    for (const [digest, bytes] of packages) this.#packages.set(digest, bytes);
    this.configuration = next;
    this.commits.push(facts);
    return next;
  }

  packageOf(digest: string): Uint8Array | undefined {
    return this.#packages.get(digest);
  }
}
