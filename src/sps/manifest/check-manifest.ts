import type { RefusalCode } from '../../base/code.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import type { ConstructedDict } from '../../pyyaml/construct-yaml.ts';
import { isTruthy, type PyValue } from '../../pyyaml/py-value.ts';
import { parseApiVersion } from './api-version.ts';
import type { EntryPoint } from './check-entry-point.ts';
import { checkRelease } from './check-release.ts';
import { describeFault } from './describe-fault.ts';
import { findChangedScalars } from './find-changed-scalars.ts';
import { findMisspelt, findUnknownFields } from './find-unknown-fields.ts';
import { manifestJson } from './manifest-json.ts';
import { requiredFields, strictFields } from './manifest-schema.ts';
import type { Manifest } from './manifest.ts';
import { readManifest } from './read-manifest.ts';
import type { Release } from './release.ts';
import { entryPointOf, findField, lineOf, textOf, toManifest } from './to-manifest.ts';
import { validateFields, type FieldFault } from './validate-fields.ts';

export interface ManifestReport {
  /** The MANIFEST's own keys as the appliance reads them; null when it cannot be read. */
  manifest: JsonObject | null;
  /** Undefined when the appliance refuses the MANIFEST, whatever the release. */
  fields: Manifest | undefined;
  /** The file it names, and where. */
  entryPoint: EntryPoint;
  /** In the order of their lines. */
  problems: Problem<RefusalCode>[];
}

export interface ManifestOptions {
  release: Release;
  /** What only `pluginv` refuses is an error, not a warning. */
  strict: boolean;
}

/** Everything that the bytes of a MANIFEST tell, with the verdict of the appliance. Never throws. */
export function checkManifest(bytes: Uint8Array, options: ManifestOptions): ManifestReport {
  const manifest = readManifest(bytes);
  if ('code' in manifest) {
    return { manifest: null, fields: undefined, entryPoint: { name: undefined, line: null }, problems: [manifest] };
  }
  const faults = validateFields(instanceOf(manifest));
  const problems = [
    ...faults.map((fault) => problemOf(manifest, fault, 'error')),
    ...findStrictFaults(manifest).map((fault) => problemOf(manifest, fault, options.strict ? 'error' : 'warning')),
    ...findChangedScalars(manifest),
    ...findUnknownFields(manifest),
    ...checkRelease(manifest, options.release),
  ];
  // A wrong address does not keep the rest from being checked.
  const isTyped = faults.every(({ field }) => field === 'author_email');
  const fields = isTyped ? toManifest(manifest) : undefined;
  return {
    manifest: manifestJson(manifest),
    fields,
    entryPoint: {
      name: entryPointOf(manifest),
      line: lineOf(manifest, 'entry_point'),
      misspelt: findMisspelt(manifest, 'entry_point'),
    },
    problems: problems.sort((left, right) => (left.line ?? Infinity) - (right.line ?? Infinity) || 0),
  };
}

/** What the schema checks: texts, null, and an empty object for anything else. */
function instanceOf(manifest: ConstructedDict): Record<string, unknown> {
  const instance: Record<string, unknown> = {};
  for (const field of requiredFields) {
    const value = findField(manifest, field)?.value;
    if (value !== undefined) instance[field] = value === null ? null : (judgedText(manifest, field, value) ?? {});
  }
  for (const field of ['entry_point', 'author_email']) {
    const value = findField(manifest, field)?.value ?? null;
    // Python's check skips what counts as false.
    if (isTruthy(value)) instance[field] = typeof value === 'string' ? value : {};
  }
  return instance;
}

/** Python turns `version` and `api` into text; the other fields must be text already. */
function judgedText(manifest: ConstructedDict, field: string, value: PyValue): string | undefined {
  if (field === 'version') return textOf(manifest, field);
  if (field === 'api') return parseApiVersion(textOf(manifest, field) ?? '')?.text;
  return typeof value === 'string' ? value : undefined;
}

function findStrictFaults(manifest: ConstructedDict): FieldFault[] {
  return strictFields.flatMap((field): FieldFault[] => {
    const entry = findField(manifest, field);
    if (entry === undefined) return [{ field, code: 'FIELD_MISSING' }];
    return entry.value === null ? [{ field, code: 'FIELD_EMPTY' }] : [];
  });
}

function problemOf(manifest: ConstructedDict, fault: FieldFault, level: Problem['level']): Problem<RefusalCode> {
  const line = lineOf(manifest, fault.field);
  const where = line === null ? 'MANIFEST' : `MANIFEST:${line}`;
  const { what, hint } = describeFault(manifest, fault);
  const onlyStrict = (strictFields as readonly string[]).includes(fault.field) && fault.code.startsWith('FIELD_');
  const message = `${where}: ${what}${onlyStrict ? ' (pluginv refuses this)' : ''}`;
  return { level, code: fault.code, message, hint, file: 'MANIFEST', line };
}
