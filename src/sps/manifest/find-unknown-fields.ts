import type { RefusalCode } from '../../base/code.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { Problem } from '../../base/problem.ts';
import { shorten } from '../../base/shorten.ts';
import type { ConstructedDict } from '../../pyyaml/construct-yaml.ts';
import { pythonStr } from '../../pyyaml/python-str.ts';
import { knownFields } from './manifest-schema.ts';
import { findField } from './to-manifest.ts';

/** Of more, only the number is reported: a MANIFEST of a dozen lines has none or a few. */
const maxUnknown = 10;

/** Keys that nobody reads, usually misspelt ones. */
export function findUnknownFields(manifest: ConstructedDict): Problem<RefusalCode>[] {
  const unknown = listUnknown(manifest);
  const problems = unknown.slice(0, maxUnknown).map((field) => {
    const meant = findMeant(manifest, field);
    const hint =
      meant === undefined ? `Leave it out; what is read: ${knownFields.join(', ')}.` : `Did you mean ${meant}?`;
    return describe(field.line, shorten(field.name), hint);
  });
  const next = unknown[maxUnknown];
  if (next === undefined) return problems;
  const hint = `What is read: ${knownFields.join(', ')}.`;
  return [...problems, describe(next.line, `${unknown.length - maxUnknown} more keys`, hint)];
}

function describe(line: number, what: string, hint: string): Problem<RefusalCode> {
  const message = `MANIFEST:${line}: nobody reads ${what}`;
  return { level: 'warning', code: 'FIELD_UNKNOWN', message, hint, file: 'MANIFEST', line };
}

/** The key that was written instead of one that is read. */
export function findMisspelt(manifest: ConstructedDict, field: string): { name: string; line: number } | undefined {
  return listUnknown(manifest)
    .slice(0, maxUnknown)
    .find((each) => findMeant(manifest, each) === field);
}

interface UnknownField {
  name: string;
  line: number;
}

function listUnknown(manifest: ConstructedDict): UnknownField[] {
  return [...manifest.entries.values()]
    .map(({ key, keyNode }) => ({
      name: typeof key === 'string' ? key : (pythonStr(key) ?? 'a key that is not text'),
      line: keyNode.mark.line,
    }))
    .filter(({ name }) => !knownFields.includes(name));
}

/** The field that is read and is missing. */
function findMeant(manifest: ConstructedDict, { name }: UnknownField): string | undefined {
  const free = knownFields.filter((field) => findField(manifest, field) === undefined);
  return nearestField(shorten(name), free);
}

/** `author` means `author_name`, although their edit distance is large. */
function nearestField(name: string, fields: readonly string[]): string | undefined {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  const [same] = fields.filter((field) => bare(field) === bare(name));
  return (
    same ?? nearestName(name, fields) ?? fields.find((field) => bare(name) !== '' && field.startsWith(`${bare(name)}_`))
  );
}
