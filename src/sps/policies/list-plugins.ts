import { pluginTypes } from './bodies/collection-rules.ts';
import { hrefOf } from './change-entry.ts';
import type { Configuration } from './configuration.ts';
import { listReferrers } from './require-references.ts';
import { nameOfObject } from './stored-object.ts';

/** A committed plugin. Source: the contract of `plugins ls`. */
export interface ListedPlugin {
  key: string;
  type: string;
  name: string;
  version: string;
  api: string;
  description: string;
  sha256: string;
  bytes: number;
  /** Addresses of the objects that refer to it. */
  usedBy: string[];
  /** When it was committed first. */
  committed: string;
}

/** In the order of type and creation. */
export function listPlugins(configuration: Configuration): ListedPlugin[] {
  return pluginTypes.flatMap((type) => {
    const id = `plugins/${type}`;
    return Array.from(configuration.collection(id).values(), (object) => {
      const { body, package: packed } = object;
      const textOf = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
      return {
        key: object.key,
        type,
        name: nameOfObject(object) ?? '',
        version: textOf('version'),
        api: textOf('api'),
        description: textOf('description'),
        sha256: packed?.digest ?? '',
        bytes: packed?.sizeBytes ?? 0,
        usedBy: listReferrers(configuration, id, object.key).map((each) => hrefOf(each.id, each.object.key)),
        committed: new Date(object.createdMs).toISOString(),
      };
    });
  });
}
