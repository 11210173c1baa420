import { declareCommand } from '../../command/declare-command.ts';
import { hostConfigOption } from '../../command/host-config-option.ts';
import { option } from '../../command/option.ts';
import { pluginTypeNames } from './hook-commands.ts';
import { stateOption } from './host-options.ts';

/** kvgroup: a plugin of Bravura. */
const templateTypes = [...pluginTypeNames, 'kvgroup'];

export const authoringCommands = {
  init: declareCommand('init [words...]', {
    summary: 'make a new plugin that passes check and its own tests; TYPE is aa, credentialstore or kvgroup',
    example:
      'npx plugin-host init aa my-plugin\n  npx plugin-host init credentialstore my-vault --language typescript\n  npx plugin-host init kvgroup my-ids',
    shownUsage: '[options] TYPE DIR',
    completes: [templateTypes, 'folder'],
    options: [
      option('--type <type>', 'aa, credentialstore or kvgroup, instead of TYPE', { completes: templateTypes }),
      option('--language <language>', 'python or typescript', {
        default: 'python',
        completes: ['python', 'typescript'],
      }),
      option('--sdk', "built on the vendor's SDK, which is for Python"),
      option('--no-editor', 'without .vscode/: schemas, tasks and an entry for the debugger'),
      option('--name <name>', 'name in MANIFEST (default: made from the name of the folder)'),
    ],
  }),
  pack: declareCommand('pack [dir]', {
    summary: 'make the ZIP for upload, with what the plugin depends on: the same bytes from the same input',
    example: 'npx plugin-host pack sample-plugins/otp -o otp.zip',
    options: [
      option('-o, --output <file>', 'where to write it (default: dist/NAME-VERSION.zip in the folder of the plugin)'),
      option(
        '--exclude <pattern>',
        'leave out more: a name, a path or a glob in the folder of the plugin, repeatable',
        {
          isRepeatable: true,
        },
      ),
      option('--no-import', 'do not run plugin code to check what was packed'),
      hostConfigOption,
      stateOption,
      option('--python <path>', 'interpreter whose pip fetches dependencies, and that imports the plugin'),
      option('--api <version>', 'API of the release that it is packed for', { default: '1.9', completes: 'api' }),
      option('--sps-version <version>', 'version of that release', { default: '9.0.0', completes: 'release' }),
    ],
  }),
};
