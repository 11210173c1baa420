import { Document, isMap, isPair, isScalar, visit } from 'yaml';
import type { JsonObject } from '../../base/json.ts';

const widest = 120;

/** A recording as the text of its file. @param head Lines of the comment at its top */
export function renderRecording(content: JsonObject, head: readonly string[]): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Map: (_, node) => {
      // What is short stands in one line, as people write it.
      const isFlat = node.items.every(({ value }) => isScalar(value) && !String(value.value).includes('\n'));
      const width = JSON.stringify(node.toJSON()).length;
      if (isFlat && node.items.length > 0 && width < widest - 20) node.flow = true;
    },
    Pair: (_, { key, value }) => {
      const isOpen = isScalar(key) && ['http', 'ssh', 'telnet', 'expect', 'target'].includes(String(key.value));
      if (isOpen && isMap(value)) value.flow = false;
    },
  });
  void isPair;
  document.commentBefore = head.map((line) => ` ${line}`).join('\n');
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
