import type { FileCount, FileItem, FileMessage } from './point-file.ts';
import type { ItemShape, MessageShape } from './point.ts';

export type StandardItems = Record<string, FileItem>;

const counts: Record<FileCount, { min: number; max: number }> = {
  '0..1': { min: 0, max: 1 },
  expected: { min: 0, max: 1 },
  '1': { min: 1, max: 1 },
  '0..n': { min: 0, max: Infinity },
  '1..n': { min: 1, max: Infinity },
};

/** @throws Error when the data names a standard group that does not exist. */
export function resolveMessage(message: FileMessage, standard: StandardItems): MessageShape {
  if (message.rooted !== undefined) {
    return { roots: message.rooted.map((name) => resolveItem({ extends: name }, standard, false)), root: 'fixed' };
  }
  const { items = [], cases = [], open = false, root, anyRoot = false } = message;
  const item: FileItem = { key: root?.key ?? '', name: anyRoot ? '*' : (root?.name ?? ''), items, cases, open };
  const how = root === undefined ? 'blank' : 'fixed';
  return { roots: [resolveItem(item, standard, false)], root: anyRoot ? 'any' : how };
}

function resolveItem(raw: FileItem, standard: StandardItems, isWithinPartial: boolean): ItemShape {
  const item = extendItem(raw, standard);
  const { key, name, type, values = [], count = '1', example, sample, samples = [] } = item;
  if (key === undefined) throw new Error(`an item has no key: ${JSON.stringify(raw)}`);
  const isPartial = isWithinPartial || item.partial === true;
  const { min, max } = counts[count];
  const own = isWithinPartial ? 0 : min;
  return {
    key,
    aliases: item.aliases ?? [],
    slips: item.slips ?? [],
    min: own,
    max,
    isExpected: count === 'expected' && !isWithinPartial,
    obsolete: item.obsolete,
    pair: type === undefined ? undefined : { type, values },
    group:
      name === undefined
        ? undefined
        : {
            names: name === '*' ? null : [name].flat(),
            items: (item.items ?? []).map((each) => resolveItem(each, standard, isPartial)),
            cases: isPartial ? [] : (item.cases ?? []),
            isOpen: item.open ?? false,
          },
    fixture: {
      count: sample ?? (own > 0 || item.person === true ? 1 : 0),
      value: example,
      keys: samples,
      named: item.named,
      detail: item.detail,
      isPerson: item.person ?? false,
    },
  };
}

/** The item with what it inherits from standard groups; its own items replace those of the same key. */
function extendItem(item: FileItem, standard: StandardItems): FileItem {
  const { extends: from, only, ...own } = item;
  if (from === undefined) return own;
  const found = standard[from];
  if (found === undefined) throw new Error(`no standard group ${from}`);
  const base = extendItem(found, standard);
  const kept = (base.items ?? []).filter(({ key, extends: other }) => only?.includes(key ?? other ?? '') ?? true);
  const added = own.items ?? [];
  const items = [...kept.filter((each) => !added.some((other) => keyOf(other) === keyOf(each))), ...added];
  return { ...base, ...own, ...(base.items === undefined && added.length === 0 ? {} : { items }) };
}

function keyOf({ key, extends: from, type }: FileItem): string {
  return `${key ?? from ?? ''} ${type === undefined ? 'group' : 'pair'}`;
}
