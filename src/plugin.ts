/**
 * Types for the authors of TypeScript plugins; no code. `import type { … } from 'plugin-host/plugin'` is erased when the
 * plugin runs, so a plugin needs nothing installed. Names on the wire are the product's.
 * Source: plugin guides 6.0.1 to 7.5.1, Plugin SDK 1.5.0 to 1.9.1; "ours" where they are silent.
 */

export type { JsonInput, JsonInputObject } from './base/json-input.ts';
export type { Json, JsonObject } from './base/json.ts';
export type {
  AaPlugin,
  AuthenticateArguments,
  AuthenticateResult,
  Authentication,
  Authorization,
  AuthorizeArguments,
  AuthorizeResult,
  Denial,
  NeedInfo,
  NoAuthentication,
  Question,
} from './sps/plugin/aa-plugin.ts';
export type {
  Appliance,
  Box,
  CredentialStore,
  LdapServer,
  Lock,
  MemoryCache,
  StoredCertificate,
  StoredKey,
  TrustedCaList,
  UserList,
} from './sps/plugin/appliance.ts';
export type { CallArguments, Cookie, CookieResult, SessionEndedArguments } from './sps/plugin/call-arguments.ts';
export type {
  AuthenticationCompletedArguments,
  AuthenticationCompletedResult,
  CredentialArguments,
  CredentialStorePlugin,
  GetPasswordListArguments,
  GetPasswordListResult,
  GetPrivateKeyListArguments,
  GetPrivateKeyListResult,
  GetRemoteAppCredentialsArguments,
  GetRemoteAppCredentialsResult,
  GetTotpCodesArguments,
  GetTotpCodesResult,
  PrivateKey,
  TotpCode,
} from './sps/plugin/credential-store-plugin.ts';
export type { HookReply } from './sps/plugin/hook-reply.ts';
