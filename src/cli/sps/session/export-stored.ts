import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { exportSession } from '../../../sps/store/export-session.ts';
import { readSessionExport } from '../../../sps/store/read-session-export.ts';
import { requireWhole } from '../../../sps/store/require-whole.ts';
import { SessionStore } from '../../../sps/store/session-store.ts';
import type { OptionsOf } from '../../command/declare-command.ts';
import type { Terminal } from '../../terminal/create-terminal.ts';
import type { sessionCommands } from '../commands/session-commands.ts';
import { hostOf } from '../host-options-of.ts';
import { waitOptions } from '../wait-options.ts';

type ExportOptions = OptionsOf<typeof sessionCommands.export>;
type ImportOptions = OptionsOf<typeof sessionCommands.import>;

/** Writes a session as one JSON document, to standard output or a file. */
export async function exportStored(terminal: Terminal, name: string, options: ExportOptions): Promise<number> {
  const { output, showSecrets = false } = options;
  const { stateDir } = await hostOf(options.plugin, options);
  const store = new SessionStore(stateDir);
  const content = store.readContent(name);
  requireWhole(store, name, content.steps);
  const exported = exportSession(name, content, showSecrets, store.readFacts(name));
  if (showSecrets) terminal.say('warning: it contains passwords, keys, answers and configurations, unmasked');
  if (output === undefined) terminal.printJson(exported);
  else {
    write(output, `${JSON.stringify(exported, undefined, 2)}\n`, showSecrets);
    const { masked, steps } = exported;
    if (options.json) terminal.printJson({ session: name, file: output, masked, steps: steps.length });
  }
  return 0;
}

/** Imports an exported session. */
export async function importStored(terminal: Terminal, file: string, options: ImportOptions): Promise<number> {
  const content = readSessionExport(file);
  const { stateDir } = await hostOf(options.plugin, options);
  const store = new SessionStore(stateDir);
  const { masked, steps, name: exportedName } = content;
  const name = options.name ?? exportedName;
  const replaced = store.has(name);
  await store.fill(name, content, {
    replace: options.replace ?? false,
    ...waitOptions(terminal),
  });
  if (options.json) terminal.printJson({ session: name, masked, steps: steps.length, replaced });
  else {
    const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
    terminal.print(`${name}: ${count}${replaced ? ', replacing the existing session' : ''}`);
  }
  if (masked) terminal.say('its secrets are masked: it can be shown, but in a replay the plugins get *** instead');
  return 0;
}

/** Only its owner can read a file with secrets. @throws PluginHostError FILE_UNWRITABLE */
function write(file: string, text: string, isSecret: boolean): void {
  try {
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    if (isSecret && isThere) chmodSync(file, 0o600);
    writeFileSync(file, text, isSecret ? { mode: 0o600 } : {});
  } catch (cause) {
    throw new PluginHostError('FILE_UNWRITABLE', `${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      hint: 'Name a file in a writable folder.',
      cause,
    });
  }
}
