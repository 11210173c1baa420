import type { RefusalCode } from '../../base/code.ts';
import type { Problem } from '../../base/problem.ts';
import { shorten } from '../../base/shorten.ts';
import type { ConstructedDict } from '../../pyyaml/construct-yaml.ts';
import { pythonStr } from '../../pyyaml/python-str.ts';
import { findField } from './to-manifest.ts';

/** Fields that end up as text, whatever YAML makes of them. */
const textFields = ['version', 'api', 'scb_min_version', 'scb_max_version', 'description', 'author_name'];

/**
 * Warns of unquoted values that YAML turns into something else: `1.10` is the number 1.1 and `010` is 8, silently.
 * Source: YAML 1.1 types; the plugin guide (7.5.1, MANIFEST) says YAML 1.2, the parser is 1.1.
 */
export function findChangedScalars(manifest: ConstructedDict): Problem<RefusalCode>[] {
  return textFields.flatMap((field) => {
    const entry = findField(manifest, field);
    const node = entry?.valueNode;
    if (entry === undefined || entry.value === null || node?.kind !== 'scalar' || !node.plain) return [];
    const read = pythonStr(entry.value);
    if (read === undefined || read === node.text) return [];
    return [changed(field, shorten(node.text), shorten(read), entry.keyNode.mark.line)];
  });
}

function changed(field: string, raw: string, read: string, line: number): Problem<RefusalCode> {
  return {
    level: 'warning',
    code: 'SCALAR_CHANGED',
    message: `MANIFEST:${line}: ${field}: ${raw} is read as ${read}`,
    hint: `Quote it to keep it as written: ${field}: "${raw}"`,
    file: 'MANIFEST',
    line,
  };
}
