import { type CompletionItem, CompletionItemKind, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentKind } from '../documents/document-kind.ts';
import type { EditedDocument } from '../documents/edited-document.ts';
import { completeSource } from '../sources/complete-source.ts';
import type { EditorSchemas } from './editor-schemas.ts';
import { type Cursor, findCursor } from './find-cursor.ts';
import { knownAt } from './known-at.ts';
import type { Known } from './known.ts';
import { schemaOf } from './schema-of.ts';
import { descriptionOf, propertiesOf, type Schema, schemasAt, valuesOf } from './schemas-at.ts';

/** What can be written at a place: keys and values of the schema, and names of what the document is about. */
export function completeAt(
  document: TextDocument,
  offset: number,
  kind: DocumentKind | undefined,
  edited: EditedDocument,
  schemas: EditorSchemas,
): CompletionItem[] {
  if (kind === undefined) return completeSource(document, offset, edited);
  const schema = schemaOf(kind, schemas);
  const cursor = schema && findCursor(edited.text, offset);
  if (schema === undefined || cursor === undefined) return [];
  const range = { start: document.positionAt(cursor.start), end: document.positionAt(cursor.end) };
  const isJson = edited.file.endsWith('.json');
  const here = schemasAt(schema, cursor.keys);
  const known = knownAt(kind, cursor, edited);
  const names: Item[] = known.map((each) => ({ ...each, kind: CompletionItemKind.Value }));
  // A lone word after a dash may be a key or a value.
  const items = cursor.isKey ? [...keyItems(schema, here, cursor), ...names] : [...names, ...valueItems(here)];
  const written = cursor.isKey && items.length === 0 && !cursor.hasColon ? valueItems(here) : items;
  return written.map((each, index) => toCompletion(each, index, range, cursor, isJson));
}

interface Item extends Known {
  kind: CompletionItemKind;
  isKey?: boolean;
  /** Of a key: a mapping or a list comes below it. */
  isNested?: boolean;
  isText?: boolean;
}

function keyItems(root: Schema, here: readonly Schema[], { siblings }: Cursor): Item[] {
  return propertiesOf(root, here)
    .filter(({ name }) => !siblings.includes(name))
    .map(({ name, isRequired, schemas }) => ({
      label: name,
      detail: isRequired ? 'required' : undefined,
      documentation: descriptionOf(schemas),
      kind: CompletionItemKind.Property,
      isKey: true,
      isNested: schemas.some(({ type }) => type === 'object' || type === 'array'),
    }));
}

function valueItems(here: readonly Schema[]): Item[] {
  return valuesOf(here).map((value) => ({
    label: String(value),
    detail: undefined,
    documentation: descriptionOf(here),
    kind: CompletionItemKind.EnumMember,
    isText: typeof value === 'string',
  }));
}

function toCompletion(item: Item, index: number, range: Range, cursor: Cursor, isJson: boolean): CompletionItem {
  const { label, detail, documentation, kind } = item;
  return {
    label,
    kind,
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { documentation }),
    sortText: String(index).padStart(4, '0'), // in the order of the schema
    filterText: label,
    textEdit: { range, newText: cursor.isKey ? renderKey(item, cursor, isJson) : renderValue(item, cursor, isJson) },
  };
}

function renderKey({ label, isKey = true, isNested = false }: Item, cursor: Cursor, isJson: boolean): string {
  if (!isKey) return label;
  if (cursor.hasColon || cursor.isQuoted) return label;
  if (isJson) return `${JSON.stringify(label)}: `;
  return isNested ? `${label}:` : `${label}: `;
}

/** Texts that YAML would read as something else are quoted. */
function renderValue(
  { label, newText, isText = true }: Item,
  { isQuoted, lead, trail }: Cursor,
  isJson: boolean,
): string {
  if (newText !== undefined) return trail !== '' && newText.endsWith(trail) ? label : newText;
  if (isQuoted || !isText || lead === '%') return label;
  return isJson || !/^[A-Za-z][\w. -]*$/.test(label) || /^(?:true|false|null|yes|no|on|off)$/i.test(label)
    ? JSON.stringify(label)
    : label;
}
