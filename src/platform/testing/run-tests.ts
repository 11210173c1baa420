import { availableParallelism } from 'node:os';
import { type JsonReport, toJsonReport } from '../../testing/reporters/json-report.ts';
import { runTests as runSource } from '../../testing/run-tests.ts';
import { openPlatformTests } from './open-platform-tests.ts';

/** How a program runs tests of platform scripts. */
export interface RunTestsOptions {
  /** Only cases with this text in their name or file. */
  filter?: string;
  /** How many cases run at once. Default: as many as there are processors. */
  jobs?: number;
  /** Whether secrets are shown as they are. */
  showSecrets?: boolean;
  /** Ends the run. */
  signal?: AbortSignal;
}

/**
 * Runs `*.platform-test.yaml` against simulated targets, as `plugin-host platform test` does. A case that fails is part of the report, and a file that is not valid is one.
 * @param paths Test files, and folders that are searched. Default: the working directory.
 * @throws PluginHostError FILE_NOT_FOUND; USAGE when the filter leaves no case
 */
export async function runTests(
  paths: string | readonly string[] = '.',
  options: RunTestsOptions = {},
): Promise<JsonReport> {
  const { filter, jobs = availableParallelism(), showSecrets = false, signal } = options;
  const source = await openPlatformTests([paths].flat(), { currentFolder: process.cwd(), showSecrets });
  return toJsonReport(await runSource(source, { filter, jobs, signal: signal ?? new AbortController().signal }));
}
