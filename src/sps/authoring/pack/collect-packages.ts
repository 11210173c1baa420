import path from 'node:path';
import { collectFiles } from './collect-files.ts';
import { findSdk, isSdk, sdkRefused } from './find-sdk.ts';
import { type Collected, type PackedFile, packWarning, textFile } from './packed-file.ts';
import { type PackageFacts, renderLicenses } from './render-licenses.ts';

export interface CollectedPackages extends Collected {
  packages: PackageFacts[];
}

/** Source: Plugin SDK 1.9.1, release task. */
const tools = /^(?:pip|wheel|setuptools|pkg_resources)(?:-[^/]*\.dist-info)?\/|^_distutils_hack\/|\.pth$|^easy_install/;
/** `pluginv` leaves out everything that begins like this. */
const looksLikeTool = /^(?:pip|wheel|setuptools|pkg_resources)[^/]*/;

/** What pip put into a folder, as it goes into the ZIP: without commands, and without traces of this machine. */
export async function collectPackages(folder: string): Promise<CollectedPackages> {
  const collected = await collectFiles({ root: folder, isLeftOut: () => false });
  const records = await Promise.all(collected.files.filter(isRecord).map(readRecord));
  const outside = new Set(records.flatMap(({ outside: names }) => names));
  const files = collected.files.filter(
    ({ name }) => !tools.test(name) && !outside.has(name) && !isOfInstallation(name),
  );
  const names = new Set(files.map(({ name }) => name));
  const kept = files.map((file) => {
    const record = isRecord(file) ? records.find(({ name }) => name === file.name) : undefined;
    const rows = record?.rows.filter((row) => names.has(pathOf(row))).sort();
    return rows === undefined ? file : textFile(file.name, rows.map((row) => `${row}\n`).join(''));
  });
  const metadata = kept.filter(({ name }) => /^[^/]+\.dist-info\/METADATA$/.test(name));
  const packages = await Promise.all(metadata.map(async (file) => readMetadata((await file.read()).toString('utf8'))));
  const sdk = packages.some(({ name }) => isSdk(name)) || findSdk([...names]) !== undefined;
  const hidden = [...new Set(files.flatMap(({ name }) => looksLikeTool.exec(name)?.[0] ?? []))];
  const problems = [
    ...collected.problems,
    ...(sdk ? [sdkRefused('a dependency brings it')] : []),
    ...(hidden.length === 0
      ? []
      : [
          packWarning(
            'PACKED_OTHERWISE',
            `pluginv release leaves out ${hidden.join(', ')} because of how the name begins; here it is packed`,
            'There is nothing to do; a ZIP made by pluginv would lack it.',
          ),
        ]),
  ];
  const licenses = packages.length === 0 ? [] : [textFile('3rdparty-licenses.txt', renderLicenses(packages))];
  return { files: [...kept, ...licenses], leftOut: [], problems, packages };
}

function isRecord({ name }: PackedFile): boolean {
  return /^[^/]+\.dist-info\/RECORD$/.test(name);
}

/** When, from where and by which pip something was installed. */
function isOfInstallation(name: string): boolean {
  return (
    /^[^/]+\.dist-info\/(?:REQUESTED|direct_url\.json)$/.test(name) ||
    name.startsWith('bin/') ||
    /(?:^|\/)__pycache__\//.test(name)
  );
}

/** Rows of a RECORD, and the files beside the packages that it knows: commands, manual pages. */
async function readRecord(file: PackedFile): Promise<{ name: string; rows: string[]; outside: string[] }> {
  const rows = (await file.read())
    .toString('utf8')
    .split(/\r?\n/)
    .filter((row) => row !== '');
  const outside = rows.map(pathOf).filter((name) => name.startsWith('../../'));
  return { name: file.name, rows, outside: outside.map((name) => name.replace(/^(?:\.\.\/)+/, '')) };
}

function pathOf(row: string): string {
  const [, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^,]*)),/.exec(row) ?? [];
  return path.posix.normalize(quoted?.replaceAll('""', '"') ?? plain ?? '');
}

function readMetadata(text: string): PackageFacts {
  const [head = ''] = text.split(/\r?\n\r?\n/);
  const field = (name: string): string =>
    new RegExp(String.raw`^${name}:[ \t]*(.*)$`, 'm').exec(head)?.[1]?.trim() ?? ''; // of a complete licence text, its first line
  const homePage = /^Project-URL:\s*home-?\s*page\s*,\s*(\S+)/im.exec(head)?.[1] ?? '';
  return {
    name: field('Name'),
    version: field('Version'),
    homePage: field('Home-page') || homePage,
    license: field('License-Expression') || field('License'),
    licenseField: field('License-Expression') === '' ? 'License' : 'License-Expression',
  };
}
