import type { DocumentKind } from '../documents/document-kind.ts';

/** The published schemas, each complete. */
export type EditorSchemas = Readonly<Partial<Record<DocumentKind, object>>>;
