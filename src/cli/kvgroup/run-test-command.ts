import path from 'node:path';
import { openTestFolders } from '../../kvgroup/testing/open-test-folders.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { runTestSource } from '../command/run-test-source.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { pointOfFolder } from './choose-point.ts';
import type { testCommand } from './commands/test-command.ts';
import { runSettings } from './run-settings.ts';

/** `plugin-host kvgroup test [DIRS...]` */
export async function runTestCommand(
  terminal: Terminal,
  folders: string[],
  options: OptionsOf<typeof testCommand>,
): Promise<number> {
  const { plugin, point, update = false, showSecrets = false } = options;
  const currentFolder = process.cwd();
  return runTestSource(terminal, folders, options, async (paths) =>
    openTestFolders(paths, {
      currentFolder,
      defaults: { plugin, pointOf: async (folder) => point ?? (await pointOfFolder(folder, options.hostConfig)) },
      update,
      showSecrets,
      settingsOf: async (pluginFolder) => runSettings(pluginFolder, options),
      onSkipped: (folder, why) => {
        terminal.say(`warning: ${sanitize(path.relative(currentFolder, folder) || '.')} is not run: ${why}`);
      },
    }),
  );
}
