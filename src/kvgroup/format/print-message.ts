import { isGroup, isPair, isValue, type KvGroup, type KvItem, nameOf } from './kv-group.ts';

export interface PrintOptions {
  /** `product` puts pairs before groups, each by key and name in byte order, as V1.0 text of the product is; default: as given. */
  sort?: 'product';
}

/**
 * The canonical text of a message: UTF-8 without a byte-order mark, header V1.0, two blanks a level, every token quoted.
 * A group without a name is given the empty one.
 * @throws TypeError for a value list, which V1.0 does not have, and for a NUL character.
 */
export function printMessage(root: KvGroup, { sort }: PrintOptions = {}): string {
  const lines = ['# KVGROUP-V1.0'];
  printGroup(sort === undefined ? root : sortItems(root), '', lines);
  return `${lines.join('\n')}\n`;
}

/** The text of a group alone, without a header, indented by so many levels. */
export function printItem(item: KvItem, level: number): string {
  const lines: string[] = [];
  if (isGroup(item)) printGroup(item, '  '.repeat(level), lines);
  else lines.push(`${'  '.repeat(level)}${printPair(item)}`);
  return lines.join('\n');
}

function printGroup(group: KvGroup, indent: string, lines: string[]): void {
  lines.push(`${indent}${quote(group.k)} ${quote(nameOf(group))} = {`);
  const inner = `${indent}  `;
  for (const item of group.c) {
    if (isGroup(item)) printGroup(item, inner, lines);
    else lines.push(inner + printPair(item));
  }
  lines.push(`${indent}}`);
}

function printPair(item: Exclude<KvItem, KvGroup>): string {
  if (isPair(item)) return `${quote(item.k)} = ${quote(item.v)}`;
  throw new TypeError('a value list has no V1.0 form');
}

const escaped = /["\\\n\r\t\0]/;
const allEscaped = /["\\\n\r\t\0]/g;
const escapes: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A token in quotes. @throws TypeError for a NUL character. */
export function quote(text: string): string {
  return escaped.test(text) ? `"${text.replace(allEscaped, escape)}"` : `"${text}"`;
}

function escape(character: string): string {
  const replacement = escapes[character];
  if (replacement === undefined) throw new TypeError('a NUL character cannot be written');
  return replacement;
}

function sortItems(group: KvGroup): KvGroup {
  const sorted = group.c
    .map((item) => (isGroup(item) ? sortItems(item) : item))
    .map((item) => ({
      item,
      rank: isGroup(item) ? 1 : 0,
      key: isValue(item) ? '' : item.k,
      name: isValue(item) ? '' : nameOf(item),
    }))
    .sort((a, b) => a.rank - b.rank || compareBytes(a.key, b.key) || compareBytes(a.name, b.name));
  return { ...group, c: sorted.map(({ item }) => item) };
}

function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
