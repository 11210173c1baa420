import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { copyTemplate, packageFolder } from '../../templates/copy-template.ts';
import { writeEditorFiles } from '../../templates/write-editor-files.ts';

/** How a script reaches its target. */
export const scriptKinds = ['http', 'ssh', 'telnet'] as const;

export type ScriptKind = (typeof scriptKinds)[number];

export interface NewScript {
  /** Of the files: the last part of the folder's path. */
  name: string;
  kind: ScriptKind;
  /** The `Id` in the script. */
  id: string;
  path: string;
  files: string[];
  /** Schema of scripts for editors, absolute: a script must not name it. */
  schema: string;
}

/**
 * Puts a script and its test into a folder that does not exist or is empty.
 * @param forEditor With files for Visual Studio Code
 * @throws PluginHostError USAGE, FOLDER_NOT_EMPTY
 */
export function createScript(folder: string, kind: ScriptKind, forEditor: boolean): NewScript {
  const name = path.basename(path.resolve(folder));
  const id = idOf(name);
  const copied = copyTemplate(folder, `platform-${kind}`, { New_Script: name, NewScriptId: id });
  const forIt = forEditor ? writeEditorFiles(folder, { kind: 'platform', script: `${name}.json` }) : [];
  const files = [...forIt, ...copied];
  const schema = path.join(packageFolder(), 'dist/platform-script.schema.json');
  return { name, kind, id, path: folder, files, schema };
}

/** In Pascal case, as the vendor recommends: `my-portal` is `MyPortal`. */
function idOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  if (words.length > 0 && /^[\w][\w.-]*$/.test(name))
    return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  throw new PluginHostError(
    'USAGE',
    `${JSON.stringify(name)} cannot be the name of a script; expected letters, digits, -, _ and .`,
    { hint: 'plugin-host platform init my-script' },
  );
}
