import { createDurationParser } from '../../command/create-duration-parser.ts';
import { declareCommand } from '../../command/declare-command.ts';
import { option } from '../../command/option.ts';
import { reachOptions } from './reach-options.ts';

const duration = { parse: createDurationParser('300s, 5m, 1500ms') };

export const runCommand = declareCommand('run <file> [operation]', {
  summary: 'run one operation of a script against a real target',
  example:
    'npx plugin-host platform run portal.json CheckPassword --params portal.yaml --secret AccountPassword=prompt --allow portal.example',
  options: [
    option('--set <name=value>', 'one parameter, its text read as the declared type; repeatable', {
      isRepeatable: true,
      completes: 'parameter',
    }),
    option('--params <file>', 'YAML or JSON: values, or {env: VAR}, {file: PATH}, {prompt: true}'),
    option('--secret <name=where>', 'one secret by reference: env:VAR, file:PATH, prompt, fd:N; repeatable', {
      isRepeatable: true,
      completes: 'secretParameter',
    }),
    option('--allow-secret-arguments', 'let --set give secrets, which everybody on the machine can then read'),
    option('--yes', 'confirm an operation that changes the target'),
    ...reachOptions,
    option('--ca <file>', 'PEM authorities trusted besides those of the system'),
    option('--accept-host-key', 'take the key that the host shows when HostKey has no value'),
    option('--max-run <duration>', 'for the whole run (default: 300s)', duration),
    option('--break <where>', 'stop before a line, JSON Pointer, function or verb; start, error; repeatable', {
      isRepeatable: true,
    }),
    option('--trace', 'show the steps on standard error'),
    option('--trace-file <file>', 'write the steps as newline-delimited JSON'),
    option('--response-file <file>', 'write the response object in clear, as JSON'),
    option('--record <file>', 'write what the target did as a test for platform test; secrets are made up'),
    option('--fail', 'exit code 1 for a mismatch too'),
    option('--strict-result', 'an operation without Return is a failure'),
    option('--terminal <name>', 'vt100: 80 columns instead of dumb with 1000', { choices: ['dumb', 'vt100'] }),
    option('--quiet <duration>', 'how long a line must be quiet (default: 300ms)', duration),
    option('--force', 'run a script with errors, unless they are E01 to E05; replace the file of --record'),
    option(
      '--watch',
      'run again whenever the script or its parameters change; not of an operation that changes the target',
    ),
    option('--show-secrets', 'mask nothing; only loopback may be reached then'),
  ],
  conflicts: [
    { between: ['json', 'watch'], message: '--json prints one document, --watch one for each change' },
    { between: ['break', 'watch'], message: '--break stops in the terminal, --watch runs again after each change' },
    { between: ['record', 'watch'], message: '--record is for one run' },
  ],
});
