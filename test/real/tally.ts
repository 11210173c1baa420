import { appendFileSync } from 'node:fs';

/** What the run saw of one plugin, for the table at its end. */
export interface Tally {
  name: string;
  mode: string;
  check: string;
  /** Calls compared, by hook. */
  hooks: Map<string, number>;
  requests: number;
  sessions: number;
}

/** Appends the plugin's row to the file that `run.ts` prints. */
export function writeTally(file: string, { name, mode, check, hooks, requests, sessions }: Tally): void {
  const calls = [...hooks.values()].reduce((sum, each) => sum + each, 0);
  const each = [...hooks].map(([hook, count]) => `${hook} ${count}`).join(', ');
  appendFileSync(file, `| ${name} | ${mode} | ${check} | ${sessions} | ${each} | ${calls} | ${requests} |\n`);
}
