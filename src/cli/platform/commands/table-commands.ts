import { declareCommand } from '../../command/declare-command.ts';

export const tableCommands = {
  commands: declareCommand('commands [verb]', {
    summary: 'list the verbs of steps, or the properties of one',
    example: 'npx plugin-host platform commands Connect',
  }),
  parameters: declareCommand('parameters', {
    summary: 'list the reserved parameters: type, group, where SPP takes the value from',
    example: 'npx plugin-host platform parameters',
  }),
  statuses: declareCommand('statuses', {
    summary: 'list the messages of Status and their parameters',
    example: 'npx plugin-host platform statuses',
  }),
};
