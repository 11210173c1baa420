import type { Argument } from '../../sps/plugin/find-hook.ts';

/** What an argument is, for help in editors. Source: plugin guides 7.5.1. */
const meanings: Record<string, string> = {
  session_id: 'Of the session, such as svc/hjdBxA2UWkTadH3juDVwrT/my_connection:0.',
  cookie: 'What this plugin left in this session; {} at first. What a hook returns as cookie replaces it.',
  session_cookie: 'What all plugins left in this session; {} at first.',
  protocol: 'Lower case: ssh, rdp, telnet, mssql.',
  connection_name: 'Name of the connection policy.',
  client_ip: 'Address of the user.',
  client_port: 'Port of the user.',
  client_hostname: "Name of the user's machine; None when the name service does not know it.",
  gateway_user: 'Who the user is on the gateway; None when nobody has authenticated the user yet.',
  gateway_username: 'Who the user is on the gateway; None when nobody has authenticated the user.',
  gateway_domain: 'Domain of the user on the gateway.',
  gateway_password: 'What the user typed on the gateway. A secret: it is masked in all output.',
  gateway_groups: 'Groups of the user; None when nobody looked them up.',
  server_username: 'User on the target; in authenticate None while it is unknown.',
  server_domain: 'Domain of the user on the target.',
  server_ip: 'Address of the target.',
  server_port: 'Port of the target.',
  server_hostname: 'Name of the target; None when the name service does not know it.',
  key_value_pairs: 'Fields of the login name (otp=123456@root) and all answers so far, by the key of their question.',
  asset: 'The application whose launcher asks for credentials.',
};

/** Its meaning, its type, and whether another name is to be used instead. */
export function describeArgument({ name, type, since, deprecatedFor }: Argument): string {
  const isOptional = type.endsWith('?');
  const typed = isOptional ? `${type.slice(0, -1)} or None` : type;
  const facts = [
    typed,
    ...(since === '1.0' ? [] : [`since API ${since}`]),
    ...(deprecatedFor === undefined ? [] : [`deprecated: use ${deprecatedFor}`]),
  ].join(', ');
  const meaning = meanings[deprecatedFor ?? name];
  return meaning === undefined ? facts : `${meaning}\n\n${facts}`;
}
