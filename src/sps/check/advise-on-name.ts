import { nearestName } from '../../base/nearest-name.ts';
import type { PluginType } from '../plugin/find-hook.ts';

/** Names that others use → what SPS passes. Of several, those that the hook gets. */
const usualNames: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(user|username|user_name|login|account|uid)$/, ['server_username', 'gateway_user', 'gateway_username']],
  [
    /^(password|passwd|pass|pwd|secret)$/,
    ['gateway_password', 'key_value_pairs["password"]', 'key_value_pairs["otp"]'],
  ],
  [/^(otp|code|token|pin|passcode|totp|mfa|answer|challenge|response)$/, ['key_value_pairs["otp"]']],
  [/^(answers|kvp|pairs|params|arguments|data|extra)$/, ['key_value_pairs']],
  [/^(host|hostname|server|server_name|server_host|target|address|asset)$/, ['server_hostname', 'server_ip']],
  [/^(ip|ip_address|server_address|dest_ip|destination_ip|target_ip)$/, ['server_ip', 'client_ip']],
  [/^(port|dest_port|destination_port)$/, ['server_port', 'client_port']],
  [/^(client|client_host|client_name|source|source_host)$/, ['client_hostname', 'client_ip']],
  [/^(client_address|source_ip|src_ip|remote_ip|remote_addr)$/, ['client_ip']],
  [/^(domain|realm)$/, ['server_domain', 'gateway_domain']],
  [/^(groups|roles|user_groups)$/, ['gateway_groups']],
  [/^(session|sid|sessionid)$/, ['session_id', 'session_cookie']],
  [/^(connection|policy|connection_policy)$/, ['connection_name']],
  [/^(state|cookies|context)$/, ['cookie', 'session_cookie']],
];

const configurationNames = /^(config|configuration|cfg|settings|options|plugin_configuration)$/;

/** What an argument may mean that SPS does not pass to a hook. @param passed Those that it passes. */
export function adviseOnName(name: string, passed: readonly string[], type: PluginType): string {
  const isPassed = (each: string): boolean => passed.includes(each.replace(/\[.*/, ''));
  const meant = usualNames.flatMap(([names, known]) => (names.test(name.toLowerCase()) ? known.filter(isPassed) : []));
  if (meant.length > 0)
    return `SPS passes it as ${meant.join(' or ')}; \`plugin-host hooks ${type}\` lists the arguments.`;
  if (configurationNames.test(name.toLowerCase())) {
    return 'The configuration text goes to the constructor: keep it there with self.configuration = configuration.';
  }
  const nearest = nearestName(name, passed);
  return nearest === undefined ? `\`plugin-host hooks ${type}\` lists the arguments.` : `Did you mean ${nearest}?`;
}
