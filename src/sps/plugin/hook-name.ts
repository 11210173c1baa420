import type { JsonInputObject } from '../../base/json-input.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import type {
  AuthenticateArguments,
  AuthenticateResult,
  AuthorizeArguments,
  AuthorizeResult,
  Question,
} from './aa-plugin.ts';
import type { SessionEndedArguments } from './call-arguments.ts';
import type {
  AuthenticationCompletedArguments,
  AuthenticationCompletedResult,
  GetPasswordListArguments,
  GetPasswordListResult,
  GetPrivateKeyListArguments,
  GetPrivateKeyListResult,
  GetRemoteAppCredentialsArguments,
  GetRemoteAppCredentialsResult,
  GetTotpCodesArguments,
  GetTotpCodesResult,
} from './credential-store-plugin.ts';

/** What each hook receives. */
export interface HookArguments {
  authenticate: AuthenticateArguments;
  authorize: AuthorizeArguments;
  get_private_key_list: GetPrivateKeyListArguments;
  get_password_list: GetPasswordListArguments;
  authentication_completed: AuthenticationCompletedArguments;
  get_remote_app_credentials: GetRemoteAppCredentialsArguments;
  get_totp_codes: GetTotpCodesArguments;
  session_ended: SessionEndedArguments;
}

/** What each hook may return; the result of `session_ended` is ignored. */
export interface HookResults {
  authenticate: AuthenticateResult;
  authorize: AuthorizeResult;
  get_private_key_list: GetPrivateKeyListResult;
  get_password_list: GetPasswordListResult;
  authentication_completed: AuthenticationCompletedResult;
  get_remote_app_credentials: GetRemoteAppCredentialsResult;
  get_totp_codes: GetTotpCodesResult;
  session_ended: Json;
}

/** A hook of either plugin type. */
export type HookName = keyof HookArguments;

/**
 * The name of a hook in a call: a literal must be one of the known names; a text from elsewhere may be any.
 */
export type CalledHook<Hook extends string> = Hook extends HookName ? Hook : string extends Hook ? Hook : HookName;

/** Some of the hook's arguments, which replace those of the connection; any data for a hook whose name is not a literal. */
export type HookKwargs<Hook extends string> = Hook extends HookName
  ? { readonly [Name in keyof HookArguments[Hook]]?: HookArguments[Hook][Name] | undefined }
  : JsonInputObject;

/** What a call of the hook gives: its result, or null for a plugin that returns nothing. */
export type HookValue<Hook extends string> = Hook extends HookName
  ? Json extends HookResults[Hook]
    ? Json
    : AsOutput<HookResults[Hook]> | null
  : Json;

/** Its third item, if there is one, is true for hidden typing. */
type AskedQuestion = [key: string, prompt: string, ...disableEcho: boolean[]];

/** A type of results as the caller gets it: every part belongs to the caller, and data of any kind is `Json`. */
type AsOutput<Value> = Value extends null | boolean | number | string
  ? Value
  : Question extends Value
    ? AskedQuestion
    : Value extends readonly unknown[]
      ? AsOutputList<Value>
      : string extends keyof Value
        ? JsonObject
        : { -readonly [Key in keyof Value]: AsOutput<Value[Key]> };

type AsOutputList<Items extends readonly unknown[]> = { -readonly [Index in keyof Items]: AsOutput<Items[Index]> };
