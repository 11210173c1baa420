import { expectationSchema } from '../../kvgroup/testing/expectation-schema.ts';
import type { DocumentKind } from '../documents/document-kind.ts';
import type { EditorSchemas } from './editor-schemas.ts';
import { manifestFieldsSchema } from './manifest-fields-schema.ts';
import type { Schema } from './schemas-at.ts';

/** What describes a document of this kind; undefined for messages, which are no YAML. */
export function schemaOf(kind: DocumentKind, schemas: EditorSchemas): Schema | undefined {
  if (kind === 'manifest') return manifestFieldsSchema;
  if (kind === 'kvgroup-test') return expectationSchema;
  return schemas[kind];
}
