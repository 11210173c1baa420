import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nearestName } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { PointFile, StandardGroupsFile } from './point-file.ts';
import type { Point } from './point.ts';
import { resolveMessage } from './resolve-message.ts';

/** Beside this file, and beside the bundle that it becomes part of. */
const folder = path.join(import.meta.dirname, 'kvgroup-points');

let loaded: { files: PointFile[]; standard: StandardGroupsFile } | undefined;

function load(): { files: PointFile[]; standard: StandardGroupsFile } {
  loaded ??= {
    files: readdirSync(folder)
      .filter((name) => /^\d\d-.*\.json$/.test(name))
      .sort()
      .map((name) => readJson(name) as PointFile),
    standard: readJson('standard-groups.json') as StandardGroupsFile,
  };
  return loaded;
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
}

/** All plugin points, by number. */
export function listPoints(): Point[] {
  return load().files.map((file) => resolvePoint(file, undefined));
}

/**
 * The plugin point of a number (`03`, `3`) or of a setting's name; case and blanks do not matter.
 * @throws PluginHostError POINT_UNKNOWN
 */
export function findPoint(text: string): Point {
  const { files } = load();
  const wanted = normalize(text);
  const byNumber = files.find(({ id }) => /^\d{1,2}$/.test(wanted) && id === wanted.padStart(2, '0'));
  if (byNumber !== undefined) return resolvePoint(byNumber, undefined);
  for (const file of files) {
    const setting = file.settings.find((each) => normalize(each) === wanted);
    if (setting !== undefined) return resolvePoint(file, setting);
    if (normalize(file.settings.join(', ')) === wanted) return resolvePoint(file, undefined);
  }
  throw new PluginHostError('POINT_UNKNOWN', `${JSON.stringify(text)} is not a plugin point`, {
    hint: suggest(text, files),
  });
}

/** As `findPoint`; what it would throw where there is none. */
export function askPoint(text: string): Point | PluginHostError {
  try {
    return findPoint(text);
  } catch (error) {
    if (error instanceof PluginHostError) return error;
    throw error;
  }
}

function suggest(text: string, files: readonly PointFile[]): string {
  const all = '`plugin-host kvgroup points` lists them.';
  const last = files.at(-1)?.id ?? '';
  if (/^\d+$/.test(text.trim())) return `Numbers go from 01 to ${last}. ${all}`;
  const known = files.flatMap(({ id, settings }) => settings.map((setting) => ({ id, setting })));
  const spelled = normalize(text);
  const within = known.find(({ setting }) => spelled.length > 3 && normalize(setting).includes(spelled));
  const near =
    within?.setting ??
    nearestName(
      text.trim(),
      known.map(({ setting }) => setting),
    );
  const found = known.find(({ setting }) => setting === near);
  return found === undefined ? all : `Did you mean ${JSON.stringify(found.setting)} (${found.id})? ${all}`;
}

function normalize(text: string): string {
  return text.toUpperCase().replaceAll(/\s+/g, '');
}

function resolvePoint(file: PointFile, asked: string | undefined): Point {
  const { items: standard } = load().standard;
  const setting = asked ?? (file.settings.length === 1 ? file.settings[0] : undefined);
  const variant = file.variants?.find((each) => each.setting === setting);
  const item = variant?.item ?? file.item;
  return {
    id: file.id,
    settings: file.settings,
    setting,
    caller: file.caller,
    kind: file.kind,
    isPublished: file.published,
    source: file.source,
    input: resolveMessage(file.input, standard),
    item: item === undefined ? undefined : resolveMessage(item, standard),
    output: resolveMessage(variant?.output ?? file.output, standard),
    checks: file.checks ?? [],
  };
}

/** The setting's name or names, as `points` lists them. */
export function renderSetting({ settings, setting }: Point): string {
  return setting ?? settings.join(', ');
}

/** Where an answer tells its success; undefined when the point has no such key. */
export function resultKeyOf({ output }: Point): { key: 'retval' | 'returnval'; isMandatory: boolean } | undefined {
  const shape = output.roots[0]?.group?.items.find(({ key }) => key === 'retval' || key === 'returnval');
  return shape === undefined
    ? undefined
    : { key: shape.key === 'retval' ? 'retval' : 'returnval', isMandatory: shape.min > 0 };
}
