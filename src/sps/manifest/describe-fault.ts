import { shorten } from '../../base/shorten.ts';
import type { ConstructedDict } from '../../pyyaml/construct-yaml.ts';
import type { PyValue } from '../../pyyaml/py-value.ts';
import { pythonStr } from '../../pyyaml/python-str.ts';
import { pluginTypes } from './manifest-schema.ts';
import { findField } from './to-manifest.ts';
import type { FieldFault } from './validate-fields.ts';

interface Description {
  /** What is wrong, without the place. */
  what: string;
  hint: string;
}

const examples: Record<string, string> = {
  name: 'name: My_Plugin',
  type: 'type: aa',
  version: 'version: "1.0.0"',
  api: 'api: "1.9"',
  description: 'description: What the plugin does',
  entry_point: 'entry_point: main.py',
  author_email: 'author_email: someone@example.com',
};
const rules: Record<string, string> = {
  name: 'a letter, then one or more letters, digits or _',
  type: `one of ${pluginTypes.join(', ')}`,
  version: 'text that starts with a digit, on one line',
  api: 'of the form x.y or x.y.z',
  entry_point: 'a file name of letters, digits, ".", "_" and "-", without a folder',
  author_email: 'an e-mail address of ASCII letters, digits, "-", "_", "." and (before the @) "+"',
};

/** Words for a field that breaks a rule. */
export function describeFault(manifest: ConstructedDict, { field, code }: FieldFault): Description {
  const example = examples[field] ?? '';
  if (code === 'FIELD_MISSING') return { what: `${field} is missing`, hint: `Add a line such as: ${example}` };
  if (code === 'FIELD_EMPTY') return { what: `${field} is empty`, hint: `Give it a value, such as: ${example}` };
  const got = describeValue(findField(manifest, field)?.value ?? null);
  const hint = `Write it like this: ${example}`;
  return { what: `${field} must be ${rules[field] ?? 'valid'}, got ${got}`, hint };
}

function describeValue(value: PyValue): string {
  if (typeof value === 'string') return JSON.stringify(shorten(value));
  if (value === null || typeof value === 'boolean') return `${String(pythonStr(value))} (not text: quote it)`;
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${shorten(pythonStr(value) ?? '…')}`;
  if (value.kind === 'date') return `the date ${value.text}`;
  if (value.kind === 'bytes') return 'binary data';
  return value.kind === 'list' ? 'a list' : 'a mapping';
}
