import { declarePlainCommand } from '../../command/declare-command.ts';

export const rpcCommand = declarePlainCommand('rpc', {
  summary: 'serve other programs: JSON requests line by line on standard input, see docs/rpc.md',
  example: `npx plugin-host rpc <<< '{"id": 1, "method": "open", "params": {"path": "sample-plugins/otp"}}'`,
});
