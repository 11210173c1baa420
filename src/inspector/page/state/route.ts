/** What the address says. */
export interface Route {
  session: string | undefined;
  step: number | undefined;
  q: string;
  tab: Tab;
}

export const tabs = ['arguments', 'result', 'cookies', 'log', 'process', 'json'] as const;
export type Tab = (typeof tabs)[number];
export const tabNames: Record<Tab, string> = {
  arguments: 'Arguments',
  result: 'Result',
  cookies: 'Cookies',
  log: 'Log',
  process: 'Process',
  json: 'JSON',
};

/** In a file, addresses stand after `#`. */
export function readRoute(isFile: boolean): Route {
  const text = isFile ? location.hash.slice(1) : location.pathname + location.search;
  const [pathname = '', search = ''] = text.split('?');
  const query = new URLSearchParams(search);
  const [, session, step] = /^\/sessions\/([^/]+)(?:\/(\d+))?$/.exec(pathname) ?? [];
  const tab = tabs.find((each) => each === query.get('tab')) ?? 'arguments';
  return {
    session: session === undefined ? undefined : decode(session),
    step: step === undefined ? undefined : Number(step),
    q: query.get('q') ?? '',
    tab,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a route; what is as always is left out. */
export function addressOf({ session, step, q, tab }: Route, isFile: boolean): string {
  const query = new URLSearchParams();
  if (q !== '') query.set('q', q);
  if (tab !== 'arguments' && step !== undefined) query.set('tab', tab);
  const pathname =
    session === undefined ? '/' : `/sessions/${encodeURIComponent(session)}${step === undefined ? '' : `/${step}`}`;
  const search = query.size === 0 ? '' : `?${query}`;
  return `${isFile ? '#' : ''}${pathname}${search}`;
}
