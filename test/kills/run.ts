/**
 * Kills hosts and what runs below them at random moments, and looks at what is left: `node test/kills/run.ts [KILLS] [PYTHON]`. Run as root it has
 * a process name space of its own, so that whatever is left there was left by a host. Ends with 1 when anything was.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { listProcesses, type Seen } from './list-processes.ts';
import { pick } from './pick.ts';
import { runApart } from './run-apart.ts';

const root = path.resolve(import.meta.dirname, '../..');
const kills = Number(process.argv[2] ?? 200);
const python = process.argv[3] ?? '/usr/bin/python3';

if (process.env['KILLS_FOLDER'] === undefined) {
  runApart(import.meta.filename, [String(kills), python, ...process.argv.slice(4)], {
    KILLS_PORT: String(await findPort()),
  });
}

const folder = process.env['KILLS_FOLDER'];
const port = Number(process.env['KILLS_PORT']);
const host = path.join(root, 'bin/plugin-host.js');
const plugin = path.join(import.meta.dirname, 'plugin');
const signals = ['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const;

const project = path.join(folder, 'plugin-host.yaml');
execFileSync('sh', [
  '-c',
  `printf 'environment: {KILLS_FOLDER: "%s", KILLS_PORT: "%s"}\\n' "$0" "$1" > "$2"`,
  folder,
  String(port),
  project,
]);

const library = (...rest: string[]): string[] => [path.join(import.meta.dirname, 'host.ts'), ...rest, python];
const common = ['--host-config', project, '--state', path.join(folder, 'state'), '--json'];
const commands: [name: string, args: string[], isLibrary: boolean][] = [
  ['library, warm', library('python', 'warm'), true],
  ['library, warm', library('python', 'warm'), true],
  ['library, cold', library('python', 'cold'), true],
  ['library, TypeScript', library('typescript', 'warm'), true],
  ['invoke', [host, 'invoke', 'get_password_list', '-p', plugin, '--python', python, ...common], false],
  [
    'invoke --cold',
    [host, 'invoke', 'get_password_list', '-p', plugin, '--cold', '--python', python, ...common],
    false,
  ],
  ['simulate', [host, 'simulate', '-p', plugin, '--python', python, ...common], false],
  ['test', [host, 'test', plugin, '--reporter', 'json', '--python', python, ...common.slice(0, 4)], false],
  [
    'kvgroup',
    [host, 'kvgroup', 'run', path.join(root, 'sample-plugins/kvgroup/profile_id.py'), '--point', '03', '--json'],
    false,
  ],
];

const tally = {
  kills: 0,
  byRole: {} as Record<string, number>,
  rounds: 0,
  calls: 0,
  outcomes: {} as Record<string, number>,
};
const faults: string[] = [];

function fault(what: string): void {
  faults.push(what);
  process.stderr.write(`${what}\n`);
}

while (tally.kills < kills) {
  const [name, args, isLibrary] = pick(commands.filter(([each]) => each.includes(process.argv[4] ?? '')));
  await playRound(name, args, isLibrary);
  tally.rounds += 1;
  if (tally.rounds % 50 === 0) process.stderr.write(`${tally.kills} kills, ${faults.length} faults\n`);
}
await leaveNothing();
const left = readdirSync(folder).filter((each) => each.startsWith('plugin-host-'));
if (left.length > 0) fault(`folders: ${left.join(', ')}`);
console.log(JSON.stringify({ ...tally, faults: faults.length, first: faults.slice(0, 10) }, undefined, 1));
console.log(`${tally.kills} kills passed, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);

async function playRound(name: string, args: string[], isLibrary: boolean): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes: Buffer) => (said.stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said.stderr += bytes.toString()));
  const ended = once(child, 'close');
  const isThere = (): boolean => child.exitCode === null && child.signalCode === null;
  const mayKillHost = Math.random() < (isLibrary ? 0.25 : 0.5);
  const wanted = isLibrary ? 5 + Math.floor(Math.random() * 40) : 1 + Math.floor(Math.random() * 3);
  const victims: string[] = [];
  if (isLibrary && Math.random() < 0.8) await waitFor(() => said.stderr.includes('ready') || !isThere());
  else await wait(Math.random() * 600);
  for (let done = 0; done < wanted && isThere(); done += 1) {
    await wait(Math.random() * (isLibrary ? 80 : 250));
    const isLast = done === wanted - 1;
    const role = kill(child, mayKillHost && isLast);
    if (role !== undefined) victims.push(role);
  }
  child.stdin.end();
  const isHanging = !(await Promise.race([ended.then(() => true), wait(45_000, false, { ref: false })]));
  const wasHostKilled = victims.includes('host');
  const place = `${name} (${victims.join(', ')})`;
  if (isHanging) {
    fault(`hangs: ${place}`);
    child.kill('SIGKILL');
    await ended;
  }
  if (!wasHostKilled && !isHanging) judge(place, said, isLibrary);
  // With a host its supervisor may have been killed: nobody is there to end what is left until the next host comes.
  if (wasHostKilled)
    spawnSync(process.execPath, [host, 'invoke', 'get_password_list', '-p', plugin, ...common], { cwd: folder });
  await leaveNothing(place);
}

function judge(place: string, { stdout, stderr }: { stdout: string; stderr: string }, isLibrary: boolean): void {
  try {
    const document = JSON.parse(stdout) as { started: number; settled: number; outcomes: Record<string, number> };
    if (!isLibrary) return;
    tally.calls += document.started;
    for (const [kind, count] of Object.entries(document.outcomes))
      tally.outcomes[kind] = (tally.outcomes[kind] ?? 0) + count;
    if (document.started !== document.settled) fault(`no outcome: ${place}`);
  } catch {
    if (stderr.startsWith('CHILD_FAILED  ')) return; // `test` tells it as text
    fault(`says nothing: ${place}: ${stdout.slice(0, 200)}${stderr.slice(-1500)}`);
  }
}

/** Gives whom it hit. */
function kill(child: ChildProcess, isHost: boolean): string | undefined {
  const all = listProcesses();
  const below = [child.pid ?? 0];
  for (const pid of below) below.push(...all.filter(({ parent }) => parent === pid).map((each) => each.pid));
  const targets = isHost ? below.slice(0, 1) : below.slice(1);
  if (targets.length === 0) return undefined;
  // Of each kind as often: there are ten times as many of some as of others.
  const roles = Map.groupBy(targets, (each) => (isHost ? 'host' : roleOf(all, each)));
  const [role, pids] = pick([...roles]);
  const pid = pick(pids);
  const signal = pick(signals);
  try {
    process.kill(pid, signal);
  } catch {
    return undefined;
  }
  tally.kills += 1;
  tally.byRole[role] = (tally.byRole[role] ?? 0) + 1;
  return role;
}

