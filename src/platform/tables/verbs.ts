import { connectionVerbs } from './connection-verbs.ts';
import { dataVerbs } from './data-verbs.ts';
import { flowVerbs } from './flow-verbs.ts';
import { httpVerbs } from './http-verbs.ts';
import type { Verb } from './verb.ts';

/** All that a step may be. */
export const verbs: readonly Verb[] = [...flowVerbs, ...dataVerbs, ...connectionVerbs, ...httpVerbs];

const byName = new Map(verbs.map((each) => [each.name, each]));

/** The verb of a name; the appliance matches it exactly. */
export function findVerb(name: string): Verb | undefined {
  return byName.get(name);
}

/** What looks like a verb and is none, and what serves instead. Source: specification d.0. */
const instead: Record<string, string> = {
  If: 'Condition',
  While: 'For',
  Call: 'Function',
  Delay: 'Wait',
  Trace: 'Log',
  Rethrow: 'Throw with %Exception%',
  SetStatusMessage: 'Status',
  WriteResponseProperty: 'SetItem of an object, then WriteResponseObject',
  Catch: 'Try with Catch',
  Import: 'Imports at the top of the script',
  NewObject: 'SetItem',
  Define: 'SetItem',
  Cookies: 'SetCookie, GetCookie and ClearCookie',
  SshConnect: 'Connect with Type Ssh',
  SshSend: 'Send',
  SshExpect: 'Receive with ExpectRegex',
  SshExecuteCommand: 'ExecuteCommand',
  SshHostKey: 'DiscoverSshHostKey',
  HttpGet: 'Request with Verb GET',
  HttpPost: 'Request with Verb POST',
  HttpPut: 'Request with Verb PUT',
  HttpDelete: 'Request with Verb DELETE',
  HttpUrlEncode: 'UrlEncode',
};

/** The way to write what somebody meant by the name of no verb. */
export function verbInstead(name: string): string | undefined {
  return Object.hasOwn(instead, name) ? instead[name] : undefined;
}

const drifted: Record<string, string> = {
  'Connect.Address': 'NetworkAddress',
  'Connect.UserName': 'Login',
  'Send.Text': 'Buffer',
  'Receive.Regex': 'ExpectRegex',
  'Receive.ResultVariable': 'BufferName',
  'ExecuteCommand.ResultVariable': 'BufferName',
  'Headers.ObjectName': 'RequestObjectName',
  'Headers.Headers': 'AddHeaders',
  'NewHttpRequest.Name': 'ObjectName',
  'HttpAuth.UserName': 'Credentials.Login',
  'HttpAuth.Password': 'Credentials.Password',
  'HttpAuth.Request': 'RequestObjectName',
  'Request.Method': 'Verb',
  'Request.Request': 'RequestObjectName',
  'Request.Body': 'Content.ContentObjectName',
  'Request.ContentType': 'Content.ContentType',
  'Throw.Message': 'Value',
  'Log.Value': 'Text',
  'ForEach.Item': 'ElementName',
  'ForEach.In': 'CollectionName',
  'ForEach.Do': 'Body',
  'WriteDiscoveredAccount.AccountName': 'Name',
  'WriteDiscoveredService.Name': 'ServiceName',
  'WriteDiscoveredService.Description': 'DisplayName',
  'WriteDiscoveredService.AccountName': 'Account',
  'SetFormValue.ContainsSecret': 'IsSecret',
  'SetFormData.ContainsSecret': 'IsSecret',
};

/** The right name of a property that drifted documentation spells otherwise. Source: specification d.0. */
export function driftedProperty(verbName: string, property: string): string | undefined {
  const wanted = `${verbName}.${property}`.toLowerCase();
  return Object.entries(drifted).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
