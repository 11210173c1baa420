import { PluginHostError } from '../base/plugin-host-error.ts';

/** Where sessions and what else is kept are. */
export interface StatePlace {
  /** Folder on this machine. */
  stateDir: string;
  /** Of a Redis server that several hosts share; what is not of this machine only is there. May contain a password: see `showStateUrl`. */
  stateUrl?: string | undefined;
}

const form = 'redis://[USER:PASSWORD@]HOST:PORT[/DB], or rediss:// with TLS';

/** Whether a state is meant as the address of a server and not as a folder. */
export function isStateUrl(state: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(state);
}

/** @throws PluginHostError USAGE */
export function requireStateUrl(state: string): string {
  const url = URL.canParse(state) ? new URL(state) : undefined;
  const isRedis = url !== undefined && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '';
  if (isRedis && /^\/?\d{0,3}$/.test(url.pathname) && isDecodable(url.username) && isDecodable(url.password))
    return state;
  // What was given is not repeated: it may contain a password.
  throw new PluginHostError('USAGE', 'the address of the state is not understood', { hint: `Write it as ${form}.` });
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Without the user and the password. */
export function showStateUrl(state: string): string {
  const { protocol, username, password, host, pathname } = new URL(state);
  return `${protocol}//${username + password === '' ? '' : '***@'}${host}${pathname === '/' ? '' : pathname}`;
}
