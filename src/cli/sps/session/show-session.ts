import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { maskLog } from '../../../sps/call/mask-record.ts';
import { isHiddenName } from '../../../sps/recording/is-hidden-name.ts';
import { requireFree } from '../../../sps/replay/require-free.ts';
import { requireWhole } from '../../../sps/store/require-whole.ts';
import type { StoredStep } from '../../../sps/store/session-content.ts';
import { toShownFacts } from '../../../sps/store/session-facts.ts';
import { secretsOf, toShownSteps } from '../../../sps/store/shown-step.ts';
import type { StoredSessions } from '../../../sps/store/stored-sessions.ts';
import { chooseSession } from '../../../sps/stores/choose-session.ts';
import { openStore } from '../../../sps/stores/open-store.ts';
import type { OptionsOf } from '../../command/declare-command.ts';
import type { Terminal } from '../../terminal/create-terminal.ts';
import { sanitize, sanitizeLines } from '../../terminal/sanitize.ts';
import type { sessionCommands } from '../commands/session-commands.ts';
import { hostOf } from '../host-options-of.ts';
import { renderJson } from '../render/render-call.ts';
import { renderChange } from '../render/render-change.ts';
import { renderFacts } from '../render/render-facts.ts';
import { renderSessions } from '../render/render-sessions.ts';
import { renderTimeline } from '../render/render-timeline.ts';
import { waitOptions } from '../wait-options.ts';

type Commands = typeof sessionCommands;

export async function listSessions(terminal: Terminal, options: OptionsOf<Commands['ls']>): Promise<number> {
  await using store = await openStore(await hostOf(options.plugin, options));
  // The first call of a session makes it one when it ends.
  const stored = (await store.list()).filter(({ steps, problem }) => steps > 0 || problem !== null);
  const shown = options.all ? stored : stored.filter(({ name }) => !isHiddenName(name));
  const sessions = shown.sort((a, b) => (b.lastAt ?? b.createdAt).localeCompare(a.lastAt ?? a.createdAt));
  if (options.json) terminal.printJson(sessions);
  else if (sessions.length === 0)
    terminal.say(`no sessions in ${store.place}; \`plugin-host invoke HOOK --session NAME\` makes one`);
  else {
    terminal.show(renderSessions(sessions, Date.now(), terminal.paint));
    const unread = sessions.flatMap(({ problem }) => problem ?? []);
    if (unread.length > 0) terminal.say(unread.map(sanitize).join('\n'));
  }
  return 0;
}

export async function showSession(
  terminal: Terminal,
  named: string | undefined,
  options: OptionsOf<Commands['show']>,
): Promise<number> {
  await using store = await openStore(await hostOf(options.plugin, options));
  const name = await chooseSession(store, named, isHiddenName);
  const steps = await readSteps(store, name);
  const shown = toShownSteps(steps, options);
  const secrets = secretsOf(steps);
  const facts = toShownFacts(await store.readFacts(name), secrets, options);
  if (options.json) {
    terminal.printJson({ session: name, ...facts, steps: shown });
    return 0;
  }
  const logs = new Map(steps.map(({ n, logLines }) => [n, maskLog(logLines, secrets)]));
  const { paint } = terminal;
  const layout = { columns: terminal.columns(), paint, showsAll: options.all, logs: options.log ? logs : undefined };
  const parts = [renderFacts(facts, paint), renderTimeline(shown, layout)];
  terminal.show(parts.filter((part) => part !== '').join('\n\n'));
  return 0;
}

export async function diffSession(
  terminal: Terminal,
  named: string | undefined,
  given: string | undefined,
  options: OptionsOf<Commands['diff']>,
): Promise<number> {
  await using store = await openStore(await hostOf(options.plugin, options));
  const name = await chooseSession(store, named, isHiddenName);
  const steps = toShownSteps(await readSteps(store, name), options);
  const { n, hook, cookie, sessionCookie } = findStep(name, steps, given);
  if (options.json) terminal.printJson({ session: name, n, hook, cookie, sessionCookie });
  else {
    const parts = [
      ['cookie', cookie],
      ['session cookie', sessionCookie],
    ] as const;
    const body = parts.map(([title, change]) => {
      const changes = renderChange(change);
      return `${terminal.paint('bold', title)}\n${changes === '' ? `  unchanged: ${sanitizeLines(renderJson(change.after))}` : changes.replace(/^/gm, '  ')}`;
    });
    terminal.show(`step ${n}, ${hook}\n${body.join('\n')}`);
  }
  return 0;
}

export async function removeSessions(
  terminal: Terminal,
  names: string[],
  options: OptionsOf<Commands['rm']>,
): Promise<number> {
  await using store = await openStore(await hostOf(options.plugin, options));
  for (const name of names) await requireFree(store, name);
  await store.removeAll(names, waitOptions(terminal));
  if (options.json) terminal.printJson({ removed: names.length === 1 ? names[0] : names });
  return 0;
}

async function readSteps(store: StoredSessions, name: string): Promise<StoredStep[]> {
  return requireWhole(store, name, await store.readSteps(name));
}

/** The last one unless its number is given. @throws PluginHostError STEP_NOT_FOUND */
export function findStep<T extends { n: number }>(name: string, steps: readonly T[], given: string | undefined): T {
  const step = given === undefined ? steps.at(-1) : steps.find(({ n }) => String(n) === given);
  if (step !== undefined) return step;
  const problem = given === undefined ? 'has no step yet' : `has no step ${JSON.stringify(given)}`;
  throw new PluginHostError('STEP_NOT_FOUND', `${name}: ${problem}`, {
    hint: `\`plugin-host session show ${name}\` lists its ${steps.length} steps.`,
  });
}
