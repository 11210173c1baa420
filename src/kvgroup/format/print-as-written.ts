import { encodeText } from './decode-text.ts';
import { isGroup, type KvGroup, type KvItem } from './kv-group.ts';
import type { ItemLayout, KvMessage, Layout } from './kv-message.ts';
import { printItem, quote } from './print-message.ts';

/**
 * The text of a message that was read with `layout`: byte for byte as it was, except for what was changed, added or removed since. What
 * is new is written in canonical form, on lines of its own.
 * @throws TypeError for a message without layout or root.
 */
export function printAsWritten({ root, layout, eol }: KvMessage): string {
  if (root === undefined || layout === undefined)
    throw new TypeError('the message was not read with layout, or has errors');
  const parts: string[] = [];
  printWritten(root, 0, { layout, eol }, parts);
  parts.push(layout.after);
  return parts.join('');
}

/** The same as bytes, in the encoding of the message and with its byte-order mark. @throws RangeError for a character that cp1252 does not have. */
export function encodeAsWritten(message: KvMessage): Uint8Array {
  return encodeText(printAsWritten(message), message.encoding, message.bom);
}

interface Style {
  layout: Layout;
  eol: string;
}

function printWritten(item: KvItem, level: number, style: Style, parts: string[]): void {
  const written = style.layout.items.get(item);
  if (written === undefined) {
    const text = printItem(item, level).replaceAll('\n', style.eol);
    parts.push(style.eol, text);
    return;
  }
  parts.push(written.before, isAsWritten(item, written) ? written.head : respell(item));
  if (!isGroup(item)) return;
  for (const each of item.c) printWritten(each, level + 1, style, parts);
  parts.push(written.tail);
}

function isAsWritten(item: KvItem, { k, n, v }: ItemLayout): boolean {
  if (isGroup(item)) return item.k === k && item.n === n;
  return 'k' in item ? item.k === k && item.v === v : item.v === v;
}

function respell(item: KvItem): string {
  if (isGroup(item)) return head(item);
  return 'k' in item ? `${quote(item.k)} = ${quote(item.v)}` : quote(item.v);
}

function head({ k, n }: KvGroup): string {
  return n === undefined ? `${quote(k)} = {` : `${quote(k)} ${quote(n)} = {`;
}
