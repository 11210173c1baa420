import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { supervisorPython } from '../../../process/start-supervisor.ts';
import { askProgram, type Surroundings } from '../python/python-facts.ts';
import { type Check, missingRequired, ok, warning } from './check.ts';

/** What system-facts.py says. */
interface SystemFacts {
  version: string;
  executable: string;
  isSubreaper: boolean;
  hasParentDeathSignal: boolean;
  limits: Record<'memory' | 'processes' | 'openFiles' | 'fileSize', boolean>;
}

/** The Python that supervises all plugin processes, and what the system allows it to do. */
export async function checkSystem(surroundings: Surroundings): Promise<Check[]> {
  try {
    const command = [supervisorPython, '-I', '-S', '-B'] as const;
    const facts = (await askProgram(command, 'system-facts.py', [], surroundings)) as SystemFacts;
    return [ok('supervisor', `Python ${facts.version}, ${facts.executable}`), checkTree(facts), checkLimits(facts)];
  } catch (error) {
    if (!(error instanceof PluginHostError) || error.code === 'INTERRUPTED') throw error;
    return [missingRequired('supervisor', error.message, error.hint)];
  }
}

function checkTree({ isSubreaper, hasParentDeathSignal }: SystemFacts): Check {
  if (isSubreaper && hasParentDeathSignal) return ok('processes', 'nothing that a plugin starts outlives its call');
  const hint =
    process.platform === 'linux'
      ? 'Give the supervisor a Python with ctypes (Debian, Ubuntu: apt install python3).'
      : 'Only Linux has what is needed: child subreapers and parent-death signals.';
  return warning('processes', 'what leaves its process group may outlive its call', hint);
}

function checkLimits({ limits }: SystemFacts): Check {
  const named = (isEnforced: boolean): string =>
    Object.entries(limits)
      .filter(([, each]) => each === isEnforced)
      .map(([name]) => name)
      .join(', ');
  const [kept, other] = [named(true), named(false)];
  if (other === '') return ok('limits', `${kept} can be enforced`);
  const message = `${other} cannot be enforced${kept === '' ? '' : `; ${kept} can`}`;
  return warning('limits', message, 'This system ignores these entries of `limits:`.');
}

/** It need not exist yet. */
export function checkStateFolder(stateDir: string): Check {
  const name = 'state folder';
  const remedy = 'Name a writable folder with --state or PLUGIN_HOST_STATE.';
  const stat = statSync(stateDir, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isDirectory()) return missingRequired(name, `${stateDir} is not a folder`, remedy);
  let nearest = stateDir;
  while (!existsSync(nearest) && path.dirname(nearest) !== nearest) nearest = path.dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch {
    return missingRequired(name, `${nearest} cannot be written to`, remedy);
  }
  if (stat === undefined) return ok(name, `${stateDir}, created when it is needed`);
  if ((stat.mode & 0o077) !== 0) {
    return warning(name, `${stateDir} is open to others, and sessions contain secrets`, `chmod 700 ${stateDir}`);
  }
  return ok(name, stateDir);
}

export function checkNode(): Check {
  return ok('Node', `${process.versions.node}, ${process.execPath}`);
}
