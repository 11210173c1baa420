import { isLoopback } from '../../loopback/is-loopback.ts';

/** A cookie of a run. */
export interface Cookie {
  name: string;
  value: string;
  /** Without a leading dot. */
  domain: string;
  /** Whether hosts below the domain get it too. */
  isForSubdomains: boolean;
  path: string;
  isSecure: boolean;
  /** Milliseconds since 1970; undefined: as long as the run. */
  expiresAt: number | undefined;
}

/** The cookies of one run. Source: RFC 6265. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  set(cookie: Cookie): void {
    const key = keyOf(cookie);
    if (cookie.expiresAt !== undefined && cookie.expiresAt <= this.#now()) this.#cookies.delete(key);
    else this.#cookies.set(key, cookie);
  }

  /** Takes a line of `Set-Cookie`; undefined when the host may not set it. */
  take(line: string, url: URL): Cookie | undefined {
    const cookie = parseCookie(line, url, this.#now());
    if (cookie !== undefined) this.set(cookie);
    return cookie;
  }

  /** What is sent to a URL: the longest path first. */
  for(url: URL): Cookie[] {
    return [...this.#cookies.values()]
      .filter((cookie) => cookie.expiresAt === undefined || cookie.expiresAt > this.#now())
      .filter((cookie) => domainMatches(cookie, url.hostname) && pathMatches(cookie.path, url.pathname))
      .filter(({ isSecure }) => !isSecure || url.protocol === 'https:' || isTakenForSecure(url))
      .sort((one, other) => other.path.length - one.path.length);
  }

  delete(names: readonly string[], url: URL): void {
    for (const [key, cookie] of this.#cookies) {
      const isIt = names.includes(cookie.name) && domainMatches(cookie, url.hostname);
      if (isIt && pathMatches(cookie.path, url.pathname)) this.#cookies.delete(key);
    }
  }
}

function keyOf({ name, domain, path }: Cookie): string {
  return JSON.stringify([name, domain, path]);
}

function parseCookie(line: string, url: URL, now: number): Cookie | undefined {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at).trim();
  if (at < 1 || name === '') return undefined;
  const named = new Map(attributes.map((each) => readAttribute(each)));
  const domain = (named.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  const host = url.hostname.toLowerCase();
  if (domain !== '' && host !== domain && !host.endsWith(`.${domain}`)) return undefined;
  const path = named.get('path') ?? '';
  return {
    name,
    value: pair.slice(at + 1).trim(),
    domain: domain === '' ? host : domain,
    isForSubdomains: domain !== '',
    path: path.startsWith('/') ? path : defaultPath(url.pathname),
    isSecure: named.has('secure'),
    expiresAt: expiry(named.get('max-age'), named.get('expires'), now),
  };
}

function readAttribute(text: string): [string, string] {
  const at = text.indexOf('=');
  const name = at === -1 ? text : text.slice(0, at);
  return [name.trim().toLowerCase(), at === -1 ? '' : text.slice(at + 1).trim()];
}

function expiry(maxAge: string | undefined, expires: string | undefined, now: number): number | undefined {
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000;
  const date = expires === undefined ? NaN : Date.parse(expires);
  return Number.isNaN(date) ? undefined : date;
}

function defaultPath(pathname: string): string {
  return pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')));
}

function domainMatches({ domain, isForSubdomains }: Cookie, hostname: string): boolean {
  const host = hostname.toLowerCase();
  return host === domain || (isForSubdomains && host.endsWith(`.${domain}`));
}

function pathMatches(path: string, pathname: string): boolean {
  return pathname === path || (pathname.startsWith(path) && (path.endsWith('/') || pathname[path.length] === '/'));
}

/** Browsers take loopback for secure, and so can a test. */
function isTakenForSecure({ hostname }: URL): boolean {
  return isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'));
}
