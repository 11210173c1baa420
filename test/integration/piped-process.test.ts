import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PipedProcess, type PipedReport } from '../../src/process/piped-process.ts';
import { alive, makeFolder, python, waitUntil } from './fixture.ts';
import { untilTimeIsUp } from './held-clock.ts';

interface Run extends PipedReport {
  output: string;
  stderr: string;
}

interface Order {
  input?: string;
  command?: string[];
  /** What the program prints when its time may be up; by default it never is. */
  until?: string;
}

async function run(code: string, { input = '', until, command = [python, '-c'] }: Order = {}): Promise<Run> {
  const chunks: Buffer[] = [];
  const output = (): string => Buffer.concat(chunks).toString();
  const [name = '', ...words] = command;
  const start = async (): Promise<Run> => {
    const child = new PipedProcess(
      { command: [name, ...words, code], cwd: makeFolder(), env: { PATH: process.env['PATH'] ?? '' }, limits: {} },
      { graceMs: 300, stderrLimitBytes: 1000, onOutput: (bytes) => chunks.push(bytes) },
    );
    child.allow(600_000);
    child.write(input);
    child.endInput();
    const report = await child.finished;
    return { ...report, output: output(), stderr: child.stderr.collect((text) => text) };
  };
  if (until === undefined) return start();
  const { result } = await untilTimeIsUp(start, () => waitUntil(() => output().includes(until)), {
    isForced: true,
  });
  return result;
}

test('a program reads its standard input and is heard on both other streams', async () => {
  const code = 'import sys; t = sys.stdin.read(); print(len(t)); print("note", file=sys.stderr); sys.exit(3)';
  expect(await run(code, { input: 'x'.repeat(300_000) })).toMatchObject({
    output: '300000\n',
    stderr: 'note\n',
    exitCode: 3,
    stopped: undefined,
  });
});

test('its streams are pipes, which can be opened again by name', async () => {
  const { output, stderr } = await run('cat /dev/stdin > /dev/stdout; echo note > /dev/stderr', {
    input: 'hello',
    command: ['sh', '-c'],
  });
  expect({ output, stderr }).toEqual({ output: 'hello', stderr: 'note\n' });
});

test('it has no other descriptor', async () => {
  expect((await run('import os; print(sorted(os.listdir("/proc/self/fd"), key=int)[:-1])')).output).toBe(
    "['0', '1', '2']\n",
  );
});

test('all that it wrote arrives, however much it is', async () => {
  const { output } = await run('import sys; sys.stdout.write("y" * 5_000_000)');
  expect(output.length).toBe(5_000_000);
});

test('a program that does not read its input is no failure', async () => {
  expect(await run('print("done")', { input: 'x'.repeat(1_000_000) })).toMatchObject({ output: 'done\n', exitCode: 0 });
});

test('one over its time is ended, and what it left with it', async () => {
  const code =
    'import subprocess, time; print(subprocess.Popen(["sleep", "600"], start_new_session=True).pid, flush=True); time.sleep(600)';
  const { output, ...report } = await run(code, { until: '\n' });
  expect(report).toMatchObject({ stopped: 'timed-out', signal: 'SIGTERM', exitCode: undefined, left: ['sleep'] });
  expect(output).toMatch(/^\d+\n$/);
  expect(alive([Number(output)])).toEqual([]);
});

test('one that ignores the polite signal is killed', async () => {
  const code =
    'import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print("deaf", flush=True); time.sleep(600)';
  expect(await run(code, { until: 'deaf' })).toMatchObject({ stopped: 'timed-out', forced: true, signal: 'SIGKILL' });
});

test('one that ends has what it left ended, although that holds its output open', async () => {
  const { output, left } = await run('import subprocess; print(subprocess.Popen(["sleep", "600"]).pid)');
  expect(left).toEqual(['sleep']);
  expect(alive([Number(output)])).toEqual([]);
});

test('its temporary folder is gone with it', async () => {
  const { output } = await run('import os, tempfile; print(tempfile.mkdtemp())');
  expect(output).toContain('/plugin-host-');
  expect(existsSync(output.trim())).toBe(false);
});

test("a program that is not there is the host's failure", async () => {
  await expect(run('', { command: ['/nowhere/program'] })).rejects.toMatchObject({ code: 'CHILD_FAILED', exitCode: 3 });
});
