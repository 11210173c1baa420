/** The target of a request, taken apart. */
export interface Target {
  /** Decoded once; undefined when one of them cannot be. */
  segments: string[] | undefined;
  /** As it shows in answers: each segment decoded, but one that cannot be, or that would look like several, as it came. */
  path: string;
  /** Names and values, in their order. */
  query: readonly (readonly [string, string])[];
}

/** Repeated slashes and one at the end do not count. @param target In origin form, without scheme and host */
export function parseTarget(target: string): Target {
  const at = target.indexOf('?');
  const rawPath = at < 0 ? target : target.slice(0, at);
  const raw = rawPath.split('/').filter((segment) => segment !== '');
  const shown = raw.map(show);
  return {
    segments: raw.every(isDecodable) && !shown.some(isAmbiguous) ? shown : undefined,
    path: `/${shown.join('/')}`,
    query: at < 0 ? [] : [...new URLSearchParams(target.slice(at + 1))],
  };
}

function show(segment: string): string {
  return isDecodable(segment) ? decodeURIComponent(segment) : segment;
}

/** It decodes, into one segment. */
function isDecodable(segment: string): boolean {
  try {
    return !decodeURIComponent(segment).includes('/');
  } catch {
    return false;
  }
}

/** What could lead elsewhere, or be read in two ways, is no segment. */
function isAmbiguous(text: string): boolean {
  return /[\\\u0000-\u001f\u007f-\u009f]/.test(text) || text === '.' || text === '..';
}
