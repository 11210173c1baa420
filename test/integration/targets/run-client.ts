import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface ClientRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Whether a program is on this machine. */
export function hasProgram(name: string): boolean {
  return spawnSync('which', [name]).status === 0;
}

/** Runs a client of ours beside the target, which is in this process. */
export async function runClient(program: string, args: readonly string[], input = ''): Promise<ClientRun> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined); // it may end without reading
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
