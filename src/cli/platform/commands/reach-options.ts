import { option } from '../../command/option.ts';

/** What may be reached, and where it is. */
export const reachOptions = [
  option('--allow <target>', 'may be reached besides loopback: HOST[:PORT], *.DOMAIN, CIDR; repeatable', {
    isRepeatable: true,
  }),
  option('--connect-to <from:to>', 'HOST:PORT:HOST2:PORT2: connections to the first go to the second; repeatable', {
    isRepeatable: true,
  }),
  option('--host-config <file>', 'project file (default: plugin-host.yaml beside the script, then here)'),
];