function roleOf(all: Seen[], pid: number): string {
  const find = (each: number): Seen | undefined => all.find((other) => other.pid === each);
  const target = find(pid);
  const command = target?.command ?? '';
  if (command.includes('supervisor.py')) return 'supervisor';
  if (!command.includes('fork-server.py')) return command.includes('-shim.') ? 'plugin' : 'child';
  let depth = 0;
  for (let above = find(target?.parent ?? 0); above?.command.includes('fork-server.py') === true; depth += 1)
    above = find(above.parent);
  return ['server', 'station', 'worker'][depth] ?? 'child';
}

/** No process, no lock and no port; a host that was killed has a moment for it. */
async function leaveNothing(place = 'the end'): Promise<void> {
  if (process.ppid !== 1) return; // all processes of the machine are to be seen
  const own = [1, process.pid];
  const find = (): Seen[] => listProcesses().filter(({ pid }) => !own.includes(pid));
  const giveUpAt = performance.now() + 10_000;
  while (find().length > 0 && performance.now() < giveUpAt) await wait(10);
  const found = find();
  if (found.length > 0) {
    fault(`left: ${place}: ${found.map(describe).join('; ')}`);
    for (const { pid } of found) process.kill(pid, 'SIGKILL');
  }
  if (spawnSync('flock', ['-n', path.join(folder, 'lock'), 'true']).status !== 0) fault(`lock: ${place}`);
  if (!(await isFree(port))) fault(`port: ${place}`);
}

/** What may tell where it came from. */
function describe({ pid, parent, state, command }: Seen): string {
  const look = (name: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, 'latin1').replaceAll('\0', ' ').replaceAll('\n', ' ');
    } catch {
      return '';
    }
  };
  return `${pid} ${parent} ${state} ${command}: ${look('wchan')} ${look('environ')} ${look('status').slice(0, 1500)}`;
}

function isFree(number: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(number, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

async function waitFor(isSo: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + 30_000;
  while (!isSo() && performance.now() < giveUpAt) await wait(5);
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
