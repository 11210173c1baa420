import type { ConstructedDict, ConstructedEntry } from '../../pyyaml/construct-yaml.ts';
import { isTruthy } from '../../pyyaml/py-value.ts';
import { pythonStr } from '../../pyyaml/python-str.ts';
import { parseApiVersion } from './api-version.ts';
import { pluginTypes } from './manifest-schema.ts';
import type { Manifest } from './manifest.ts';

export function findField(manifest: ConstructedDict, field: string): ConstructedEntry | undefined {
  return manifest.entries.get(`text ${field}`);
}

/** Line of a field's key, from 1; null when the MANIFEST does not have it. */
export function lineOf(manifest: ConstructedDict, field: string): number | null {
  return findField(manifest, field)?.keyNode.mark.line ?? null;
}

/** A field as text; undefined when it is missing, null or not a scalar. */
export function textOf(manifest: ConstructedDict, field: string): string | undefined {
  const value = findField(manifest, field)?.value ?? null;
  return value === null ? undefined : pythonStr(value);
}

/** The file that the MANIFEST names; undefined when it names none (null, empty, `false` and 0 count as none in Python). */
export function entryPointOf(manifest: ConstructedDict): string | undefined {
  const value = findField(manifest, 'entry_point')?.value ?? null;
  return typeof value === 'string' && isTruthy(value) ? value : undefined;
}

/** The typed form of a MANIFEST that breaks no rule. */
export function toManifest(manifest: ConstructedDict): Manifest {
  const type = pluginTypes.find((each) => each === textOf(manifest, 'type'));
  const api = textOf(manifest, 'api') ?? '';
  if (type === undefined) throw new Error('the MANIFEST was not checked');
  return {
    name: textOf(manifest, 'name') ?? '',
    type,
    version: textOf(manifest, 'version') ?? '',
    api: parseApiVersion(api)?.text ?? api,
    description: textOf(manifest, 'description'),
    entryPoint: entryPointOf(manifest),
    ...spsVersionsOf(manifest),
  };
}

/** Lowest and highest product version; an empty one counts as none. */
export function spsVersionsOf(manifest: ConstructedDict): Pick<Manifest, 'spsMinVersion' | 'spsMaxVersion'> {
  return {
    spsMinVersion: textOf(manifest, 'scb_min_version') || undefined,
    spsMaxVersion: textOf(manifest, 'scb_max_version') || undefined,
  };
}
