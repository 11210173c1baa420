import type { CallArguments, CookieResult, SessionEndedArguments } from './call-arguments.ts';
import type { HookReply } from './hook-reply.ts';

export interface AuthenticateArguments extends CallArguments {
  /** Lower case: `ssh`, `rdp`, `telnet`, `mssql`. A question can be asked in the first three. */
  protocol: string;
  /** Name of the connection policy. */
  connection_name: string;
  client_ip: string;
  client_port: number;
  /** Null when the name service does not know it. Since API 1.5. */
  client_hostname: string | null;
  /** Null when nobody has authenticated the user yet. Credential stores get it as `gateway_username`. */
  gateway_user: string | null;
  gateway_domain: string | null;
  /** Null while it is unknown. Since API 1.5. */
  server_username: string | null;
  /** Since API 1.5. */
  server_domain: string | null;
  /** Fields of the login name (`otp=123456@root`) and all answers so far, by the key of their question. */
  key_value_pairs: Record<string, string>;
  /** @deprecated Since API 1.5: `server_username`. */
  target_username: string | null;
}

export interface AuthorizeArguments extends AuthenticateArguments {
  /** Null when nobody looked them up; may lack groups to which the connection does not refer. */
  gateway_groups: string[] | null;
  /** Since API 1.5. */
  server_ip: string;
  /** Since API 1.5. */
  server_port: number;
  /** Null when the name service does not know it. Since API 1.5. */
  server_hostname: string | null;
  /** @deprecated Since API 1.5: `server_ip`. */
  target_server: string;
  /** @deprecated Since API 1.5: `server_port`. */
  target_port: number;
  /** @deprecated Since API 1.5: `server_domain`. */
  target_domain: string | null;
}

/** Key under which the answer comes in `key_value_pairs`, prompt as the user sees it, whether typing is hidden (default false). */
export type Question = readonly [key: string, prompt: string, disableEcho?: boolean];

interface Judgement extends CookieResult {
  /** Shown in the search of the session database. */
  additional_metadata?: string;
  /** Shown to the user who is denied. Since API 1.6. */
  reason?: string;
}

export interface Denial extends Judgement {
  verdict: 'DENY';
}

/** The user is asked, then the same hook is called again with the answer. In authorize since API 1.6. */
export interface NeedInfo extends Judgement {
  verdict: 'NEEDINFO';
  question: Question;
}

/** Without a gateway user, the user and the groups stay as the product had them. */
export interface Authentication extends Judgement {
  verdict: 'ACCEPT';
  /** Who the user is from now on. Return it together with the groups. */
  gateway_user?: string;
  /** May be empty. Return them together with the user. */
  gateway_groups?: readonly string[];
}

/** This plugin did not authenticate the user; the session goes on. The same as returning nothing. */
export interface NoAuthentication extends Judgement {
  verdict: 'NONE';
}

export interface Authorization extends Judgement {
  verdict: 'ACCEPT';
}

export type AuthenticateResult = Authentication | NoAuthentication | Denial | NeedInfo;
export type AuthorizeResult = Authorization | Denial | NeedInfo;

/** A plugin of type `aa`: `export class Plugin implements AaPlugin`, constructed for every call with the configuration text and the `Appliance`. */
export interface AaPlugin {
  authenticate(call: AuthenticateArguments): HookReply<AuthenticateResult>;
  /** Called when the target is known. A plugin without it accepts. */
  authorize?(call: AuthorizeArguments): AuthorizeResult | Promise<AuthorizeResult>;
  /** Called once, however the session ended; what it returns is ignored. */
  session_ended(call: SessionEndedArguments): unknown;
}
