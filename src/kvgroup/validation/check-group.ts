import { renderSuggestion } from '../../base/nearest-name.ts';
import { isGroup, isPair, type KvGroup, type KvItem, nameOf } from '../format/kv-group.ts';
import type { GroupShape, ItemShape } from '../points/point.ts';
import { checkCases } from './check-cases.ts';
import { checkValue, type Direction } from './check-value.ts';
import type { Report } from './create-report.ts';
import { joinPath } from './groups-of.ts';

export interface GroupContext {
  direction: Direction;
  report: Report;
}

/**
 * Reports everything in a group that its shape does not allow, at any depth.
 * @param isFailure the answer says failure: then nothing else need be in it
 */
export function checkGroup(
  group: KvGroup,
  shape: GroupShape,
  path: string,
  context: GroupContext,
  isFailure = false,
): void {
  const found = new Map<ItemShape, KvItem[]>();
  for (const item of group.c) {
    const match = checkItem(item, shape, path, context);
    if (match !== undefined) found.set(match, [...(found.get(match) ?? []), item]);
  }
  for (const each of shape.items) {
    const items = found.get(each) ?? [];
    if (items.length < each.min || (items.length === 0 && each.isExpected)) {
      if (!isFailure || each.key === 'retval' || each.key === 'returnval') reportMissing(group, each, path, context);
    }
    const surplus = items[each.max];
    if (surplus !== undefined) reportRepeated(surplus, joinPath(path, surplus), items.length, context);
  }
  if (!isFailure) checkCases(group, shape, path, context.report);
}

/** The shape that the item has; undefined when there is none. */
function checkItem(
  item: KvItem,
  shape: GroupShape,
  path: string,
  { direction, report }: GroupContext,
): ItemShape | undefined {
  if (!('k' in item)) {
    const what = 'a value without a key; expected pairs and groups';
    report(path, item, { level: 'error', code: 'KEY_KIND', what, hint: 'Write "key" = "value" for each.' });
    return undefined;
  }
  const here = joinPath(path, item);
  const named = shape.items.filter((each) => isSpelledFor(item.k, each));
  const candidates = named.length > 0 ? named : shape.items.filter(({ key }) => key === '*');
  if (candidates.length === 0) {
    if (!shape.isOpen) reportUnknown(item, item.k, here, shape, report);
    return undefined;
  }
  const match = findMatch(item, candidates, here, report);
  if (match === undefined) return undefined;
  reportSpelling(item, item.k, match, here, report);
  if (isGroup(item)) {
    if (match.group !== undefined) checkGroup(item, match.group, here, { direction, report });
  } else if (isPair(item) && match.pair !== undefined) {
    const problem = checkValue(match.pair, item.v, direction);
    if (problem !== undefined)
      report(here, item, match.pair.type === 'secret' ? { ...problem, what: 'not valid' } : problem);
  }
  return match;
}

function isSpelledFor(key: string, { key: own, aliases, slips }: ItemShape): boolean {
  return own !== '*' && (key === own || aliases.includes(key) || slips.includes(key));
}

function findMatch(
  item: KvItem & { k: string },
  candidates: readonly ItemShape[],
  here: string,
  report: Report,
): ItemShape | undefined {
  const ofKind = candidates.filter(({ pair, group }) => (isGroup(item) ? group : pair) !== undefined);
  if (ofKind.length === 0) {
    const [got, expected] = isGroup(item) ? ['a group', 'a pair'] : ['a pair', 'a group'];
    const names = candidates[0]?.group?.names;
    const hint = isGroup(item)
      ? `Write "${item.k}" = "value".`
      : `Write "${item.k}" "${names?.[0] ?? 'name'}" = { … }.`;
    report(here, item, { level: 'error', code: 'KEY_KIND', what: `expected ${expected}, got ${got}`, hint });
    return undefined;
  }
  if (!isGroup(item)) return ofKind[0];
  const match = ofKind.find(({ group }) => group?.names?.includes(nameOf(item)) ?? true);
  if (match !== undefined) return match;
  const names = ofKind.flatMap(({ group }) => group?.names ?? []).map((name) => JSON.stringify(name));
  report(here, item, {
    level: 'error',
    code: 'GROUP_NAME',
    what: `the name of this group must be ${names.join(' or ')}, got ${JSON.stringify(nameOf(item))}`,
    hint: `Write "${item.k}" ${names[0] ?? '""'} = { … }.`,
  });
  return undefined;
}

function reportUnknown(item: KvItem, key: string, here: string, shape: GroupShape, report: Report): void {
  const known = [...new Set(shape.items.map((each) => each.key))].filter((each) => each !== '*');
  report(here, item, {
    level: 'warning',
    code: 'KEY_UNKNOWN',
    what: 'this key is not known here',
    hint: known.length === 0 ? 'No key is known in this group.' : renderSuggestion(key, known),
  });
}

function reportSpelling(item: KvItem, key: string, shape: ItemShape, here: string, report: Report): void {
  if (shape.slips.includes(key)) {
    const what = `spelled ${key} in some samples only; expected ${shape.key}`;
    report(here, item, { level: 'warning', code: 'KEY_SPELLING', what, hint: `Write ${shape.key}.` });
  }
  if (shape.obsolete !== undefined) {
    report(here, item, { level: 'warning', code: 'KEY_OBSOLETE', what: 'obsolete here', hint: shape.obsolete });
  }
}

function reportMissing(group: KvGroup, shape: ItemShape, path: string, { direction, report }: GroupContext): void {
  const name = shape.group?.names?.[0];
  const missing = { k: shape.key, ...(name === undefined ? {} : { n: name }), c: [] };
  const here = shape.pair === undefined ? joinPath(path, missing) : joinPath(path, { k: shape.key, v: '' });
  const empty = direction === 'input' ? ' It may be empty.' : '';
  const written = shape.pair === undefined ? `"${shape.key}" "${name ?? '…'}" = { … }` : `"${shape.key}" = "…"`;
  report(here, group, {
    level: shape.isExpected ? 'warning' : 'error',
    code: 'KEY_MISSING',
    what: shape.isExpected ? 'missing, and the answer says little without it' : 'missing, and it is mandatory here',
    hint: `Add ${written}.${empty}`,
  });
}

function reportRepeated(item: KvItem, here: string, count: number, { report }: GroupContext): void {
  report(here, item, {
    level: 'error',
    code: 'KEY_REPEATED',
    what: `may occur once, occurs ${count} times`,
    hint: 'The product reads the first one.',
  });
}
