import path from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditorSchemas } from '../../../src/lsp/completion/editor-schemas.ts';
import { completeAt } from '../../../src/lsp/completion/complete-at.ts';
import { hoverAt } from '../../../src/lsp/completion/hover-at.ts';
import { findDocumentKind } from '../../../src/lsp/documents/document-kind.ts';
import type { EditedDocument } from '../../../src/lsp/documents/edited-document.ts';
import { projectSchema } from '../../../src/cli/project-schema.ts';
import { platformScriptSchema } from '../../../src/platform/schema/platform-script-schema.ts';
import { platformTestSchema } from '../../../src/platform/testing/platform-test-schema.ts';
import { scenarioSchema } from '../../../src/sps/simulation/scenario-schema.ts';
import { testFileSchema } from '../../../src/sps/testing/test-file-schema.ts';
import { completeSchema } from '../../../src/targets/backends/lone-backends-schema.ts';

const schemas: EditorSchemas = {
  project: completeSchema(projectSchema),
  'plugin-test': completeSchema(testFileSchema),
  scenario: scenarioSchema,
  'platform-script': platformScriptSchema,
  'platform-test': platformTestSchema,
};

/** A document in a folder of which only the other given files are known. */
function edited(name: string, text: string, others: Record<string, string> = {}): EditedDocument {
  const folder = '/nowhere/plugin';
  return { file: path.join(folder, name), text, textOf: (file) => others[path.relative(folder, file)] };
}

interface At {
  document: TextDocument;
  offset: number;
  kind: ReturnType<typeof findDocumentKind>;
  edited: EditedDocument;
}

/** @param text With `|` where the cursor is */
function at(name: string, text: string, others?: Record<string, string>): At {
  const offset = text.indexOf('|');
  const document = TextDocument.create(`file:///${name}`, 'text', 1, text.replace('|', ''));
  const one = edited(name, document.getText(), others);
  return { document, offset, kind: findDocumentKind(one.file, one.text), edited: one };
}

/** Names that are offered, in their order. */
export function offered(...given: Parameters<typeof at>): string[] {
  const { document, offset, kind, edited: one } = at(...given);
  return completeAt(document, offset, kind, one, schemas)
    .toSorted((left, right) => ((left.sortText ?? left.label) < (right.sortText ?? right.label) ? -1 : 1))
    .map(({ label }) => label);
}

/** The text once the offer of that name is taken. */
export function taken(label: string, ...given: Parameters<typeof at>): string {
  const { document, offset, kind, edited: one } = at(...given);
  const item = completeAt(document, offset, kind, one, schemas).find((each) => each.label === label);
  if (item?.textEdit === undefined || !('range' in item.textEdit)) throw new Error(`${label} is not offered`);
  return TextDocument.applyEdits(document, [item.textEdit]);
}

export function hovered(...given: Parameters<typeof at>): string | undefined {
  const { offset, kind, edited: one } = at(...given);
  const hover = hoverAt(offset, kind, one, schemas);
  return hover === null ? undefined : (hover.contents as { value: string }).value;
}
