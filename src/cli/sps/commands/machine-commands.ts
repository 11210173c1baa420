import { createAgeParser } from '../../command/create-duration-parser.ts';
import { declareCommand } from '../../command/declare-command.ts';
import { hostConfigOption } from '../../command/host-config-option.ts';
import { option } from '../../command/option.ts';
import { stateOption, stateOptions } from './host-options.ts';

/** What is on this machine for plugins. */
export const machineCommands = {
  installPython: declareCommand('install', {
    summary:
      "make an environment with the vendor's SDK from PyPI, once for all folders; plugins of this folder use it from then on",
    example: 'npx plugin-host python install\n  npx plugin-host python install --sdk 1.8.4 --requirements',
    options: [
      ...stateOptions,
      option('--sdk <version>', 'release of the SDK, such as 1.9.1 (default: the newest)', { completes: 'sdk' }),
      option(
        '--with-tests',
        "also install what the SDK's test tasks need: pytest, vcrpy, fakeredis, flake8 and their dependencies",
      ),
      option('--with-debugger', 'also install debugpy, for --debug'),
      option(
        '--requirements [=file]',
        "also install the plugin's own packages, into an environment apart: of this file (default: what `pack` would fetch)",
        { parse: (word) => (word === '' ? true : word) },
      ),
      option('--with-coverage', 'also install coverage.py, for `test --coverage`'),
      option('--python <path>', 'interpreter to make it with: a path, or a version such as 3.12 (default: python3)'),
    ],
  }),
  clean: declareCommand('clean', {
    summary:
      'remove unnamed sessions, unpacked packages and leftovers of the state folder; keys, certificates and what was committed stay',
    example: 'npx plugin-host clean --dry-run\n  npx plugin-host clean --older-than 7d',
    options: [
      ...stateOptions,
      option('--older-than <duration>', 'only what was not used for so long, such as 7d, 12h', {
        parse: createAgeParser('7d, 12h'),
      }),
      option('--all', "also named sessions and the SDK's environments"),
      option('--dry-run', 'only say what would be removed'),
    ],
  }),
  doctor: declareCommand('doctor', {
    summary: 'report what is installed and what is missing, with the command that fixes it',
    example: 'npx plugin-host doctor',
    options: [
      option('-p, --plugin <path>', 'plugin whose project file says how plugins are run (default: the one here)'),
      hostConfigOption,
      stateOption,
      option('--python <path>', 'interpreter for Python plugins'),
    ],
  }),
};
