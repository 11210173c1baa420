import { type Kind, list, oneOf, text } from '../../sps/session/check-parameters.ts';
import type { GatewayOptions } from './gateway-options.ts';

const flag: Kind = { words: 'true or false', is: (value) => typeof value === 'boolean' };
const duration: Kind = {
  words: 'milliseconds or a text such as 2m',
  is: (value) => typeof value === 'number' || typeof value === 'string',
};
const count: Kind = {
  words: 'a whole number from 1',
  is: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
};
const flagOrList: Kind = { words: 'true, false or a list', is: (value) => flag.is(value) || list.is(value) };
const callback: Kind = { words: 'a function', is: (value) => typeof value === 'function' };

/** What each option of a gateway must be. */
export const gatewayOptionKinds: Record<keyof GatewayOptions, Kind> = {
  plugins: list,
  scenario: text,
  policy: text,
  listen: text,
  expose: flag,
  target: text,
  allowTarget: list,
  gatewayPassword: flag,
  knownHosts: text,
  targetHostKey: oneOf('strict', 'accept-new'),
  hostKey: text,
  allowForwarding: flagOrList,
  record: text,
  loginTimeout: duration,
  idleTimeout: duration,
  maxSessions: count,
  explain: flag,
  config: text,
  python: text,
  api: text,
  spsVersion: text,
  proxyTimeout: duration,
  stateDir: text,
  hostConfig: text,
  force: flag,
  showSecrets: flag,
  onEvent: callback,
};
