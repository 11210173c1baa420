/**
 * Kills clients, gateways, targets and Redis of real logins at random moments, and looks at how their sessions end:
 * `node test/kills/gateway.ts [KILLS] [folder|redis]`. With Redis there are two gateways on one store. Run as root it has a process name space of its
 * own, so that whatever is left there was left by a gateway. Ends with 1 when a session did not end, ended twice, or anything was left.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { writePlugins } from '../integration/gateway/scripted-plugins.ts';
import { killSsh, runSsh, type SshRun } from '../integration/gateway/ssh-client.ts';
import { startRealSshd } from '../integration/platform/real-sshd.ts';
import { startRedis } from '../integration/redis-server.ts';
import { listProcesses } from './list-processes.ts';
import { pick } from './pick.ts';
import { runApart } from './run-apart.ts';

const kills = Number(process.argv[2] ?? 200);
const isShared = process.argv[3] === 'redis';
const program = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');

if (process.env['KILLS_FOLDER'] === undefined) runApart(import.meta.filename, process.argv.slice(2));

const folder = process.env['KILLS_FOLDER'];
const keyFile = path.join(folder, 'key');
execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyFile]);
const target = await startRealSshd([{ name: 'svc', keys: [readFileSync(`${keyFile}.pub`, 'utf8')] }]);
const { plugins } = writePlugins(
  folder,
  {
    authenticate: [
      { return: { verdict: 'NEEDINFO', question: ['code', 'Code: ', true] } },
      { return: { verdict: 'ACCEPT' } },
    ],
    get_private_key_list: { sleepMs: 30, return: { private_keys: [['ssh-ed25519', readFileSync(keyFile, 'utf8')]] } },
    session_ended: { sleepMs: 30 },
  },
  ['aa', 'credentialstore'],
);
const redisFolder = mkdtempSync(path.join(folder, 'redis-'));
const lasting = { isLasting: true };
let redis = isShared ? await startRedis(redisFolder, 'secret', lasting) : undefined;
const state = redis === undefined ? path.join(folder, 'state') : `redis://:secret@127.0.0.1:${redis.port}`;

interface Gateway {
  child: ChildProcess;
  port: number;
}

interface Session {
  name: string;
  ended: string | null;
  steps: { hook: string; plugin: { type: string } }[];
}

const faults: string[] = [];
const tally: Record<string, number> = {};
const endings: Record<string, number> = {};
const seen = new Set<string>();
const gateways = await Promise.all(Array.from({ length: isShared ? 2 : 1 }, (_, at) => startGateway(at)));

let done = 0;
for (; done < kills; done += 1) {
  await playRound();
  if (done % 20 === 19) process.stderr.write(`${done + 1} kills, ${faults.length} faults\n`);
}
for (const { child } of gateways) {
  child.kill('SIGTERM');
  await once(child, 'exit');
}
await judgeSessions('the end');
await redis?.stop();
await target.stop();
const left = listProcesses().filter(({ pid }) => pid !== 1 && pid !== process.pid);
if (process.ppid === 1 && left.length > 0) fault(`left: ${left.map(({ command }) => command).join('; ')}`);
console.log(
  JSON.stringify({ kills: done, tally, sessions: seen.size, endings, faults: faults.slice(0, 10) }, undefined, 1),
);
console.log(`${done} kills passed, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);

async function playRound(): Promise<void> {
  const runs = Array.from({ length: 3 }, (_, at): SshRun => {
    const { port } = gateways[at % gateways.length] ?? { port: 0 };
    const command = ['sleep 0.4; echo done'];
    // A target that dies with the key before it leaves the password to the user.
    return runSsh(folder, {
      port,
      login: `svc@127.0.0.1:${target.port}`,
      command,
      answers: ['1', 'wrong', 'wrong', 'wrong'],
    });
  });
  await wait(Math.random() * 1500);
  const victim = pick(['client', 'gateway', 'target', ...(isShared ? ['redis'] : [])]);
  tally[victim] = (tally[victim] ?? 0) + 1;
  await killOne(victim, runs);
  const ends = Promise.all(runs.map((run) => run.done));
  const isOver = await Promise.race([ends.then(() => true), wait(60_000, false, { ref: false })]);
  if (!isOver) fault(`a client hangs: ${victim}`);
  for (const run of runs) killSsh(run);
  await judgeSessions(victim);
}

async function killOne(victim: string, runs: readonly SshRun[]): Promise<void> {
  if (victim === 'client') {
    killSsh(pick(runs));
  } else if (victim === 'target') {
    const sessions = listProcesses().filter(({ command }) =>
      /^sshd(-session)?: (svc|\[accepted|unknown)/.test(command),
    );
    if (sessions.length > 0) killIfThere(pick(sessions).pid);
  } else if (victim === 'gateway') {
    const at = Math.floor(Math.random() * gateways.length);
    gateways[at]?.child.kill('SIGKILL');
    gateways[at] = await startGateway(at);
  } else if (redis !== undefined) {
    const { port } = redis;
    await redis.kill();
    await wait(Math.random() * 2000);
    redis = await startRedis(redisFolder, 'secret', { ...lasting, port });
  }
}

async function startGateway(at: number): Promise<Gateway> {
  const args = [
    'gateway',
    ...plugins.flatMap((each) => ['-p', each]),
    '--state',
    state,
    '--listen',
    '127.0.0.1:0',
    '--json',
  ];
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...(isShared ? { PLUGIN_HOST_STATE: path.join(folder, `host-${at}`) } : {}) },
  });
  child.once('exit', (exitCode) => {
    if (exitCode !== null && exitCode !== 0) fault(`a gateway ended with ${exitCode}`);
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, port: (JSON.parse(line) as { port: number }).port };
}

/** Each session of before ends, and its plugins are told once. */
async function judgeSessions(place: string): Promise<void> {
  const giveUpAt = performance.now() + 60_000;
  let open: string[];
  let all: Session[];
  do {
    all = ask('ls') as Session[];
    open = all.filter(({ ended }) => ended === null).map(({ name }) => name);
    if (open.length > 0) await wait(100);
  } while (open.length > 0 && performance.now() < giveUpAt);
  for (const name of open) fault(`has not ended: ${name}: ${place}`);
  for (const { name } of all.filter((each) => !seen.has(each.name))) {
    seen.add(name);
    const { steps, ended } = ask('show', name) as Session;
    endings[String(ended)] = (endings[String(ended)] ?? 0) + 1;
    for (const type of new Set(steps.map(({ plugin }) => plugin.type))) {
      const hooks = steps.filter(({ plugin }) => plugin.type === type).map(({ hook }) => hook);
      const told = hooks.filter((hook) => hook === 'session_ended').length;
      if (told !== 1 || hooks.at(-1) !== 'session_ended') fault(`${type} of ${name}: ${hooks.join(' ')}: ${place}`);
    }
  }
}

function ask(...words: string[]): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, [program, 'session', ...words, '--state', state, '--json'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`session ${words.join(' ')}: ${stdout.slice(0, 300)}${stderr.slice(0, 300)}`);
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

function fault(what: string): void {
  faults.push(what);
  process.stderr.write(`${what}\n`);
}
