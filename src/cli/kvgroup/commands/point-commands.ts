import { InvalidArgumentError } from 'commander';
import { declareCommand } from '../../command/declare-command.ts';
import { hostConfigOption } from '../../command/host-config-option.ts';
import { option } from '../../command/option.ts';

export const pointOption = option(
  '--point <point>',
  'number (03) or name of the setting ("IDSYNCH ID PLUGIN") (default: point of kvgroup in plugin-host.yaml)',
);

export const pointCommands = {
  points: declareCommand('points', {
    summary: 'list the plugin points: number, kind, whether their protocol is published, setting, caller',
    example: 'npx plugin-host kvgroup points',
  }),
  check: declareCommand('check <file>', {
    summary: 'report every problem of a message to or from a plugin; - for standard input',
    example: 'npx plugin-host kvgroup fixture 03 | npx plugin-host kvgroup check - --point 03 --direction input',
    options: [
      pointOption,
      option(
        '--direction <direction>',
        'what the message is to the plugin (default: as the file is called: input.kvg, expected.kvg, output.kvg)',
        { choices: ['input', 'output'] },
      ),
      option('--input <file>', 'the input that an output answers, to check both together'),
      hostConfigOption,
    ],
  }),
  fixture: declareCommand('fixture <point>', {
    summary: 'print a valid input of a plugin point with invented contents',
    example:
      "npx plugin-host kvgroup fixture 03\n  npx plugin-host kvgroup fixture 'FILTER USER PLUGIN' --count 5 --details roles",
    options: [
      option('--seed <text>', 'the same seed gives the same fixture', { default: '1' }),
      option('--set <path=value>', 'such as request/requestID=17, attribute[EMAIL]/value[]/value=a; repeatable', {
        isRepeatable: true,
      }),
      option('--details <list>', 'some of user-attributes, roles, accounts, resources (default: none)', {
        completes: ['user-attributes', 'roles', 'accounts', 'resources'],
      }),
      option(
        '--people <list>',
        'who appears where the point leaves it open: some of requester, recipient, viewer, model',
        { completes: ['requester', 'recipient', 'viewer', 'model'] },
      ),
      option('--request <kind>', 'a pre-defined request or a custom one', { choices: ['PDR', 'custom'] }),
      option('--from <file>', 'YAML or JSON that changes the fixture, or a message as to-json prints it'),
      option('--count <n>', 'items of a streaming point (default: 3)', { parse: toCount }),
      option('--user-keys <case>', 'id and name of users, or ID and NAME', {
        choices: ['lower', 'upper'],
        default: 'lower',
      }),
    ],
  }),
};

const countLimit = 1_000_000;

function toCount(word: string): number {
  if (/^\d+$/.test(word) && Number(word) <= countLimit) return Number(word);
  throw new InvalidArgumentError(`Expected a whole number up to ${countLimit}.`);
}
