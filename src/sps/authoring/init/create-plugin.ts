import path from 'node:path';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { copyTemplate } from '../../../templates/copy-template.ts';
import { writeEditorFiles } from '../../../templates/write-editor-files.ts';
import { hooksByType } from '../../plugin/find-hook.ts';
import { type PluginTemplate, templateName } from './plugin-templates.ts';

/** Source: Plugin SDK 1.9.1, manifest module: an ASCII letter, then one or more letters, digits or underscores. */
const nameFormat = /^[A-Za-z][A-Za-z0-9_]+$/;

/** The name for the MANIFEST: as given, else made from the name of the folder. @throws PluginHostError USAGE */
export function choosePluginName(folder: string, given: string | undefined): string {
  const base = path.basename(path.resolve(folder));
  const name =
    given ??
    base
      .split(/[^A-Za-z0-9]+/)
      .filter((word) => word !== '')
      .join('_');
  if (nameFormat.test(name)) return name;
  const where =
    given === undefined ? `the folder ${JSON.stringify(base)} does not give a valid name for a plugin` : '--name';
  const expected = 'a name is a letter, then one or more letters, digits or underscores, all of them ASCII';
  throw new PluginHostError('USAGE', `${where}: ${expected}; got ${JSON.stringify(name)}`, {
    hint: 'Name the plugin with --name, such as --name Acme_Otp.',
  });
}

/**
 * Puts a new plugin into a folder that does not exist or is empty.
 * @param forEditor With files for Visual Studio Code
 * @returns Its files, by name
 * @throws PluginHostError FOLDER_NOT_EMPTY
 */
export function createPlugin(folder: string, template: PluginTemplate, name: string, forEditor: boolean): string[] {
  const files = copyTemplate(folder, templateName(template), { New_Plugin: name });
  if (!forEditor) return files;
  const hooks = hooksByType[template.type].map((hook) => hook.name);
  return [...writeEditorFiles(folder, { kind: template.language, hooks }), ...files];
}
