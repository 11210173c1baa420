import { declareCommand } from '../../command/declare-command.ts';
import { testOptions, updateConflict, updateOption } from '../../command/test-options.ts';

export const testCommand = declareCommand('test [files...]', {
  summary: 'run *.platform-test.yaml against simulated targets: the given ones, or all below the current folder',
  example: 'npx plugin-host platform test sample-plugins/platform/portal',
  options: [...testOptions, updateOption],
  conflicts: [updateConflict],
});
