import type { PluginHostError } from '../base/plugin-host-error.ts';
import type { CoverageReport } from './coverage-report.ts';
import type { RanCase } from './tell-once.ts';
import type { CaseHead, SuiteHead } from './test-report.ts';

/**
 * The tests of one system, read but not run: plugin tests and scenarios of SPS, folders of KVGroup. Filter, shards, jobs, watching and reporters
 * see nothing else of a system. A system that brings tests of its own writes one function that finds and reads its files and returns this.
 */
export interface TestSource {
  /** One for each file or folder of tests, in the order of the report. A file that is not valid is a case that fails. Nothing of what is tested has run: cases may only be listed. */
  suites: readonly PlannedSuite[];
  /** All that is wrong with the files that are not valid; absent when all are. */
  invalid?: PluginHostError | undefined;
  /** Files and folders, absolute, that the tests depend on; `--watch` watches them as well as the paths that the user named. */
  watched: readonly string[];
  /** Which lines of what was tested were run, where that was asked for. Called once after the last case has ended. */
  measure?: ((signal: AbortSignal) => Promise<CoverageReport>) | undefined;
  /** Ends what the cases share. Called once after the last case has ended, also when a case throws or nothing is run. */
  close?: () => Promise<void>;
}

/** Tests of one file or folder. */
export interface PlannedSuite extends SuiteHead {
  cases: readonly PlannedCase[];
}

export interface PlannedCase extends CaseHead {
  /** It stands for all cases of its file, whatever their names are: no filter leaves it out. */
  isFile?: boolean;
  /**
   * Runs it, perhaps beside others. Whatever the case itself is at fault for is a failure in what it resolves to.
   * @throws PluginHostError when no other case can be run either; the reason of the signal
   */
  run: (signal: AbortSignal) => Promise<RanCase>;
}
