/**
 * Warm calls against naive fresh processes and against the vendor's `pluginv`, which runs all calls in one process. What is compared takes
 * turns. The Python with the vendor's SDK is named by PLUGIN_HOST_SDK_PYTHON.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OpenedPlugin, openPlugin } from 'plugin-host';
import { buildKwargs } from '../../src/sps/plugin/build-kwargs.ts';
import { connections } from '../../src/sps/plugin/connections.ts';
import { findHook } from '../../src/sps/plugin/find-hook.ts';
import { runScenarios } from './run-scenarios.ts';
import { median, quantile, row } from './statistics.ts';
import { makePlugins, naive } from './warm-plugins.ts';

const python = process.env['PLUGIN_HOST_SDK_PYTHON'] ?? '';
const runs = Number(process.argv[2] ?? 25);

async function timeMs(run: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
}

async function callOnce(plugin: OpenedPlugin): Promise<number> {
  const { outcome, cookie } = await plugin.call('authenticate', {}, { connection: 'ssh-gateway' });
  if (outcome.kind !== 'returned') throw new Error(JSON.stringify(outcome));
  return Number(cookie.after['ownMs']);
}

/** A call, and what of it was not the plugin's own. */
async function timeCall(plugin: OpenedPlugin): Promise<{ wholeMs: number; ownMs: number; overMs: number }> {
  let ownMs = 0;
  const wholeMs = await timeMs(async () => (ownMs = await callOnce(plugin)));
  return { wholeMs, ownMs, overMs: wholeMs - ownMs };
}

/** Of waiting processes, what they do not share, in MiB. */
function measureWaiting(marks: string[]): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      if (!marks.some((mark) => command.includes(mark))) return [];
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      return [Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1]) / 1024];
    } catch {
      return [];
    }
  });
}

async function comparePython(root: string): Promise<Record<string, number>> {
  await using warm = await openPlugin(root, { python, processes: 'warm' });
  await using cold = await openPlugin(root, { python, processes: 'cold' });
  const hook = findHook('aa', 'authenticate');
  if (hook === undefined) throw new Error('authenticate');
  const sources = { overlay: {}, answers: {}, cookie: {}, sessionCookie: {}, sessionName: 'example', api: '1.9' };
  const kwargs = JSON.stringify(buildKwargs(hook, { connection: connections['ssh-gateway'], ...sources }));
  const times: Record<'naive' | 'cold' | 'warm' | 'own' | 'over', number[]> = {
    naive: [],
    cold: [],
    warm: [],
    own: [],
    over: [],
  };
  for (let run = -2; run < runs; run += 1) {
    const naiveMs = await timeMs(() => {
      const { status } = spawnSync(python, ['-c', naive, root, kwargs], { stdio: 'ignore' });
      if (status !== 0) throw new Error('the naive process failed');
    });
    const coldMs = await timeMs(() => callOnce(cold));
    if (run < 0) await callOnce(warm);
    else {
      times.naive.push(naiveMs);
      times.cold.push(coldMs);
    }
    for (let turn = 0; run >= 0 && turn < 8; turn += 1) {
      const { wholeMs, ownMs, overMs } = await timeCall(warm);
      times.warm.push(wholeMs);
      times.own.push(ownMs);
      times.over.push(overMs);
    }
  }
  const inARow: number[] = []; // more than there are processes waiting: each call shares the processors with the making of others
  for (let call = 0; call < 8 * runs; call += 1) inARow.push((await timeCall(warm)).overMs);
  const perSecond: [string, number][] = [];
  for (const atOnce of [1, 2, 4, 8]) {
    let left = 40 * Math.max(2, atOnce);
    const count = left;
    const work = async (): Promise<void> => {
      for (; left > 0; await callOnce(warm)) left -= 1;
    };
    const elapsedMs = await timeMs(() => Promise.all(Array.from({ length: atOnce }, work)));
    perSecond.push([`warm calls per second, ${atOnce} at once`, (count / elapsedMs) * 1000]);
  }
  return {
    'naive fresh process with the SDK, ms': median(times.naive),
    'cold call, ms': median(times.cold),
    'warm call, ms': median(times.warm),
    "of it the plugin's own import, constructor and hook, ms": median(times.own),
    'over that, ms': median(times.over),
    [`over that, ${8 * runs} calls in a row, ms`]: median(inARow),
    'warm call, 99 of 100 below, ms': quantile(times.warm, 0.99),
    'naive : warm': median(times.naive) / median(times.warm),
    '99 of 100 : median': quantile(times.warm, 0.99) / median(times.warm),
    ...Object.fromEntries(perSecond),
    'memory of a Python process of the server, MiB': median(measureWaiting(['fork-server.py'])),
  };
}

