import type { RefusalCode } from '../../base/code.ts';
import type { Problem } from '../../base/problem.ts';
import { constructYaml, type ConstructedDict } from '../../pyyaml/construct-yaml.ts';
import { parseYaml } from '../../pyyaml/parse-yaml.ts';
import type { PyValue } from '../../pyyaml/py-value.ts';
import { YamlError } from '../../pyyaml/yaml-error.ts';
import { decodeUtf8 } from './decode-utf8.ts';

/** Ours: a MANIFEST has about a dozen lines, and parsing a hostile one of many MiB would keep a server busy for seconds. */
export const maxManifestBytes = 64 * 1024;

/**
 * The mapping that the appliance reads from a MANIFEST, or what is wrong. The vendor reads it with PyYAML's safe loader from a Python
 * text file. Source: Plugin SDK 1.9.1, MANIFEST check.
 */
export function readManifest(bytes: Uint8Array): ConstructedDict | Problem<RefusalCode> {
  const text = decodeUtf8(bytes);
  if (typeof text !== 'string') return notYaml(text.line, 'a byte is not UTF-8', 'Save the file as UTF-8.');
  // Python's text files turn all three kinds of line ends into one.
  return readText(text.replace(/\r\n?/g, '\n'));
}

// What PyYAML's reader accepts.
const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function readText(text: string): ConstructedDict | Problem<RefusalCode> {
  const found = unprintable.exec(text);
  if (found !== null) return notPrintable(text, found.index);
  try {
    const node = parseYaml(text);
    const value = node === undefined ? null : constructYaml(node);
    if (isDict(value)) return value;
    return notAMapping(value, node?.mark.line ?? null);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const { line, column } = error.mark;
    const hint = 'Write one "key: value" per line; quote what YAML would misread.';
    return problem('MANIFEST_NOT_YAML', line, `not YAML: ${error.message}`, hint, column);
  }
}

function isDict(value: PyValue): value is ConstructedDict {
  return typeof value === 'object' && value !== null && value.kind === 'dict';
}

function notPrintable(text: string, index: number): Problem<RefusalCode> {
  const line = text.slice(0, index).split('\n').length;
  const code = (text.codePointAt(index) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return notYaml(
    line,
    `the control character U+${code}`,
    'Remove it; inside double quotes it can be written as \\x and two digits.',
  );
}

function notAMapping(value: PyValue, line: number | null): Problem<RefusalCode> {
  const what = value === null ? 'it is empty' : 'got something else';
  const message = `must be a mapping of keys and values; ${what}`;
  return problem('MANIFEST_NOT_A_MAPPING', line, message, 'Start with lines such as "name: My_Plugin" and "type: aa".');
}

function notYaml(line: number, what: string, hint: string): Problem<RefusalCode> {
  return problem('MANIFEST_NOT_YAML', line, `not YAML: ${what}`, hint);
}

function problem(
  code: RefusalCode,
  line: number | null,
  what: string,
  hint: string,
  column?: number,
): Problem<RefusalCode> {
  const place = column === undefined ? String(line) : `${line}:${column}`;
  const where = line === null ? 'MANIFEST' : `MANIFEST:${place}`;
  return { level: 'error', code, message: `${where}: ${what}`, hint, file: 'MANIFEST', line };
}
