import { normalizeName } from './pins.ts';

/** As `readRefused`, of what uv writes. */
export function readUvRefused(lines: readonly string[]): string[] {
  const text = lines.join(' ').replace(/\s+/g, ' ');
  const found = text.matchAll(/because (?:there is no version of (\S+)|(\S+) (?:has no|was not found) )/gi);
  const names = [...found].flatMap(([, one, other]) => (one ?? other)?.split('==')[0] ?? []);
  return [...new Set(names.map(normalizeName))];
}

/** What uv said about an index that it could not reach; undefined when it reached it. */
export function readUvConnectionFailure(lines: readonly string[]): string | undefined {
  const found = lines.filter((line) =>
    /Request failed after|Failed to fetch:|error sending request|dns error/.test(line),
  );
  return found.at(-1)?.replace(/^\s*(?:error|cause): /, '');
}
