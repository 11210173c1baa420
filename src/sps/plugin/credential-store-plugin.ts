import type { JsonInputObject } from '../../base/json-input.ts';
import type { CallArguments, CookieResult, SessionEndedArguments } from './call-arguments.ts';
import type { HookReply } from './hook-reply.ts';

/** What the hooks receive that look up credentials for the target. */
export interface CredentialArguments extends CallArguments {
  /** Lower case: `ssh`, `rdp`, `telnet`, `mssql`, `http`, `ica`, `vnc`. */
  protocol: string;
  client_ip: string;
  /** Null when the name service does not know it. Since API 1.5. */
  client_hostname: string | null;
  /** Who the user is at the gateway. Authentication plugins get it as `gateway_user`. */
  gateway_username: string | null;
  /** What the user typed at the gateway; empty when the product does not know it. */
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

/** Source: Plugin SDK 1.8.0; missing keys count as empty (ours). */
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
  additional_information?: JsonInputObject;
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

/** A plugin of type `credentialstore`: `export class Plugin implements CredentialStorePlugin`, constructed for every call with the configuration text and the `Appliance`. */
export interface CredentialStorePlugin {
  /** Called in SSH only, before `get_password_list`. */
  get_private_key_list(call: GetPrivateKeyListArguments): HookReply<GetPrivateKeyListResult>;
  /** May be called several times in a session. */
  get_password_list(call: GetPasswordListArguments): HookReply<GetPasswordListResult>;
  /** Called when the target accepted a credential. */
  authentication_completed(call: AuthenticationCompletedArguments): HookReply<AuthenticationCompletedResult>;
  /** Called for the launcher of remote applications in RDP. Since API 1.7. */
  get_remote_app_credentials?(call: GetRemoteAppCredentialsArguments): HookReply<GetRemoteAppCredentialsResult>;
  /** Since API 1.9. */
  get_totp_codes?(call: GetTotpCodesArguments): HookReply<GetTotpCodesResult>;
  /** Called once, however the session ended; what it returns is ignored. */
  session_ended(call: SessionEndedArguments): unknown;
}
