/** The target of a request, taken apart. */
export interface Target {
  /** Decoded once; undefined when one of them cannot be. */
  segments: string[] | undefined;
  /** As it shows in answers. */
  path: string;
  /** Names and values, in their order. */
  query: readonly (readonly [string, string])[];
}

/** Repeated slashes and one at the end do not count. @param target In origin form, without scheme and host */
export function parseTarget(target: string): Target {
  const at = target.indexOf('?');
  const rawPath = at < 0 ? target : target.slice(0, at);
  const raw = rawPath.split('/').filter((segment) => segment !== '');
  const decoded = raw.map(decode);
  const segments = decoded.every((segment) => segment !== undefined) ? decoded : undefined;
  return {
    segments,
    path: `/${(segments ?? raw).join('/')}`,
    query: at < 0 ? [] : [...new URLSearchParams(target.slice(at + 1))],
  };
}

/** What could lead elsewhere, or be read in two ways, is no segment. */
function decode(segment: string): string | undefined {
  let text: string;
  try {
    text = decodeURIComponent(segment);
  } catch {
    return undefined;
  }
  return /[/\\\u0000-\u001f\u007f-\u009f]/.test(text) || text === '.' || text === '..' ? undefined : text;
}
