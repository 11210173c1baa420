import { InvalidArgumentError } from 'commander';
import { parseBytes } from '../../../process/limits.ts';
import { createDurationParser } from '../../command/create-duration-parser.ts';
import { createNumberParser } from '../../command/create-number-parser.ts';
import { declareCommand } from '../../command/declare-command.ts';
import { hostConfigOption } from '../../command/host-config-option.ts';
import { option } from '../../command/option.ts';
import { pagePluginOption, stateOption } from '../../sps/commands/host-options.ts';

const duration = { parse: createDurationParser('20m, 600s') };
const port = { parse: createNumberParser(65_535, 'Expected a port from 0 to 65535.') };

export const serveCommand = declareCommand('serve', {
  summary: 'an SPS of your own that holds plugins and policies: its REST API, on this machine only',
  example: 'npx plugin-host serve --api-port 8443',
  options: [
    option('--api-port <number>', 'port of the API (default: 8443; 0: any free one)', port),
    option('--port <number>', 'port of the inspector page (default: 8080; 0: any free one)', port),
    option('--open', 'open the page in the browser'),
    option('--keep <number>', 'how many sessions stay that were recorded for the page (default: 500)', {
      parse: createNumberParser(1e9, 'Expected a number such as 500.'),
    }),
    option('--show-secrets', 'do not mask secrets in the page'),
    option('--host <address>', 'address of this machine only (default: 127.0.0.1)'),
    option('--allow-host <name>', 'a further name that requests may use, of a tunnel; repeatable', {
      isRepeatable: true,
    }),
    option('--http', 'plain HTTP instead of HTTPS'),
    option('--certificate <file>', 'PEM of your own instead of the self-signed one, with --key'),
    option('--key <file>', 'PEM of its private key'),
    option('--compat <profile>', 'classic (SPS 5.7 to 6.0, default) or current (7.0.5 to 8.0)', {
      choices: ['classic', 'current'],
    }),
    option('--admin-password-file <file>', 'file with the password of admin; it replaces the stored one'),
    option('--new-admin-password', 'make a new password of admin and show it once'),
    option('--session-idle <duration>', 'how long a session lasts without a request (default: 20m)', duration),
    option('--transaction-idle <duration>', 'how long a transaction lasts without a request (default: 10m)', duration),
    option('--upload-limit <size>', 'largest body of an upload (default: 100MiB)', { parse: readSize }),
    option('--log <file>', 'access log as JSON, a line for each request; - is standard error'),
    option('--openapi', 'print the OpenAPI document and end'),
    option('--api <version>', 'plugin API of the emulated release', { default: '1.9' }),
    option('--sps-version <version>', 'version of the emulated release', { default: '9.0.0' }),
    pagePluginOption,
    hostConfigOption,
    stateOption,
  ],
  conflicts: [
    { between: ['http', 'certificate'], message: '--http has no certificate' },
    { between: ['http', 'key'], message: '--http has no key' },
    {
      between: ['adminPasswordFile', 'newAdminPassword'],
      message: '--admin-password-file gives the password, --new-admin-password makes one',
    },
  ],
});

function readSize(word: string): number {
  const bytes = parseBytes(word);
  if (bytes === undefined) throw new InvalidArgumentError('Expected a size such as 100MiB.');
  return bytes;
}
