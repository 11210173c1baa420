import { type Command, InvalidArgumentError, Option } from 'commander';
import { addCommand, type Context } from '../command/add-command.ts';

/** `points`, `check`, `fixture`. Loaded when they are called. */
export function definePoints(kvgroup: Command, { run }: Context): void {
  addCommand(
    kvgroup,
    'points',
    'list the plugin points: number, kind, whether their protocol is published, setting, caller',
    'npx plugin-host kvgroup points',
  ).action(run(async (...parameters) => (await import('./points.ts')).points(...(parameters as [never, never]))));

  addCommand(
    kvgroup,
    'check <file>',
    'tell everything that is wrong with a message to or from a plugin; - for standard input',
    'npx plugin-host kvgroup fixture 03 | npx plugin-host kvgroup check - --point 03 --direction input',
  )
    .requiredOption('--point <point>', 'number (03) or name of the setting ("IDSYNCH ID PLUGIN")')
    .addOption(
      new Option('--direction <direction>', 'what the message is to the plugin')
        .choices(['input', 'output'])
        .makeOptionMandatory(),
    )
    .option('--input <file>', 'the input that an output answers, for what must fit it')
    .action(run(async (...parameters) => (await import('./check.ts')).check(...(parameters as [never, never, never]))));

  addCommand(
    kvgroup,
    'fixture <point>',
    'print a valid input of a plugin point with invented contents',
    "npx plugin-host kvgroup fixture 03\n  npx plugin-host kvgroup fixture 'FILTER USER PLUGIN' --count 5 --details roles",
  )
    .option('--seed <text>', 'the same seed gives the same fixture', '1')
    .option('--set <path=value>', 'such as request/requestID=17, attribute[EMAIL]/value[]/value=a; repeatable', collect)
    .option('--details <list>', 'of user-attributes, roles, accounts, resources (default: none)')
    .option('--people <list>', 'who appears where the point leaves it open, of requester, recipient, viewer, model')
    .addOption(new Option('--request <kind>', 'a pre-defined request or a custom one').choices(['PDR', 'custom']))
    .option('--from <file>', 'YAML or JSON laid over the fixture, or a message as to-json prints it')
    .addOption(new Option('--count <n>', 'items of a streaming point (default: 3)').argParser(toCount))
    .addOption(
      new Option('--user-keys <case>', 'id and name of users, or ID and NAME')
        .choices(['lower', 'upper'])
        .default('lower'),
    )
    .action(
      run(async (...parameters) => (await import('./fixture.ts')).fixture(...(parameters as [never, never, never]))),
    );
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

const countLimit = 1_000_000;

function toCount(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= countLimit) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number up to ${countLimit}.`);
}
