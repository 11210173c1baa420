import { hasSecret } from '../conversion/has-secret.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import { plainVerb, type VerbHandler } from '../engine/verb-handler.ts';
import type { JsonNode } from '../script/json-node.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import { httpSessionOf } from './http-session.ts';
import { RequestValue } from './request-value.ts';

function newRequest(active: ActiveStep): void {
  active.set(active.requireTarget('ObjectName'), new RequestValue());
}

/** Of all relative URLs that follow, wherever it is set. */
function baseAddress(active: ActiveStep): void {
  const address = active.requireText('Address');
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    throw new CommandError('COMMAND_FAILED', `Address must begin with http:// or https:// and name a host`);
  const isSecret = hasSecret(active.value('Address'));
  httpSessionOf(active.run).baseAddress = isSecret ? active.value('Address') : address;
}

/** The request that a property names. @throws CommandError */
function requireRequest(active: ActiveStep): RequestValue {
  const value = reveal(active.read('RequestObjectName'));
  if (value instanceof RequestValue) return value;
  throw new CommandError('COMMAND_FAILED', 'RequestObjectName names no request; NewHttpRequest makes one');
}

/** `Headers`: the last of a name counts. */
function addHeaders(active: ActiveStep): void {
  const request = requireRequest(active);
  const node = active.node('AddHeaders');
  if (node?.kind !== 'object') return;
  for (const { key, value: each } of node.entries) {
    const value = active.noteGiven(key, active.substitute(each));
    const text = plainValue(value) === null ? '' : toText(value);
    if (/[\r\n\u0000]/.test(text) || !/^[!#$%&'*+.^_`|~\w-]+$/.test(key))
      throw new CommandError('COMMAND_FAILED', `the header ${key} has a character that no header may have`);
    if (request.headers.has(key.toLowerCase()))
      active.warn('L27', `the header ${key} is there already; the last one counts`);
    request.headers.set(key.toLowerCase(), { name: key, value: hasSecret(value) ? value : text });
  }
}

/** `HttpAuth`: Basic at once, Digest when the server asks. */
function authenticate(active: ActiveStep): void {
  const request = requireRequest(active);
  const type = active.requireText('Type');
  const credentials = active.node('Credentials');
  const login = toText(part(active, credentials, 'Login'));
  const password = part(active, credentials, 'Password');
  const secret = Secret.of(plainValue(password) ?? '');
  active.run.secrets.add(secret);
  if (type.toLowerCase() === 'basic') {
    const token = Buffer.from(`${login}:${toText(secret)}`).toString('base64');
    active.run.secrets.addText(token);
    request.headers.set('authorization', { name: 'Authorization', value: Secret.of(`Basic ${token}`) });
    return;
  }
  if (type.toLowerCase() !== 'digest')
    throw new CommandError(
      'COMMAND_FAILED',
      `Type ${type} is unknown; expected Basic or Digest`,
      'Set other schemes with Headers.',
    );
  const uri = toText(part(active, credentials, 'Uri'));
  if (!URL.canParse(uri))
    throw new CommandError('COMMAND_FAILED', 'Credentials.Uri must be an absolute URL for Digest');
  const domain = toText(part(active, credentials, 'Domain'));
  request.digest = {
    user: domain === '' ? login : `${domain}\\${login}`,
    password: toText(secret),
    uri: new URL(uri),
  };
}

function part(active: ActiveStep, node: JsonNode | undefined, name: string): Value {
  if (node?.kind !== 'object') return null;
  const found = node.entries.findLast(({ key }) => key.toLowerCase() === name.toLowerCase());
  if (found === undefined) return null;
  const value = active.substitute(found.value);
  active.noteGiven(name, name === 'Password' ? Secret.of(value) : value);
  return value;
}

/** What stands before a request. Source: specification d.6. */
export const setupHandlers: Readonly<Record<string, VerbHandler>> = {
  NewHttpRequest: plainVerb(newRequest),
  BaseAddress: plainVerb(baseAddress),
  Headers: plainVerb(addHeaders),
  HttpAuth: plainVerb(authenticate),
};
