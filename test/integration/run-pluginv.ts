import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import type { Json } from '../../src/index.ts';
import type { FlowStep } from '../../src/sps/flow/session-stage.ts';
import { makeFolder } from './fixture.ts';

/** The scenarios of the vendor's test runner. Source: Plugin SDK 1.9.1, `pluginv run-scenario --list-scenarios`. */
export const vendorScenarios = [
  'SshWithoutGatewayAuth',
  'SshWithGatewayAuth',
  'RdpWithoutGatewayAuth',
  'RdpWithGatewayAuth',
] as const;

/** A session as far as both sides show it: verdicts with their cookies, without keys that begin with `_`, and what was asked. */
export interface Course {
  authenticate: Json;
  authorize: Json;
  /** Prompts of all questions. */
  asked: string;
  isEnded: boolean;
}

export interface PluginvRun {
  python: string;
  folder: string;
  config: string;
  /** In the order in which they are asked. */
  answers: readonly string[];
  /** For what the plugin does besides, such as the certificates that it trusts. */
  environment?: Readonly<Record<string, string>>;
}

/** Runs one scenario with `pluginv run-scenario`, which writes only to the folder of its own. */
export async function runPluginv(scenario: string, run: PluginvRun): Promise<Course> {
  const { python, folder, config, answers, environment } = run;
  const scratch = makeFolder();
  const configFile = path.join(scratch, 'config');
  writeFileSync(configFile, config);
  const program = path.join(path.dirname(python), 'pluginv');
  if (!existsSync(program)) throw new Error(`${program}: not there; the SDK brings it`);
  const { exitCode, stdout, stderr } = await execa(program, ['run-scenario', '-n', scenario, '-c', configFile], {
    cwd: folder,
    reject: false,
    input: answers.map((answer) => `${answer}\n`).join(''),
    env: {
      ...environment,
      PATH: `${path.dirname(python)}${path.delimiter}${process.env['PATH'] ?? ''}`,
      TMPDIR: scratch,
      PYTHONDONTWRITEBYTECODE: '1',
      SCB_PLUGIN_STATE_DIRECTORY: scratch,
      EPHEMERAL_PLUGIN_STATE_DIRECTORY: scratch,
    },
  });
  if (exitCode !== 0) throw new Error(`pluginv: ${stdout}${stderr}`);
  const finished = (hook: string): [before: string, verdict: Json] | undefined => {
    const found = new RegExp(`([^\\n]*)plugin ${hook} finished with: (\\{\\n[^]*?\\n\\})(?:\\n|$)`).exec(stdout);
    return found === null ? undefined : [found[1] ?? '', JSON.parse(found[2] ?? '') as Json];
  };
  const authenticate = finished('authenticate');
  const authorize = finished('authorize');
  return {
    authenticate: authenticate?.[1] ?? null,
    authorize: authorize?.[1] ?? null,
    asked: `${authenticate?.[0] ?? ''}${authorize?.[0] ?? ''}`,
    isEnded: stdout.includes('plugin session end finished'),
  };
}

/** The same view of a simulated session. */
export function courseOf(steps: readonly FlowStep[]): Course {
  const last = (hook: string): Json => {
    const outcome = steps.findLast((step) => step.hook === hook)?.outcome;
    return outcome?.kind === 'returned' ? withoutPrivate(outcome.value) : null;
  };
  return {
    authenticate: last('authenticate'),
    authorize: last('authorize'),
    asked: steps.map(({ question }) => question?.prompt ?? '').join(''),
    isEnded: steps.some(({ hook, outcome }) => hook === 'session_ended' && outcome.kind === 'returned'),
  };
}

/** As the runner prints it. Source: Plugin SDK 1.9.1, scenario runner. */
function withoutPrivate(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const shown = Object.entries(value).filter(([key]) => !key.startsWith('_'));
  return Object.fromEntries(shown.map(([key, each]) => [key, withoutPrivate(each)]));
}
