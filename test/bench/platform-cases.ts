/**
 * How many cases `plugin-host platform test` runs in a second against simulated HTTP targets, with TLS and without; and what ten HTTP steps
 * of `platform run` cost over a start of Node.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startTarget } from '../../src/targets/running/start-target.ts';
import { median, row } from './statistics.ts';

const bin = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');
const count = 200;
const jobs = 2;
const runs = 3;
const steps = 10;
const starts = 15;
const run = promisify(execFile);

const parameters = [
  { Address: { Type: 'String', Required: true } },
  { Port: { Type: 'Integer', Required: false } },
  { AccountPassword: { Type: 'Secret', Required: true } },
];

/** Signs in as often as asked. */
function makeScript(scheme: string, times: number): object {
  const signIn = [
    { NewHttpRequest: { ObjectName: 'Login' } },
    { SetItem: { Name: 'Body', Value: { password: '%AccountPassword%' }, IsSecret: true } },
    {
      Request: {
        ...{ RequestObjectName: 'Login', ResponseObjectName: 'Answer', Verb: 'POST', Url: 'api/login' },
        Content: { ContentObjectName: 'Body', ContentType: 'application/json' },
      },
    },
  ];
  const check = {
    Parameters: parameters,
    Do: [
      { BaseAddress: { Address: `${scheme}://%Address%${times === 1 ? '' : ':%Port%'}` } },
      ...Array.from({ length: times }, () => signIn).flat(),
      { Return: { Value: '%{ Answer.StatusCode == 200 }%' } },
    ],
  };
  return { Id: 'Bench', BackEnd: 'Scriptable', CheckPassword: check };
}

const routes = [
  { method: 'POST', path: '/api/login', json: { password: 'right-Word1' }, answer: { json: { ok: true } } },
];

async function casesPerSecond(folder: string, scheme: string): Promise<number> {
  const script = path.join(folder, `${scheme}.json`);
  writeFileSync(script, JSON.stringify(makeScript(scheme, 1)));
  const file = path.join(folder, `${scheme}.platform-test.yaml`);
  const cases = Array.from({ length: count }, (_, n) => ({
    name: `case ${n + 1}`,
    operation: 'CheckPassword',
    expect: { outcome: 'success', requests: [{ path: '/api/login', status: 200 }] },
  }));
  const tests = { script, parameters: { AccountPassword: 'right-Word1' }, target: { http: { routes } }, cases };
  writeFileSync(file, JSON.stringify(tests));
  const found: number[] = [];
  for (let index = 0; index < runs; index += 1) {
    const startedAt = performance.now();
    const args = [bin, 'platform', 'test', file, '--jobs', String(jobs), '--json'];
    const { stdout } = await run(process.execPath, args, { maxBuffer: 1e8 });
    const seconds = (performance.now() - startedAt) / 1000;
    const { passed } = JSON.parse(stdout) as { passed?: number };
    if (passed !== count) throw new Error(`${String(passed)} of ${count} cases passed`);
    found.push(count / seconds);
  }
  return median(found);
}

/** In turns, so that both have the same machine. */
async function costOfSteps(folder: string): Promise<{ nodeMs: number; runMs: number }> {
  const script = path.join(folder, 'steps.json');
  writeFileSync(script, JSON.stringify(makeScript('http', steps)));
  await using target = await startTarget({ http: { routes } });
  const set = ['Address=127.0.0.1', `Port=${target.loopbackPort}`].flatMap((each) => ['--set', each]);
  const secret = ['--secret', 'AccountPassword=env:BENCH_PASSWORD'];
  const args = [bin, 'platform', 'run', script, 'CheckPassword', ...set, ...secret];
  const env = { ...process.env, BENCH_PASSWORD: 'right-Word1' };
  const timed = async (given: string[]): Promise<number> => {
    const startedAt = performance.now();
    await run(process.execPath, given, { env });
    return performance.now() - startedAt;
  };
  const nodeMs: number[] = [];
  const runMs: number[] = [];
  for (let index = -2; index < starts; index += 1) {
    const [one, other] = [await timed(['--eval', '0']), await timed(args)];
    if (index < 0) continue;
    nodeMs.push(one);
    runMs.push(other);
  }
  return { nodeMs: median(nodeMs), runMs: median(runMs) };
}

const folder = mkdtempSync(path.join(tmpdir(), 'ph-bench-'));
try {
  const http = await casesPerSecond(folder, 'http');
  const https = await casesPerSecond(folder, 'https');
  const { nodeMs, runMs } = await costOfSteps(folder);
  const lines = [
    row([`platform test, ${count} cases, ${jobs} at once`, '   cases/s']),
    row(['  http', http]),
    row(['  https', https]),
    row([`platform run, ${steps} HTTP steps`, '   node ms    run ms   over ms']),
    row(['', nodeMs, runMs, runMs - nodeMs]),
  ];
  const results = {
    cases: count,
    jobs,
    runs,
    casesPerSecond: { http, https },
    steps,
    nodeMs,
    runMs,
    overMs: runMs - nodeMs,
  };
  process.stdout.write(`${lines.join('\n')}\n\n${JSON.stringify(results, undefined, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
