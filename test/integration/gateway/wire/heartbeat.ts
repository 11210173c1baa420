import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Heartbeat {
  /** What it got back for each line that it sent, in order. */
  beats: () => number;
  /** Ends it as its user would. Resolves to its exit code. */
  stop: () => Promise<number | null>;
  kill: () => void;
}

/** The real client with one command, which it tells something all the time and waits for the answer. */
export async function startHeartbeat(port: number, login: string): Promise<Heartbeat> {
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'IdentityAgent=none'];
  const args = ['-F', 'none', ...options.flatMap((each) => ['-o', each]), '-p', String(port), `${login}@127.0.0.1`];
  const child = spawn('ssh', [...args, 'echo'], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const ended = once(child, 'close') as Promise<[number | null]>;
  child.stdin.on('error', () => undefined);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  let beats = 0;
  const stopping = new AbortController();
  const beat = async (): Promise<void> => {
    child.stdin.write(`beat ${beats}\n`);
    const { value } = await lines.next();
    if (value !== `beat ${beats}`) throw new Error(`the answer to beat ${beats} is ${String(value)}`);
    beats += 1;
  };
  await beat();
  const beating = (async () => {
    while (!stopping.signal.aborted) {
      await beat();
      await sleep(20);
    }
  })();
  beating.catch(() => undefined); // told by stop
  return {
    beats: () => beats,
    stop: async () => {
      stopping.abort();
      await beating;
      child.stdin.end();
      return (await ended)[0];
    },
    kill: () => child.kill('SIGKILL'),
  };
}
