import path from 'node:path';
import { isPluginType, type PluginType } from '../../sps/plugin/find-hook.ts';
import type { EditedDocument } from '../documents/edited-document.ts';

/** What the MANIFEST of a folder says of its plugin. */
export interface EditedPlugin {
  type: PluginType;
  /** `major.minor` */
  api: string;
  entryPoint: string;
}

/** Undefined for a ZIP, and where no type with known hooks is named. @param folder From that of the document on */
export function pluginOf(
  { file, textOf }: Pick<EditedDocument, 'file' | 'textOf'>,
  folder: string,
): EditedPlugin | undefined {
  const manifest = textOf(path.resolve(path.dirname(file), folder, 'MANIFEST'));
  if (manifest === undefined) return undefined;
  const type = fieldOf(manifest, 'type');
  if (type === undefined || !isPluginType(type)) return undefined;
  const [api = newestApi] = /^\d+\.\d+/.exec(fieldOf(manifest, 'api') ?? '') ?? [];
  return { type, api, entryPoint: fieldOf(manifest, 'entry_point') ?? 'main.py' };
}

const newestApi = '1.9';

/** Also of a MANIFEST that is half written. */
function fieldOf(manifest: string, name: string): string | undefined {
  const line = manifest.split(/[\r\n]+/).find((each) => each.startsWith(`${name}:`));
  const [value = ''] = line?.slice(name.length + 1).split(' #') ?? [];
  return line === undefined ? undefined : value.replaceAll(/["'\s]/g, '');
}
