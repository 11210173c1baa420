import { openPlatformTests } from '../../platform/testing/open-platform-tests.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { runTestSource } from '../command/run-test-source.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { testCommand } from './commands/test-command.ts';
import { sayEmulated } from './say-emulated.ts';

/** `plugin-host platform test [FILES...]`: exit code 1 when a case fails. */
export async function runTestCommand(
  terminal: Terminal,
  files: string[],
  options: OptionsOf<typeof testCommand>,
): Promise<number> {
  sayEmulated(terminal);
  return runTestSource(terminal, files, options, (paths) =>
    openPlatformTests(paths, {
      currentFolder: process.cwd(),
      showSecrets: options.showSecrets ?? false,
      update: options.update,
      onSkipped: (file, why) => {
        terminal.say(`warning: ${sanitize(file)} is not run: ${why}`);
      },
    }),
  );
}
