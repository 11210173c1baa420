import { readdirSync, readFileSync } from 'node:fs';

export interface Seen {
  pid: number;
  parent: number;
  state: string;
  command: string;
}

/** All that run; what has ended and was not collected yet is left out. */
export function listProcesses(): Seen[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ');
      return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), state, command }];
    } catch {
      return []; // it ended meanwhile
    }
  });
}