async function comparePluginv(root: string): Promise<Record<string, number>> {
  const pluginv = path.join(path.dirname(python), 'pluginv');
  if (!existsSync(pluginv)) return {};
  await using plugin = await openPlugin(root, { python, processes: 'warm' });
  const times: Record<'pluginv' | 'program' | 'calls', number[]> = { pluginv: [], program: [], calls: [] };
  for (let run = -1; run < Math.ceil(runs / 3); run += 1) {
    const pluginvMs = await timeMs(() => {
      const { status, stdout } = spawnSync(pluginv, ['run-scenario'], {
        cwd: root,
        encoding: 'utf8',
        input: '123456\n'.repeat(8),
      });
      if (status !== 0) throw new Error(stdout);
    });
    const script = [path.resolve(import.meta.dirname, 'run-scenarios.ts'), root, python];
    const programMs = await timeMs(() => {
      const { status, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
    });
    const callsMs = await timeMs(() => runScenarios(plugin));
    if (run < 0) continue;
    times.pluginv.push(pluginvMs);
    times.program.push(programMs);
    times.calls.push(callsMs);
  }
  return {
    'pluginv run-scenario, four scenarios, ms': median(times.pluginv),
    'the same calls by a program that opens the plugin, ms': median(times.program),
    'the same calls in a program that has it open, ms': median(times.calls),
    'pluginv : program': median(times.pluginv) / median(times.program),
    'pluginv : calls': median(times.pluginv) / median(times.calls),
  };
}

async function compareTypeScript(root: string): Promise<Record<string, number>> {
  await using cold = await openPlugin(root, { processes: 'cold' });
  await using warm = await openPlugin(root, { processes: 'warm' });
  const times: Record<'cold' | 'warm', number[]> = { cold: [], warm: [] };
  for (let run = -2; run < runs; run += 1) {
    const [coldMs, warmMs] = [await timeMs(() => callOnce(cold)), await timeMs(() => callOnce(warm))];
    if (run < 0) continue;
    times.cold.push(coldMs);
    times.warm.push(warmMs);
  }
  return {
    'TypeScript, cold call, ms': median(times.cold),
    'TypeScript, warm call, ms': median(times.warm),
    'TypeScript, cold : warm': median(times.cold) / median(times.warm),
    'memory of a waiting Node process, MiB': median(measureWaiting(['module-shim.mjs'])),
  };
}

const folder = mkdtempSync(path.join(tmpdir(), 'ph-bench-'));
try {
  const { sdk, typescript } = makePlugins(folder);
  const isSdkThere = python !== '' && existsSync(python);
  if (!isSdkThere)
    process.stderr.write('SKIPPED: warm Python calls; set PLUGIN_HOST_SDK_PYTHON to a Python with the SDK\n');
  const figures = {
    ...(isSdkThere ? { ...(await comparePython(sdk)), ...(await comparePluginv(sdk)) } : {}),
    ...(await compareTypeScript(typescript)),
  };
  const lines = Object.entries(figures).map(([name, value]) => row([name, value]));
  process.stdout.write(`\n${lines.join('\n')}\n\n${JSON.stringify({ runs, figures }, undefined, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
