/** Opens local files where the plugin opens files of the appliance: `files:` of plugin-host.yaml. Native add-ons do not see it. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const names = [
  ...['open', 'readFile', 'writeFile', 'appendFile', 'stat', 'lstat', 'access', 'readdir', 'opendir', 'realpath'],
  ...['exists', 'createReadStream', 'createWriteStream'],
];

export function overlayFiles(files) {
  for (const module of [fs, fs.promises]) {
    for (const name of names.flatMap((each) => [each, `${each}Sync`])) {
      const original = module[name];
      if (typeof original !== 'function') continue;
      const redirected = (given, ...others) => original.call(module, redirect(given, files), ...others);
      module[name] = Object.defineProperties(redirected, Object.getOwnPropertyDescriptors(original));
    }
  }
  syncBuiltinESMExports();
}

/** The longest match counts. A path that is local already stays as it is. */
function redirect(given, files) {
  const text = readPath(given);
  if (text === undefined || !text.startsWith('/')) return given;
  const wanted = path.posix.normalize(text);
  const [there] = Object.keys(files)
    .filter((each) => holds(each, wanted))
    .sort((one, other) => other.length - one.length);
  if (there === undefined) return given;
  if (Object.values(files).some((here) => here.length > there.length && holds(here, wanted))) return given;
  return files[there] + wanted.slice(there === '/' ? 0 : there.length);
}

function readPath(given) {
  if (typeof given === 'string') return given;
  if (Buffer.isBuffer(given)) return given.toString();
  return given instanceof URL && given.protocol === 'file:' ? fileURLToPath(given) : undefined;
}

function holds(folder, file) {
  return file === folder || file.startsWith(folder === '/' ? '/' : `${folder}/`);
}
