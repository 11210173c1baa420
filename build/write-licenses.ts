import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes the licences of the libraries of which a bundle holds a file. @param inputs files of the bundles, relative to the root */
export function writeLicenses(root: string, file: string, inputs: readonly string[]): void {
  const names = new Set(inputs.flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  const licenses = [...names].sort().map((name) => renderLicense(name, path.join(root, 'node_modules', name)));
  writeFileSync(file, licenses.join('\n---\n\n'));
}

function renderLicense(name: string, folder: string): string {
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const file = ['LICENSE', 'license', 'LICENSE.md', 'LICENSE.txt']
    .map((each) => path.join(folder, each))
    .find(existsSync);
  const text = file === undefined ? '' : readFileSync(file, 'utf8').trim();
  return `${name} ${version ?? ''} (${license ?? 'see its own text'})\n\n${text}\n`;
}
