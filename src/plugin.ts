/**
 * Types for the authors of TypeScript plugins; no code. `import type { … } from 'plugin-host/plugin'` is erased when the
 * plugin runs, so a plugin needs nothing installed. Names on the wire are the product's.
 * Source: plugin guides 6.0.1 to 7.5.1, Plugin SDK 1.5.0 to 1.9.1; "ours" where they are silent.
 */

import type { JsonMapping, JsonValue } from './base/json-value.ts';

export type * from './sps/plugin/appliance.ts';
export type { JsonMapping, JsonValue };

/**
 * Data that one call leaves for a later one; `{}` at first. What a hook returns replaces it as a whole, and without the
 * key it stays. Declare what you keep: `{ cookie }: AuthenticateArguments & { cookie: { tries?: number } }`.
 */
export type Cookie = JsonMapping;

/** What every hook receives. */
export interface CallArguments {
  /** Such as `svc/hjdBxA2UWkTadH3juDVwrT/my_connection:0`. */
  session_id: string;
  /** Of this plugin in this session. */
  cookie: Cookie;
  /** Of all plugins in this session. */
  session_cookie: Cookie;
}

/** What every hook but `session_ended` may return. */
export interface CookieResult {
  /** Replaces the plugin's cookie. */
  cookie?: Cookie;
  /** Replaces the session cookie. */
  session_cookie?: Cookie;
}

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

/** Key under which the answer comes in `key_value_pairs`, prompt as the user sees it, whether typing stays invisible (default false). */
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
  /** Who the user is from now on. Goes together with the groups. */
  gateway_user?: string;
  /** May be empty. Goes together with the user. */
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

/** What the hooks receive that look up credentials for the target. */
export interface CredentialArguments extends CallArguments {
  /** Lower case: `ssh`, `rdp`, `telnet`, `mssql`, `http`, `ica`, `vnc`. */
  protocol: string;
  client_ip: string;
  /** Null when the name service does not know it. Since API 1.5. */
  client_hostname: string | null;
  /** Who the user is at the gateway. Authentication plugins get it as `gateway_user`. */
  gateway_username: string | null;
  /** What the user typed at the gateway; empty when the product cannot learn it. */
  gateway_password: string | null;
  gateway_groups: string[] | null;
  gateway_domain: string | null;
  /** Since API 1.5. */
  server_username: string;
  /** Since API 1.5. */
  server_domain: string | null;
  /** Since API 1.5. */
  server_ip: string;
  /** Since API 1.5. */
  server_port: number;
  /** Null when the name service does not know it. Since API 1.5. */
  server_hostname: string | null;
  /** @deprecated Since API 1.5: `server_username`. */
  target_username: string;
  /** @deprecated Since API 1.5: `server_ip`. */
  target_host: string;
  /** @deprecated Since API 1.5: `server_port`. */
  target_port: number;
  /** @deprecated Since API 1.5: `server_domain`. */
  target_domain: string | null;
}

export type GetPrivateKeyListArguments = CredentialArguments;

/** PKCS#1 or PKCS#8 in PEM, its base64 in lines of 64 characters. Source: credential store guide 6.9.4. */
export type PrivateKey = readonly [type: 'ssh-rsa' | 'ssh-dss', pem: string];

export interface GetPrivateKeyListResult extends CookieResult {
  /** Tried in this order; none when empty or absent. */
  private_keys?: readonly PrivateKey[];
}

export type GetPasswordListArguments = CredentialArguments;

export interface GetPasswordListResult extends CookieResult {
  /** Tried in this order; when empty or absent, the user is asked. */
  passwords?: readonly string[];
}

export type AuthenticationCompletedArguments = CallArguments;
export type AuthenticationCompletedResult = CookieResult;

export interface GetRemoteAppCredentialsArguments extends CredentialArguments {
  /** Name of the connection policy. */
  connection_name: string;
  /** What the application logs in to, a database for instance. */
  asset: string;
}

/** Source: Plugin SDK 1.8.0; what is not returned counts as empty (ours). */
export interface GetRemoteAppCredentialsResult extends CookieResult {
  /** Whom the passwords belong to; empty when `need_info` is true. */
  account?: string;
  asset?: string;
  passwords?: readonly string[];
  /** Account or asset is not known. */
  need_info?: boolean;
  /** Command line of the launcher: `[hostApp, '--cmd', …]`. Since API 1.8. */
  launch_information?: readonly (string | null)[];
  /** Since API 1.8. */
  additional_information?: JsonMapping;
}

export type GetTotpCodesArguments = CredentialArguments;

export interface TotpCode {
  /** Start of the code's time, in seconds. */
  unix_time: number;
  /** In seconds. */
  period: number;
  code: string;
}

export interface GetTotpCodesResult extends CookieResult {
  /** Absent when the plugin has none to give. */
  totp_codes?: readonly TotpCode[];
}

export type SessionEndedArguments = CallArguments;

// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a method without `return` is of type void
type Returned<Result> = Result | null | undefined | void;

/** A hook may be async. Nothing, or null, means: no authentication done, no credential found, cookies as they were. */
export type HookReply<Result> = Returned<Result> | Promise<Returned<Result>>;

/** A plugin of type `aa`: `export class Plugin implements AaPlugin`, constructed anew for every call with the configuration text and the `Appliance`. */
export interface AaPlugin {
  authenticate(call: AuthenticateArguments): HookReply<AuthenticateResult>;
  /** Called when the target is known. A plugin without it accepts. */
  authorize?(call: AuthorizeArguments): AuthorizeResult | Promise<AuthorizeResult>;
  /** Called once, however the session ended; what it returns is ignored. */
  session_ended(call: SessionEndedArguments): unknown;
}

/** A plugin of type `credentialstore`: `export class Plugin implements CredentialStorePlugin`, constructed anew for every call with the configuration text and the `Appliance`. */
export interface CredentialStorePlugin {
  /** Called in SSH only, before `get_password_list`. */
  get_private_key_list(call: GetPrivateKeyListArguments): HookReply<GetPrivateKeyListResult>;
  /** May be called several times in a session. */
  get_password_list(call: GetPasswordListArguments): HookReply<GetPasswordListResult>;
  /** Called when the target took a credential. */
  authentication_completed(call: AuthenticationCompletedArguments): HookReply<AuthenticationCompletedResult>;
  /** Called for the launcher of remote applications in RDP. Since API 1.7. */
  get_remote_app_credentials?(call: GetRemoteAppCredentialsArguments): HookReply<GetRemoteAppCredentialsResult>;
  /** Since API 1.9. */
  get_totp_codes?(call: GetTotpCodesArguments): HookReply<GetTotpCodesResult>;
  /** Called once, however the session ended; what it returns is ignored. */
  session_ended(call: SessionEndedArguments): unknown;
}
