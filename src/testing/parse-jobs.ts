import { availableParallelism } from 'node:os';
import { PluginHostError } from '../base/plugin-host-error.ts';

/** How many cases run at once; by default as many as there are processors. @throws PluginHostError USAGE */
export function parseJobs(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new PluginHostError('USAGE', `--jobs: ${JSON.stringify(text)} is not a number of calls`, {
    hint: 'Write a whole number from 1, such as --jobs 2.',
  });
}
