import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';
import { testOptions, updateConflict, updateOption } from '../../command/test-options.ts';
import { debugConflicts, debugOptions } from './debug-options.ts';
import { coldText, hostOptions } from './host-options.ts';

const matrixOption = option(
  '--matrix <axis=values>',
  'each case with every combination, such as sdk=1.8.4,1.9.1; axes: sdk, python, release; repeatable; none: once, whatever plugin-host.yaml says',
  { isRepeatable: true },
);

export const testCommand = declareCommand('test [files...]', {
  summary:
    'run *.plugin-test.yaml and scenarios with expect: those given, or all of the plugin here, or all below this folder',
  example: 'npx plugin-host test sample-plugins/vault',
  options: [
    ...hostOptions,
    ...debugOptions,
    ...testOptions,
    option('--coverage [=file]', 'which lines of the plugins the cases reached; in this file as LCOV', {
      parse: (word) => (word === '' ? true : word),
    }),
    updateOption,
    option('--cold', coldText),
    matrixOption,
  ],
  conflicts: [
    ...debugConflicts,
    {
      between: ['update', 'matrix'],
      message: '--update writes what came out once, and --matrix runs each case several times',
    },
    updateConflict,
    { between: ['coverage', 'debug'], message: '--coverage counts lines, and so does a debugger' },
    { between: ['coverage', 'break'], message: '--coverage counts lines, and so does a debugger' },
  ],
});
