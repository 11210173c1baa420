import path from 'node:path';
import type { Plugin } from './plugin.ts';
import type { Place } from './sdk-class.ts';

/** A place as reports give it. */
export interface PluginPlace {
  /** Relative to the package root with `/`. */
  file: string;
  line: number | null;
}

/** Undefined for what lies outside of the plugin, an SDK's base class say: that is not the author's to mend. */
export function placeInPlugin(
  { root }: Pick<Plugin, 'root'>,
  place: Partial<Place> | null | undefined,
): PluginPlace | undefined {
  if (place?.file === undefined) return undefined;
  const file = path.relative(root, place.file);
  return file.startsWith('..') ? undefined : { file: file.replaceAll(path.sep, '/'), line: place.line ?? null };
}

/** `main.py:12`, `main.py`. */
export function renderPlace({ file, line }: PluginPlace): string {
  return line === null ? file : `${file}:${line}`;
}
