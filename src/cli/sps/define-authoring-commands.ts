import type { Command } from 'commander';
import { addCommand, type Context } from '../command/add-command.ts';

export function defineInit(program: Command, { run }: Context): void {
  addCommand(
    program,
    'init [words...]',
    'make a new plugin that passes check and its own tests: init TYPE DIR, where TYPE is aa or credentialstore',
    'npx plugin-host init aa my-plugin\n  npx plugin-host init credentialstore my-vault --language typescript',
  )
    .usage('[options] TYPE DIR')
    .option('--type <type>', 'aa or credentialstore, instead of TYPE')
    .option('--language <language>', 'python or typescript', 'python')
    .option('--sdk', "built on the vendor's SDK, which is for Python")
    .option('--name <name>', 'name in MANIFEST (default: made from the name of the folder)')
    .action(run(async (...parameters) => (await import('./init.ts')).init(...(parameters as [never, never, never]))));
}

export function definePack(program: Command, { run }: Context): void {
  addCommand(
    program,
    'pack [dir]',
    'make the ZIP for upload, with what the plugin depends on: the same bytes from the same input',
    'npx plugin-host pack sample-plugins/otp -o otp.zip',
  )
    .option('-o, --output <file>', 'where to write it (default: dist/NAME-VERSION.zip in the folder of the plugin)')
    .option('--no-import', 'do not run plugin code to check what was packed')
    .option('--host-config <file>', 'project file (default: plugin-host.yaml in the plugin folder, then here)')
    .option('--state <dir>', 'state folder (default: .plugin-host beside the project file)')
    .option('--python <path>', 'interpreter whose pip fetches dependencies, and that imports the plugin')
    .option('--api <version>', 'API of the release that it is packed for', '1.9')
    .option('--sps-version <version>', 'version of that release', '9.0.0')
    .action(run(async (...parameters) => (await import('./pack.ts')).pack(...(parameters as [never, never, never]))));
}
