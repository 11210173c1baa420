import { isJsonObject, type Json, parseExactJson, plainJson } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { ValueFault } from '../../base/problem.ts';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import { readPlacedText } from '../../documents/read-placed-text.ts';
import { invalidFile, readYaml } from '../../documents/read-yaml-file.ts';
import type { SessionExport } from './export-session.ts';
import { exportFormat, exportVersion, sessionExportSchema } from './session-export-schema.ts';
import { validate } from './session-export-validator.ts';

const hint =
  'Give a file that `plugin-host session export` wrote; its format is plugin-host/session-export.schema.json.';

/** @throws PluginHostError FILE_NOT_FOUND, FORMAT_TOO_NEW, SESSION_EXPORT_INVALID (all problems, with line and column) */
export function readSessionExport(file: string): SessionExport {
  const text = readPlacedText(file);
  if (typeof text !== 'string') throw invalidFile('SESSION_EXPORT_INVALID', file, [text], hint);
  const value = parseText(text);
  refuseNewer(file, value);
  const wrong = value === undefined ? [] : findProblems(value);
  if (value !== undefined && wrong.length === 0) return value as unknown as SessionExport;
  // As YAML, of which JSON is a part, because its reader knows the places.
  const { problems, place } = readYaml(text);
  const [first = place({ keys: [], message: '' })] = problems;
  const placed = value === undefined ? [{ ...first, message: 'this is not JSON' }] : wrong.map(place);
  throw invalidFile('SESSION_EXPORT_INVALID', file, placed, hint);
}

/** Nothing of it is read: what a later version means is unknown. */
function refuseNewer(file: string, value: Json | undefined): void {
  if (!isJsonObject(value) || value['format'] !== exportFormat) return;
  const version = plainJson(value['version'] ?? null);
  if (typeof version !== 'number' || version <= exportVersion) return;
  throw new PluginHostError(
    'FORMAT_TOO_NEW',
    `${file}: written by a newer plugin-host, in version ${version}; this one reads version ${exportVersion}`,
    { hint: 'Import it with that plugin-host.', fault: 'plugin' },
  );
}

function parseText(text: string): Json | undefined {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

function findProblems(value: Json): ValueFault[] {
  const plain = plainJson(value);
  if (!validate(plain)) return describeSchemaErrors(validate.errors ?? [], sessionExportSchema);
  return checkMeaning(plain);
}

/** What a schema cannot say. */
function checkMeaning({ sessionCookie, cookies, steps }: SessionExport): ValueFault[] {
  return [
    ...checkCookie(['sessionCookie'], sessionCookie),
    ...Object.entries(cookies).flatMap(([plugin, cookie]) => checkCookie(['cookies', plugin], cookie)),
    ...steps.flatMap(({ n, startedAt, input }, index) => [
      ...(n === index + 1 ? [] : [problem(['steps', index, 'n'], `must be ${index + 1}, steps are in order`)]),
      ...(Number.isNaN(Date.parse(startedAt)) ? [problem(['steps', index, 'startedAt'], 'is not a time')] : []),
      ...Object.entries(input?.cookies ?? {}).flatMap(([name, cookie]: [string, string]) =>
        checkCookie(['steps', index, 'input', 'cookies', name], cookie),
      ),
    ]),
  ];
}

function checkCookie(keys: (string | number)[], cookie: string): ValueFault[] {
  return isJsonObject(parseText(cookie)) ? [] : [problem(keys, 'must be the JSON text of a mapping')];
}

function problem(keys: (string | number)[], message: string): ValueFault {
  return { keys, message: `${keys.join('.')} ${message}` };
}
