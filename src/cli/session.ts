import { PluginHostError } from '../errors.ts';
import { renderDuration } from '../process/duration.ts';
import type { StoredStep } from '../sps/session/session-file.ts';
import type { CallRecord } from '../sps/session/call-record.ts';
import { diffJson } from '../diff-json.ts';
import { maskRecord } from '../sps/session/mask-record.ts';
import { SessionStore } from '../sps/session/session-store.ts';
import { hostOf, type SharedOptions } from './host-options.ts';
import { renderChange, renderFindings, renderJson, renderLog } from './render-call.ts';
import { renderTable } from './render-table.ts';
import type { Terminal } from './terminal.ts';

interface StoredOptions extends SharedOptions {
  plugin: string;
  log?: true;
  showSecrets?: true;
}

interface ShownStep extends CallRecord {
  n: number;
  startedAt: string;
}

export async function listSessions(terminal: Terminal, options: StoredOptions): Promise<number> {
  const { stateDir } = await hostOf(options.plugin, options);
  const sessions = new SessionStore(stateDir).list();
  if (options.json) terminal.printJson(sessions);
  else if (sessions.length === 0)
    terminal.say(`no sessions in ${stateDir}; \`plugin-host invoke HOOK --session NAME\` makes one`);
  else {
    const rows = sessions.map(({ name, steps, lastHook, lastAt }) => [
      name,
      String(steps),
      lastHook ?? '',
      lastAt ?? '',
    ]);
    terminal.print(renderTable(['session', 'steps', 'last hook', 'at'], rows, terminal.paint));
  }
  return 0;
}

export async function showSession(terminal: Terminal, name: string, options: StoredOptions): Promise<number> {
  const steps = await readSteps(name, options);
  const shown = steps.map((step) => toShown(step, options));
  if (options.json) {
    terminal.printJson({ session: name, steps: shown });
    return 0;
  }
  const rows = shown.map(({ n, hook, outcome, verdict, cookie, sessionCookie, deadline }) => [
    String(n),
    hook,
    outcome.kind === 'returned' ? (verdict ?? 'returned') : outcome.kind,
    `${renderDuration(outcome.durationMs)} of ${renderDuration(deadline.pluginTimeoutMs)}`,
    summarize(cookie),
    summarize(sessionCookie),
  ]);
  terminal.print(renderTable(['', 'hook', 'outcome', 'time', 'cookie', 'session cookie'], rows, terminal.paint));
  for (const { n, problems } of shown) {
    if (problems.length > 0) terminal.print(`\nstep ${n}\n${renderFindings(problems, terminal.paint)}`);
  }
  if (options.log) for (const { n, logLines } of steps) terminal.print(`\nstep ${n} log\n${renderLog(logLines)}`);
  return 0;
}

export async function diffSession(
  terminal: Terminal,
  name: string,
  given: string | undefined,
  options: StoredOptions,
): Promise<number> {
  const steps = await readSteps(name, options);
  const step = given === undefined ? steps.at(-1) : steps.find(({ n }) => String(n) === given);
  if (step === undefined) {
    throw new PluginHostError('STEP_NOT_FOUND', `${name}: has no step ${given ?? ''}`, {
      hint: `\`plugin-host session show ${name}\` lists its ${steps.length} steps.`,
    });
  }
  const { n, hook, cookie, sessionCookie } = toShown(step, options);
  if (options.json) terminal.printJson({ session: name, n, hook, cookie, sessionCookie });
  else {
    const parts = [
      ['cookie', cookie],
      ['session cookie', sessionCookie],
    ] as const;
    const body = parts.map(([title, change]) => {
      const changes = renderChange(change);
      return `${terminal.paint('bold', title)}\n${changes === '' ? `  unchanged: ${renderJson(change.after)}` : changes.replace(/^/gm, '  ')}`;
    });
    terminal.print(`step ${n}, ${hook}\n${body.join('\n')}`);
  }
  return 0;
}

export async function removeSession(terminal: Terminal, name: string, options: StoredOptions): Promise<number> {
  const { stateDir } = await hostOf(options.plugin, options);
  await new SessionStore(stateDir).remove(name, {
    signal: terminal.interrupted,
    onWait: () => {
      terminal.say(`waiting for the call of session ${name} that is under way`);
    },
  });
  if (options.json) terminal.printJson({ removed: name });
  return 0;
}

async function readSteps(name: string, options: StoredOptions): Promise<StoredStep[]> {
  const { stateDir } = await hostOf(options.plugin, options);
  const steps = new SessionStore(stateDir).readSteps(name);
  // What became known in a later step is masked in the earlier ones too.
  const secrets = {
    values: [...new Set(steps.flatMap((step) => step.secrets.values))],
    names: [...new Set(steps.flatMap((step) => step.secrets.names))],
  };
  return steps.map((step) => ({ ...step, secrets }));
}

function toShown({ n, startedAt, record, secrets, logLines }: StoredStep, { showSecrets }: StoredOptions): ShownStep {
  const masked = maskRecord(record, secrets, logLines);
  return {
    n,
    startedAt,
    ...(showSecrets ? { ...record, outcome: { ...record.outcome, log: masked.outcome.log } } : masked),
  };
}

/** `+a ~b -c`: keys added, changed and removed. */
function summarize({ before, after }: CallRecord['cookie']): string {
  return diffJson(before, after)
    .map(({ path, before: old, after: now }) => `${old === undefined ? '+' : now === undefined ? '-' : '~'}${path}`)
    .join(' ');
}
