import { declarePlainCommand } from '../command/declare-command.ts';
import { option } from '../command/option.ts';

export const lspCommand = declarePlainCommand('lsp', {
  summary: 'tell an editor what is wrong while you type, by the Language Server Protocol, see docs/editor.md',
  example: 'npx plugin-host lsp',
  options: [
    option('--stdio', 'standard input and output, which it speaks on anyway; some editors say so'),
    option('--clientProcessId <pid>', 'the editor; some editors say so, and its first message does'),
  ],
});
