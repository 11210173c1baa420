import { sharedEnvironments } from '../../project/find-installed-python.ts';
import { cleanState, type Cleaned } from '../../sps/authoring/clean/clean-state.ts';
import { isHiddenName } from '../../sps/recording/is-hidden-name.ts';
import { unnamedPattern } from '../../sps/store/require-session-name.ts';
import { SessionStore } from '../../sps/store/session-store.ts';
import { showStateUrl } from '../../state/state-place.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { machineCommands } from './commands/machine-commands.ts';
import { hostOf } from './host-options-of.ts';

/** Removes what the state folder can do without, and says how many bytes that were. */
export async function clean(terminal: Terminal, options: OptionsOf<typeof machineCommands.clean>): Promise<number> {
  const { stateDir, stateUrl } = await hostOf(options.plugin, options);
  const shared = sharedEnvironments(process.env);
  const cleaned = await cleanState({
    store: new SessionStore(stateDir),
    shared,
    before: Date.now() - (options.olderThan ?? 0),
    isAll: options.all ?? false,
    isDryRun: options.dryRun ?? false,
    isUnnamed: (name) => unnamedPattern.test(name) || isHiddenName(name),
  });
  if (options.json) terminal.printJson(cleaned);
  else show(terminal, cleaned, stateDir, shared);
  if (stateUrl !== undefined) {
    const server = showStateUrl(stateUrl);
    terminal.say(
      `the sessions in ${server} stay: there the last 20 unnamed ones are kept, and \`session rm\` removes others`,
    );
  }
  return 0;
}

function show(
  terminal: Terminal,
  { dryRun, bytes, removed, kept = [] }: Cleaned,
  stateDir: string,
  shared: string | undefined,
): void {
  for (const { name, users } of kept) {
    const others = users.length === 1 ? users.join('') : `${users.length} other folders`;
    terminal.show(`${name} ${dryRun ? 'would stay' : 'stays'} for ${others}, and is no longer used here\n`);
  }
  if (removed.length === 0) {
    if (kept.length === 0) terminal.show(`nothing to remove in ${stateDir}\n`);
    return;
  }
  const kinds = [...new Set(removed.map(({ kind }) => kind))];
  const rows = kinds.map((kind) => {
    const those = removed.filter((each) => each.kind === kind);
    return [kind, String(those.length), renderBytes(those.reduce((sum, each) => sum + each.bytes, 0))];
  });
  const { paint } = terminal;
  terminal.show(renderTable(['what', 'how many', 'size'], rows, paint));
  const where = kinds.includes('environment') && shared !== undefined ? `${stateDir} and ${shared}` : stateDir;
  terminal.show(`\n${dryRun ? 'would remove' : 'removed'} ${renderBytes(bytes)} in ${where}\n`);
}

/** `12 kB`, `3.4 MB`. */
function renderBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}
