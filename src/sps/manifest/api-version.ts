import parse from 'semver/functions/parse.js';
import { toAsciiDigits } from '../../pyyaml/parse-python-int.ts';

export interface ApiVersion {
  major: number;
  minor: number;
  /** `1.9`: what the appliance compares. */
  text: string;
}

/**
 * `x.y`, `x.y.z` (z does not count) or a whole semantic version; undefined for anything else, such as `1`.
 * Source: Plugin SDK 1.9.1, MANIFEST check.
 */
export function parseApiVersion(text: string): ApiVersion | undefined {
  // Python's `$` and `\d` accept one line end and the digits of all scripts.
  const plain = toAsciiDigits(text.replace(/\n$/, ''));
  const [, x, y] = /^([0-9]+)\.([0-9]+)(?:\.[0-9]+)?$/.exec(plain) ?? [];
  const full = x === undefined || y === undefined ? plain : `${x}.${y}.0`;
  // semver would accept a leading "v" or blanks.
  if (!/^[0-9]+\.[0-9]+\.[0-9]+(?![^-+])/.test(full) || /\s/.test(full)) return undefined;
  // semver ends at 2^53, Python does not; such a version is newer than every release in both cases.
  const version = parse(full.replace(/[1-9][0-9]{15,}/g, '999999999999999'));
  if (version === null) return undefined;
  const { major, minor } = version;
  // The digits as they are written, which may be more than a number holds.
  return { major, minor, text: plain.replace(/^([0-9]+\.[0-9]+).*$/s, '$1') };
}
