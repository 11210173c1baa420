import { InvalidArgumentError } from 'commander';
import { createDurationParser } from '../../command/create-duration-parser.ts';
import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';
import { configOption, hostOptions, policyOption } from '../../sps/commands/host-options.ts';

const duration = { parse: createDurationParser('2m, 30s') };

export const gatewayCommand = declareCommand('gateway', {
  summary: 'let real SSH clients log in to real servers through plugins',
  example: 'npx plugin-host gateway -p sample-plugins/otp -p sample-plugins/vault',
  options: [
    option('-p, --plugin <path>', 'plugin folder or ZIP; repeatable, one AA plugin and one credential store', {
      isRepeatable: true,
    }),
    option('--scenario <file>', 'plugins, services and policy of a scenario'),
    policyOption,
    option('--listen <address:port>', 'default 127.0.0.1:2222; port 0 takes a free one'),
    option('--expose', 'listen on an address that others can reach'),
    option('--target <host[:port]>', 'every session goes there'),
    option('--allow-target <pattern>', 'targets that a login name may choose: HOST or HOST:PORT; repeatable', {
      isRepeatable: true,
    }),
    option('--gateway-password', 'ask for a password of the gateway first; nothing but the plugins verifies it'),
    option('--known-hosts <file>', 'trusted keys of targets (default: known_hosts in the state folder)'),
    option('--target-host-key <how>', 'what becomes of an unknown key (default: accept-new)', {
      choices: ['strict', 'accept-new'],
    }),
    option('--host-key <file>', "the gateway's own private key (default: one in the state folder)"),
    option('--allow-forwarding [pattern]', 'local forwarding, opened by the target; repeatable', {
      isRepeatable: true,
    }),
    option('--record <dir>', 'recordings of terminals, as asciicast'),
    option('--login-timeout <duration>', 'for the login, without the time of hooks (default: 2m)', duration),
    option('--idle-timeout <duration>', 'a session without any data ends (default: never)', duration),
    option('--max-sessions <n>', 'connections at once (default: 100)', { parse: readCount }),
    option('--explain', 'tell the client what the log says of a failure'),
    option('--log <file>', 'a line of JSON for each event; - is standard error'),
    option('--force', 'run what the emulated release would refuse to install'),
    option('--show-secrets', 'do not mask secrets in the events'),
    configOption,
    ...hostOptions,
  ],
  conflicts: [
    { between: ['policy', 'plugin'], message: '--policy names the plugins' },
    { between: ['policy', 'config'], message: '--policy names the configuration of each plugin' },
    { between: ['policy', 'scenario'], message: '--policy names the plugins' },
    { between: ['policy', 'allowTarget'], message: '--policy says which targets are allowed' },
    { between: ['scenario', 'plugin'], message: 'the scenario names the plugins' },
  ],
});

function readCount(word: string): number {
  if (/^[1-9]\d{0,5}$/.test(word)) return Number(word);
  throw new InvalidArgumentError('Expected a number such as 100.');
}
