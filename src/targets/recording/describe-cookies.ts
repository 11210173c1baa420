import type { RecordedAnswer } from './recorded-exchange.ts';

/** The cookies that an answer set, as a target sets them: for the whole host unless they say otherwise. Days on which they end are left out. */
export function describeCookies(
  { headers }: RecordedAnswer,
  url: URL,
  text: (text: string) => string,
): Record<string, string> {
  const lines = headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      if (at < 1) return [];
      const kept = describeAttributes(attributes, url).map(text);
      return [[text(pair.slice(0, at).trim()), [text(pair.slice(at + 1).trim()), ...kept].join('; ')]];
    }),
  );
}

function describeAttributes(attributes: readonly string[], url: URL): string[] {
  const named = new Map(
    attributes.map((each): [string, string] => {
      const [name = '', ...value] = each.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
  const path = named.get('path') ?? defaultPath(url.pathname);
  const domain = named.get('domain');
  return [
    ...(path === '/' || path === '' ? [] : [`Path=${path}`]),
    ...(domain === undefined || domain === '' ? [] : [`Domain=${domain}`]),
    ...(named.has('secure') ? ['Secure'] : []),
    ...(isOver(named) ? ['Max-Age=0'] : []),
  ];
}

/** Source: RFC 6265, 5.1.4. */
function defaultPath(pathname: string): string {
  return pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')));
}

function isOver(named: ReadonlyMap<string, string>): boolean {
  const maxAge = named.get('max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  return Date.parse(named.get('expires') ?? '') < Date.now();
}
