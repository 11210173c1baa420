import path from 'node:path';
import type { Problem } from '../../../base/problem.ts';
import { type PackedFile, packWarning } from './packed-file.ts';

/** What `pluginv` copies beside the modules; a licence it keeps in the metadata. Source: Plugin SDK 1.9.1, release task. */
const extraFiles =
  /^(?:MANIFEST|CHANGELOG|NEWS|README|README\.md|default\.cfg|LICENSE\.txt|(?:LICEN[CS]E|NOTICE|COPYING|AUTHORS)[\w.-]*)$/;
/** How the names of tools begin, which it leaves out. */
const toolPrefix = /^(?:pip|wheel|setuptools|pkg_resources)[^/]*\//;

/** How the plugin's own files in the ZIP differ from those in one made by `pluginv release`. @param hasOwnSetup There is a setup.py that the author wrote */
export function compareWithPluginv(
  files: readonly PackedFile[],
  entryPoint: string,
  leftOut: readonly string[],
  hasOwnSetup: boolean,
): Problem[] {
  const problems: Problem[] = [];
  const names = files.map(({ name }) => name);
  if (hasOwnSetup) {
    problems.push(
      packWarning(
        'PACKED_OTHERWISE',
        'setup.py is not run: pluginv release packs what it names, here the whole folder is packed',
        'Check that everything it names is in the folder of the plugin.',
      ),
    );
  } else {
    const all = new Set(names);
    const more = names.filter((name) => toolPrefix.test(name) || !isPackedByPluginv(name, entryPoint, all));
    if (more.length > 0) {
      problems.push(
        packWarning(
          'PACKED_OTHERWISE',
          `pluginv release leaves out ${renderNames(more)}; here it is packed`,
          'A ZIP made by pluginv would lack what is not a module of a package (a folder with __init__.py). Leave out what the plugin does not need: --exclude PATTERN.',
        ),
      );
    }
  }
  if (!names.includes('default.cfg')) {
    const isPlugin = leftOut.includes('default.cfg.plugin');
    problems.push(
      packWarning(
        'PACKED_OTHERWISE',
        `there is no default.cfg: pluginv release makes one from ${isPlugin ? 'default.cfg.plugin and ' : ''}the SDK's common options`,
        `Write one, for the administrator${isPlugin ? '; `pluginv release` leaves its own in the folder' : ''}.`,
      ),
    );
  }
  return problems;
}

function isPackedByPluginv(name: string, entryPoint: string, all: ReadonlySet<string>): boolean {
  const folder = path.posix.dirname(name);
  if (folder === '.') return name === entryPoint || extraFiles.test(name);
  if (!name.endsWith('.py')) return false;
  const parts = folder.split('/');
  return parts.every((_part, index) => all.has(`${parts.slice(0, index + 1).join('/')}/__init__.py`));
}

const shown = 8;

function renderNames(names: readonly string[]): string {
  const more = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
