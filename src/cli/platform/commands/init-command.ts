import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';

export const initCommand = declareCommand('init <name>', {
  completes: ['folder'],
  summary: 'make a new script that passes check and its own tests: a folder with NAME.json and NAME.platform-test.yaml',
  example: 'npx plugin-host platform init my-host\n  npx plugin-host platform init my-portal --kind http',
  options: [
    option('--no-editor', 'without .vscode/: schemas and tasks'),
    option('--kind <kind>', 'how it reaches its target', { choices: ['http', 'ssh', 'telnet'], default: 'ssh' }),
  ],
});
