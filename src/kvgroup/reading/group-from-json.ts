import { isJsonObject, type Json } from '../../base/json.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { KvGroup, KvItem } from '../format/kv-group.ts';
import { defaultLimits } from './parse-message.ts';

/** Where in a JSON document something is wrong: `c[2].v: …`. */
export interface JsonProblem {
  path: string;
  message: string;
}

/** A group from its interchange form, or all its errors. */
export function groupFromJson(
  json: Json,
): { group: KvGroup; problems: [] } | { group: undefined; problems: JsonProblem[] } {
  const problems: JsonProblem[] = [];
  const item = readItem(json, '', 1, problems);
  if (problems.length === 0 && item !== null) {
    if ('c' in item) return { group: item, problems: [] };
    problems.push({ path: '', message: 'expected a group, {"k": "", "n": "", "c": [...]}, got a pair' });
  }
  return { group: undefined, problems };
}

function readItem(json: Json, path: string, depth: number, problems: JsonProblem[]): KvItem | null {
  const complain = (message: string, key = ''): null => {
    problems.push({ path: [path, key].filter((each) => each !== '').join('.'), message });
    return null;
  };
  if (!isJsonObject(json)) return complain('expected an object such as {"k": "key", "v": "value"}');
  for (const key of Object.keys(json).filter((each) => !['k', 'n', 'c', 'v'].includes(each))) {
    const nearest = nearestName(key, ['k', 'n', 'c', 'v']);
    complain(`unknown; ${nearest === undefined ? 'known are k, n, c and v' : `did you mean ${nearest}?`}`, key);
  }
  const { k, n, c, v } = json;
  const texts = { k: readText(k, 'k', complain), n: readText(n, 'n', complain), v: readText(v, 'v', complain) };
  if (c !== undefined && v !== undefined) return complain('an item has c (a group) or v (a pair), not both');
  if (c !== undefined) {
    if (!Array.isArray(c)) return complain('expected a list', 'c');
    if (depth > defaultLimits.maxDepth) return complain(`groups are nested deeper than ${defaultLimits.maxDepth}`);
    const prefix = path === '' ? 'c' : `${path}.c`;
    const items = c.flatMap((each, index) => readItem(each, `${prefix}[${index}]`, depth + 1, problems) ?? []);
    if (texts.k == null) return complain('a group needs a key, k');
    return texts.n == null ? { k: texts.k, c: items } : { k: texts.k, n: texts.n, c: items };
  }
  if (texts.v == null) return v === undefined ? complain('expected c (a group) or v (a value)') : null;
  if (texts.k == null) return { v: texts.v };
  return texts.n == null ? { k: texts.k, v: texts.v } : { k: texts.k, n: texts.n, v: texts.v };
}

function readText(
  json: Json | undefined,
  key: string,
  complain: (message: string, key: string) => null,
): string | null | undefined {
  if (json === undefined) return undefined;
  if (typeof json !== 'string')
    return complain('expected a string; write numbers and booleans as strings too: "0", "true"', key);
  return json.includes('\0') ? complain('a NUL character cannot be written', key) : json;
}
