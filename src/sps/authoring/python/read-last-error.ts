import { normalizeName } from './pins.ts';

/**
 * Packages whose pinned version pip could not install: there is no wheel for this Python, or it contradicts what another package
 * requires. Read from the output of pip 20 to 26 when they refuse a set; empty when they named none.
 */
export function readRefused(lines: readonly string[]): string[] {
  const names = lines.flatMap((line) => {
    const found =
      /^ERROR: No matching distribution found for ([A-Za-z0-9._-]*[A-Za-z0-9])/.exec(line) ??
      /^\s+The user requested \(constraint\) ([A-Za-z0-9._-]*[A-Za-z0-9])==/.exec(line);
    return found?.[1] === undefined ? [] : [normalizeName(found[1])];
  });
  return [...new Set(names)];
}

/** The versions that pip knew of the package it could not find, undefined when it did not say. */
export function readVersions(lines: readonly string[]): string[] | undefined {
  const listed = lines
    .map((line) => /\(from versions: ([^()]*)\)\s*$/.exec(line)?.[1])
    .find((each) => each !== undefined);
  if (listed === undefined) return undefined;
  return listed === 'none' || listed === '' ? [] : listed.split(', ');
}

const connectionFailures = [
  /connection broken by/,
  /Max retries exceeded/,
  /Could not fetch URL/,
  /Connection(?:Reset|Refused)?Error/,
  /NameResolutionError|Name or service not known|Temporary failure in name resolution/,
  /CERTIFICATE_VERIFY_FAILED/,
  /(?:Read|Connect)Timeout/,
];

/**
 * What pip said about an index that it could not reach; undefined when it reached it. A pip that reached it at the second try and then lacks a
 * wheel says the same. The cost is one more run; mistaking it for a missing wheel would lose the pinned version.
 */
export function readConnectionFailure(lines: readonly string[]): string | undefined {
  if ((readVersions(lines) ?? []).length > 0) return undefined;
  const found = lines.filter((line) => connectionFailures.some((pattern) => pattern.test(line))).at(-1);
  const [core] = /Failed to (?:resolve '[^']*' \([^)]*\)|[^'")]*)/.exec(found ?? '') ?? [];
  return core ?? found?.replace(/^(?:WARNING|ERROR): /, '');
}

/** The last error that pip wrote, for messages. */
export function readLastError(lines: readonly string[]): string {
  const errors = lines.filter((line) => /^\s*(?:ERROR:|error:|[A-Z]\w+(?:Error|Exception):)/.test(line));
  const last =
    errors.find((line) => !line.includes('ResolutionImpossible')) ?? lines.findLast((line) => line.trim() !== '');
  return (last ?? 'it said nothing').replace(/^\s*(?:ERROR|error): /, '').trim();
}
