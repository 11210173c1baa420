import { type Document, isMap, isNode, isPair, isScalar, parseDocument, type Scalar, visit } from 'yaml';
import { wordAt } from '../documents/word-at.ts';

export type Keys = readonly (string | number)[];

/** Where somebody types in a YAML or JSON text. */
export interface Cursor {
  /** Keys and indexes that lead to the value that is typed, or to the mapping whose key is typed. */
  keys: Keys;
  isKey: boolean;
  /** Whether a colon is there already. */
  hasColon: boolean;
  /** Offsets of the word that is typed, without quotes. */
  start: number;
  end: number;
  isQuoted: boolean;
  /** The characters before and behind the word. */
  lead: string;
  trail: string;
  /** The value that keys lead to, undefined when there is none. */
  valueAt: (keys: Keys) => unknown;
  /** Keys of the mapping at the cursor, the one that is typed left out. */
  siblings: readonly string[];
}

/** Stands where the word is, so that it is found in the tree of a text that is not whole yet. */
const marker = '\ue0ab';

const tolerant = { strict: false, uniqueKeys: false, logLevel: 'silent', prettyErrors: false } as const;

/** Undefined in comments, block texts and where the text is too broken. */
export function findCursor(text: string, offset: number): Cursor | undefined {
  const { start, end } = wordAt(text, offset, /[\w.$/-]/);
  const before = lineBefore(text, start);
  const after = lineAfter(text, end);
  const isQuoted = /["']$/.test(before);
  const isOpen = isQuoted && !/^["']/.test(after);
  const isBlockKey = /^[ \t]*(?:-[ \t]+)*$/.test(before) && /^[ \t\r]*$/.test(after);
  // In block style an unfinished key is no key without its colon.
  const suffix = isOpen ? (before.at(-1) ?? '') : isBlockKey ? ':' : '';
  const document = parse(`${text.slice(0, start)}${marker}${suffix}${text.slice(end)}`);
  const found = document && findMarker(document);
  if (document === undefined || found === undefined) return undefined;
  return {
    ...found,
    hasColon: /^["']?[ \t]*:/.test(after),
    start,
    end,
    isQuoted,
    lead: before.at(-1) ?? '',
    trail: after.charAt(0),
    valueAt: (keys) => plain(document.getIn(keys, true)),
  };
}

/** The keys and indexes that lead to a place of the text as it is, and whether a key stands there. */
export function findPlace(
  text: string,
  offset: number,
): { keys: Keys; isKey: boolean; valueAt: Cursor['valueAt'] } | undefined {
  const document = parse(text);
  if (document === undefined) return undefined;
  let place: { keys: Keys; isKey: boolean } | undefined;
  visit(document, {
    Scalar(role, node, path) {
      const [start = -1, end = -1] = node.range ?? [];
      if (offset < start || offset >= end) return undefined;
      const above = keysOf(path, role === 'key' ? node : undefined);
      const last = role === 'key' ? [String(node.value)] : typeof role === 'number' ? [role] : [];
      place = { keys: [...above, ...last], isKey: role === 'key' };
      return visit.BREAK;
    },
  });
  return place && { ...place, valueAt: (keys) => plain(document.getIn(keys, true)) };
}

function parse(text: string): Document | undefined {
  try {
    return parseDocument(text, tolerant);
  } catch {
    return undefined;
  }
}

function findMarker(document: Document): Pick<Cursor, 'keys' | 'isKey' | 'siblings'> | undefined {
  let found: Pick<Cursor, 'keys' | 'isKey' | 'siblings'> | undefined;
  visit(document, {
    Scalar(role, node, path) {
      if (typeof node.value !== 'string' || !node.value.includes(marker)) return undefined;
      if (node.type?.startsWith('BLOCK')) return visit.BREAK;
      const keys = keysOf(path, role === 'key' ? node : undefined);
      const map = path.findLast(isMap);
      const siblings = (map?.items ?? []).flatMap(({ key }) =>
        isScalar(key) && key !== node ? String(key.value) : [],
      );
      found = { keys: typeof role === 'number' ? [...keys, role] : keys, isKey: role === 'key', siblings };
      return visit.BREAK;
    },
  });
  return found;
}

/** Through the ancestors of a node; of a key, those of its mapping. */
function keysOf(path: readonly unknown[], key: Scalar | undefined): (string | number)[] {
  const keys: (string | number)[] = [];
  for (const [index, each] of path.entries()) {
    const next = path[index + 1];
    if (isPair(each)) {
      if (key !== undefined && each.key === key) continue;
      keys.push(isScalar(each.key) ? String(each.key.value) : '');
    } else if (isNode(each) && 'items' in each && !isMap(each) && next !== undefined) {
      keys.push(each.items.indexOf(next));
    }
  }
  return keys;
}

function plain(node: unknown): unknown {
  return isScalar(node) ? node.value : isNode(node) ? node.toJSON() : node;
}

function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

function lineAfter(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(offset, end < 0 ? undefined : end);
}
