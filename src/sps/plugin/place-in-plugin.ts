import path from 'node:path';
import type { Plugin } from './plugin.ts';
import type { Place } from './sdk-class.ts';

/** A place as reports show it. */
export interface PluginPlace {
  /** Relative to the package root with `/`. */
  file: string;
  line: number | null;
}

/** Undefined for a place outside of the plugin, such as a base class of the SDK: its author cannot fix that. */
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
