import { Document, visit } from 'yaml';
import type { JsonObject } from '../../base/json.ts';

const widest = 100;

/** A recording as the text of its file. @param head Lines of the comment at its top */
export function renderRecording(content: JsonObject, head: readonly string[]): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Map: (_, node) => {
      // What is short stands in one line, as people write it.
      const text = JSON.stringify(node.toJSON());
      if (node.items.length > 0 && text.length < widest && !text.includes('\\n')) node.flow = true;
    },
  });
  document.commentBefore = head.map((line) => ` ${line}`).join('\n');
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
