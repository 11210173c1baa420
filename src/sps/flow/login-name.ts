import { isIP } from 'node:net';
import { isJsonObject, type JsonObject } from '../../base/json.ts';

/** What a login name contains besides the user. */
export interface LoginName {
  /** In RDP, the part before the backslash. */
  domain?: string;
  user?: string;
  /** Name or address of the target. */
  server?: string;
  port?: number;
  /** The fields `key=value`, in RDP `key~value`; a later one of the same key wins. */
  pairs: Record<string, string>;
}

interface Notation {
  fieldSeparator: string;
  pairSeparator: string;
  /** Where the port begins. */
  portSeparator: string;
}

// Source: administration guide 7.4 (RDP) and 7.5 (SSH, Telnet); the other protocols are written like SSH, which is ours.
const rdpNotation: Notation = { fieldSeparator: '%', pairSeparator: '~', portSeparator: '^' };
const sshNotation: Notation = { fieldSeparator: '@', pairSeparator: '=', portSeparator: ':' };

/**
 * Takes a login name apart as SPS does: `otp=123456@root@server:2222`, in RDP `DOMAIN\otp~123456%Administrator`. The fields may
 * come before or after the user (administration guides 5 F3 and 7.4). Only the first separator of a field divides key and value. What
 * follows the server belongs to the name of the gateway and is left out.
 */
export function parseLoginName(text: string, protocol: string): LoginName {
  const isRdp = protocol === 'rdp';
  const { fieldSeparator, pairSeparator, portSeparator } = isRdp ? rdpNotation : sshNotation;
  const backslash = isRdp ? text.indexOf('\\') : -1;
  const pairPattern = new RegExp(`^([A-Za-z_][A-Za-z0-9_]*)${pairSeparator}(.*)$`, 's');
  const pairs: Record<string, string> = {};
  const names: string[] = [];
  for (const field of text.slice(backslash + 1).split(fieldSeparator)) {
    const [, key, value] = pairPattern.exec(field) ?? [];
    if (key === undefined) names.push(field);
    else pairs[key] = value ?? '';
  }
  const [user = '', server = ''] = names;
  return {
    ...(backslash > 0 ? { domain: text.slice(0, backslash) } : {}),
    ...(user === '' ? {} : { user }),
    ...parseServer(server, portSeparator),
    pairs,
  };
}

/** `name`, `name:port`, `[::1]:port`; in RDP `name^port` and `(^^1)^port`. */
function parseServer(text: string, portSeparator: string): Pick<LoginName, 'server' | 'port'> {
  if (text === '') return {};
  const [, bracketed, plain = '', port] =
    new RegExp(`^(?:[[(](.*)[\\])]|(.*?))(?:\\${portSeparator}([0-9]{1,5}))?$`, 's').exec(text) ?? [];
  const server = (bracketed ?? plain).replaceAll('^', ':');
  // An address in version 6 without brackets has colons of its own.
  if (bracketed === undefined && isIP(text) === 6) return { server: text };
  return { server, ...(port === undefined ? {} : { port: Number(port) }) };
}

/**
 * A connection after its user has typed this login name; the pairs go into `key_value_pairs`. `gu` names the gateway user where SPS
 * itself authenticates one, and stays among the pairs.
 * Source: administration guide 7.5 (inband gateway authentication).
 */
export function applyLoginName(connection: JsonObject, { domain, user, server, port, pairs }: LoginName): JsonObject {
  const { key_value_pairs: given, gateway_user: gatewayUser } = connection;
  const isAddress = server !== undefined && isIP(server) !== 0;
  return {
    ...connection,
    ...(user === undefined ? {} : { server_username: user }),
    ...(domain === undefined ? {} : { server_domain: domain }),
    ...(server === undefined ? {} : isAddress ? { server_ip: server } : { server_hostname: server }),
    ...(port === undefined ? {} : { server_port: port }),
    ...(pairs['gu'] !== undefined && typeof gatewayUser === 'string' ? { gateway_user: pairs['gu'] } : {}),
    key_value_pairs: { ...(isJsonObject(given) ? given : {}), ...pairs },
  };
}
