import { declareCommand } from '../../command/declare-command.ts';
import { reachOptions } from './reach-options.ts';

export const hostkeyCommand = declareCommand('hostkey <host>', {
  summary: 'print the key of an SSH host, to give as HostKey; its fingerprint goes to standard error',
  shownUsage: '[options] <host[:port]>',
  example: 'npx plugin-host platform hostkey 127.0.0.1:22',
  options: reachOptions,
});
