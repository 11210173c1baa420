import { connections } from '../../../sps/plugin/connections.ts';
import { createDurationParser } from '../../command/create-duration-parser.ts';
import { hostConfigOption } from '../../command/host-config-option.ts';
import { type GivenOptions, inGroup, type Option, option } from '../../command/option.ts';

export const stateOption = option(
  '--state <dir>',
  'state folder, or redis://… of a server that hosts share (default: .plugin-host beside the project file)',
);

const runnerOptions = [
  hostConfigOption,
  stateOption,
  option('--python <path>', 'interpreter for Python plugins'),
  option('--proxy-timeout <duration>', 'such as 600s, 10m, 1500ms; a plugin gets half', {
    parse: createDurationParser('600s, 10m, 1500ms'),
  }),
];

const [apiText, versionText] = ['API of the emulated release', 'version of the emulated release'];

const running = 'How plugins are run';

/** How plugins are run, where something else knows the release. */
export const hostChoices = inGroup(running, [
  ...runnerOptions,
  option('--api <version>', apiText, { completes: 'api' }),
  option('--sps-version <version>', versionText, { completes: 'release' }),
]);

/** How plugins are run. */
export const hostOptions = inGroup(running, [
  ...runnerOptions,
  option('--api <version>', apiText, { default: '1.9', completes: 'api' }),
  option('--sps-version <version>', versionText, { default: '9.0.0', completes: 'release' }),
]);

export const configOption = option(
  '--config <file>',
  'configuration text for the plugin (default: config of plugin-host.yaml, else empty)',
);

/** Of the commands that can take what the API of `plugin-host serve` committed. */
export const policyOption = option(
  '--policy <name>',
  'connection policy that was committed by the API of serve, instead of -p; ssh/NAME when several protocols have it',
  { completes: 'policy' },
);

export const kwargsOption = option(
  '-k, --kwargs <json>',
  'arguments that replace those of the connection: JSON, @FILE or - for standard input',
);
export const setOption = option('--set <name=value>', 'one argument; JSON if it parses, else text; repeatable', {
  isRepeatable: true,
  completes: 'argument',
});

/** Of the commands whose calls are forked from a server otherwise. */
export const coldText = 'a fresh interpreter instead of the fork server, for each call';

export const connectionOption = option(
  '--connection <name>',
  'where the arguments come from: ssh, ssh-gateway, rdp, rdp-gateway, telnet, mssql (default: ssh)',
  { completes: Object.keys(connections) },
);

/** Where the state folder is, for commands that only look into it. */
export const stateOptions = [
  option('-p, --plugin <path>', 'plugin whose project file says where the state folder is (default: the one here)'),
  hostConfigOption,
  stateOption,
];

/** Of the commands that open the page. */
export const pagePluginOption = option(
  '-p, --plugin <path>',
  'plugin whose project file says where the state folder is; its calls are made again with this package; repeatable',
  { isRepeatable: true },
);

/** Options that commands share, each in some of them. */
export type SharedOptions = Partial<
  GivenOptions<(typeof hostChoices)[number] | typeof configOption | Option<'--cold'> | Option<'--json'>>
>;
