import type { Command } from 'commander';
import { addCommand, type Context } from './command-options.ts';

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
