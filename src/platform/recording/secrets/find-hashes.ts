import type { StandIn } from '../../../targets/recording/stand-ins.ts';
import type { Crypt } from '../../hashes/matches-hash.ts';
import { matchesHash } from '../../hashes/matches-hash.ts';

const cryptHash = /\$(?:1|2[abxy]?|5|6|7|y|gy|md5|sha1|P|H)\$[./0-9A-Za-z$=,]{8,}/g;
const otherHash = /\{(?:SSHA|SHA|CRYPT|ssha1|ssha256|ssha512|smd5)\}[./+0-9A-Za-z$=]{8,}/g;
const desInShadow = /(?<=^[\w.-]{1,64}:)[./0-9A-Za-z]{13}(?=:\d*:)/gm;

/** More rounds than anybody sets would take for ever. */
const slowest = /\brounds=(?:[2-9]\d{5}|\d{7,})/;

/** Hashes of passwords in what a target gave, each once. */
export function findHashes(texts: readonly string[]): string[] {
  const found = texts.flatMap((text) =>
    [cryptHash, otherHash, desInShadow].flatMap((pattern) => Array.from(text.matchAll(pattern), ([each]) => each)),
  );
  return [...new Set(found)];
}

/** The secret that a hash is of; undefined when it is of none of them. */
export async function findHashed(
  hash: string,
  secrets: readonly StandIn[],
  crypt: Crypt,
): Promise<StandIn | undefined> {
  if (slowest.test(hash)) return undefined;
  for (const each of secrets) if ((await matchesHash(each.secret, hash, crypt)) === true) return each;
  return undefined;
}
