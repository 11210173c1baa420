import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { openTestFolders } from '../../kvgroup/testing/open-test-folders.ts';
import { runTestSource, type TestOptions } from '../command/run-test-source.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { type RunnerOptions, runSettings } from './run-settings.ts';

interface FolderOptions extends RunnerOptions, TestOptions {
  plugin?: string;
  point?: string;
  update?: true;
}

/** `plugin-host kvgroup test [DIRS...]` */
export async function runTestCommand(terminal: Terminal, folders: string[], options: FolderOptions): Promise<number> {
  const { plugin, point, update = false, showSecrets = false } = options;
  if (update && options.watch) {
    throw new PluginHostError('USAGE', '--update writes the files that --watch watches', {
      hint: 'Leave out one of them.',
    });
  }
  const currentFolder = process.cwd();
  return runTestSource(terminal, folders, options, async (paths) =>
    Promise.resolve(
      openTestFolders(paths, {
        currentFolder,
        defaults: { plugin, point },
        update,
        showSecrets,
        settingsOf: async (pluginFolder) => runSettings(pluginFolder, options),
        onSkipped: (folder, why) => {
          terminal.say(`warning: ${sanitize(path.relative(currentFolder, folder) || '.')} is not run: ${why}`);
        },
      }),
    ),
  );
}
