import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { printJson } from '../base/json.ts';
import { packageFolder } from './copy-template.ts';
import { type EditedThing, editorFiles, type Reach } from './editor-files.ts';

/** Puts the files for Visual Studio Code into a new folder. @returns Their names */
export function writeEditorFiles(folder: string, thing: EditedThing): string[] {
  const files = editorFiles(thing, reachFrom(path.resolve(folder), packageFolder()));
  mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), `${printJson(content)}\n`, { flag: 'wx' });
  }
  return Object.keys(files);
}

/** By relative paths where this package belongs to the project, so that they hold for everybody who has it; else as this machine has it. */
export function reachFrom(folder: string, packageRoot: string): Reach {
  const modules = path.dirname(packageRoot);
  const project = path.dirname(modules);
  const isOwn = path.basename(modules) === 'node_modules' && !path.relative(project, folder).startsWith('..');
  const up = path.relative(folder, modules);
  return {
    command: isOwn ? `\${workspaceFolder}/${up}/.bin/plugin-host` : 'plugin-host',
    schema: (name) =>
      isOwn
        ? `./${path.join(up, path.basename(packageRoot), `dist/${name}.schema.json`)}`
        : pathToFileURL(path.join(packageRoot, `dist/${name}.schema.json`)).href,
  };
}
