import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type OpenedPlugin, openPlugin } from '../../src/index.ts';
import { quietReadyCount, readyCount } from '../../src/process/warm/fork-pool.ts';
import { alive, fixture, python as plainPython, waitUntil } from './fixture.ts';
import { reachableBytes } from './reachable-bytes.ts';

const python = process.env['PLUGIN_HOST_SDK_PYTHON'] ?? plainPython;
const calls = Number(process.env['PLUGIN_HOST_CALLS'] ?? 60);
const atOnce = 4;

interface Seen {
  pid: number;
  parent: number;
  command: string;
}

function processes(): Seen[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return [{ pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, 'latin1') }];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

/** The fork servers of this process: what stands right below its supervisors. Their stations have the same command. */
function findServers(): number[] {
  const all = processes();
  const own = all.filter(({ parent }) => parent === process.pid).map(({ pid }) => pid);
  return all
    .filter(({ parent, command }) => own.includes(parent) && command.includes('fork-server.py'))
    .map(({ pid }) => pid)
    .filter((pid, _, pids) => pid === Math.min(...pids)); // a station whose server was killed stands there too
}

/** What a server has forked: its stations, and their workers. */
function findForked(): { stations: number[]; workers: number[] } {
  const all = processes().filter(({ command }) => command.includes('fork-server.py'));
  const below = (parents: number[]): number[] =>
    all.filter(({ parent }) => parents.includes(parent)).map(({ pid }) => pid);
  const stations = below(findServers());
  return { stations, workers: below(stations) };
}

/**
 * Until all workers wait that are wanted when no call comes, and those of the last calls have ended. A server that was replaced meanwhile
 * waits for a call of its own before it is quiet.
 */
async function awaitQuiet(plugin: OpenedPlugin): Promise<void> {
  let [since, calledAt] = [performance.now(), performance.now()];
  let seen = '';
  await waitUntil(() => {
    const { workers } = findForked();
    const now = performance.now();
    if (workers.length !== quietReadyCount || seen !== workers.join()) since = now;
    seen = workers.join();
    if (workers.length !== quietReadyCount && now - calledAt > 2000) {
      calledAt = now;
      void plugin.call('get_password_list');
    }
    return now - since > 100;
  });
}

function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/** Calls the plugin so many times; each call must have been its own process. */
async function callMany(plugin: OpenedPlugin, count: number): Promise<number[]> {
  const pids: number[] = [];
  let left = count;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { outcome, problems, cookie } = await plugin.call('get_password_list');
      expect({ kind: outcome.kind, problems }).toEqual({ kind: 'returned', problems: [] });
      pids.push(Number((cookie.after['drawn'] as string[])[4]));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return pids;
}

describe('warm calls', () => {
  test(
    `${calls} of them leave no process and no descriptor, and neither host nor server grows`,
    async () => {
      await using plugin = await openPlugin(fixture('draws-lots'), { python, processes: 'warm' });
      await callMany(plugin, 40);
      await awaitQuiet(plugin);
      const [server = 0] = findServers();
      const before = {
        descriptors: readdirSync('/proc/self/fd').length,
        bytes: reachableBytes(),
        server: residentBytes(server),
        serverDescriptors: readdirSync(`/proc/${server}/fd`).length,
      };
      const pids = await callMany(plugin, calls);
      expect(new Set(pids).size).toBeGreaterThan(pids.length * 0.99); // process ids come round
      await waitUntil(() => alive(pids).length === 0); // the last ones' memory may still be taken back
      await awaitQuiet(plugin);
      expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before.descriptors + atOnce);
      expect(reachableBytes() - before.bytes).toBeLessThan(8 * 1024 * 1024);
      if (findServers().includes(server)) {
        expect(residentBytes(server) - before.server).toBeLessThan(1024 * 1024);
        expect(readdirSync(`/proc/${server}/fd`).length).toBe(before.serverDescriptors);
      }
    },
    120_000 + calls * 500,
  );

  test('find their workers there when they come like those of a session, after a quiet moment', async () => {
    await using plugin = await openPlugin(fixture('draws-lots'), { python, processes: 'warm' });
    await callMany(plugin, 1);
    await awaitQuiet(plugin);
    const { workers } = findForked();
    for (let call = 0; call < quietReadyCount - readyCount; call += 1) {
      const { cookie } = await plugin.call('get_password_list');
      expect(workers).toContain(Number((cookie.after['drawn'] as string[])[4]));
    }
  });

  test('end well although stations are killed, and there are soon as many as before', async () => {
    await using plugin = await openPlugin(fixture('draws-lots'), { python, processes: 'warm' });
    for (let round = 0; round < 2; round += 1) {
      await callMany(plugin, quietReadyCount);
      await awaitQuiet(plugin);
      const { stations } = findForked();
      for (const pid of stations) process.kill(pid, 'SIGKILL');
      await waitUntil(() => alive(stations).length === 0); // a plugin that was started meanwhile has crashed
    }
    await callMany(plugin, quietReadyCount);
    await awaitQuiet(plugin);
    await waitUntil(() => findForked().stations.length === quietReadyCount);
  });

  test(
    'end well although their server is killed again and again',
    async () => {
      await using plugin = await openPlugin(fixture('draws-lots'), { python, processes: 'warm' });
      const state = { isDone: false };
      let killed = 0;
      const kill = async (): Promise<void> => {
        while (!state.isDone) {
          for (const pid of findServers()) {
            try {
              process.kill(pid, 'SIGKILL');
              killed += 1;
            } catch {
              // It was replaced meanwhile.
            }
          }
          await callMany(plugin, Math.ceil(Math.random() * 8));
        }
      };
      const killing = kill();
      do await callMany(plugin, Math.min(Math.ceil(calls / 4), 600));
      while (killed < 2);
      state.isDone = true;
      await killing;
    },
    120_000 + calls * 500,
  );
});
