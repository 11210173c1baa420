import type { Hover } from 'vscode-languageserver';
import type { DocumentKind } from '../documents/document-kind.ts';
import type { EditedDocument } from '../documents/edited-document.ts';
import { hoverSource } from '../sources/hover-source.ts';
import type { EditorSchemas } from './editor-schemas.ts';
import { findPlace } from './find-cursor.ts';
import { knownAt } from './known-at.ts';
import { schemaOf } from './schema-of.ts';
import { descriptionOf, schemasAt } from './schemas-at.ts';

/** What is known of the key, hook or argument at a place; null when nothing is. */
export function hoverAt(
  offset: number,
  kind: DocumentKind | undefined,
  edited: EditedDocument,
  schemas: EditorSchemas,
): Hover | null {
  const text = kind === undefined ? hoverSource(offset, edited) : describe(offset, kind, edited, schemas);
  return text === undefined ? null : { contents: { kind: 'plaintext', value: text } };
}

function describe(
  offset: number,
  kind: DocumentKind,
  edited: EditedDocument,
  schemas: EditorSchemas,
): string | undefined {
  const schema = schemaOf(kind, schemas);
  const place = schema && findPlace(edited.text, offset);
  if (schema === undefined || place === undefined) return undefined;
  const { keys, isKey, valueAt } = place;
  // Of a name, where it may stand: a key in its mapping, a value at its place.
  const name = String(isKey ? keys.at(-1) : valueAt(keys));
  const known = knownAt(kind, { keys: isKey ? keys.slice(0, -1) : keys, isKey, valueAt }, edited);
  const found = known.find(({ label }) => label === name);
  if (found?.documentation !== undefined) return found.documentation;
  return descriptionOf(schemasAt(schema, keys));
}
