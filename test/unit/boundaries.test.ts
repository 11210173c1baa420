import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const source = path.resolve(import.meta.dirname, '../../src');

/** From the lowest rank up; a file imports, types included, only from its own folder and lower ranks. */
const ranks = [
  ['.'],
  ['reporters'],
  ['process', 'pyyaml', 'settings'],
  ['process/warm'],
  ['sps/package'],
  ['sps/plugin'],
  ['sps/invocation'],
  ['sps/outcome'],
  ['sps/services'],
  ['sps/session'],
  ['sps/authoring', 'sps/testing', 'platform', 'kvgroup/format'],
  ['kvgroup/points'],
  ['kvgroup/validation'],
  ['kvgroup/fixtures'],
  ['kvgroup/running'],
  ['kvgroup/testing'],
  ['rest'],
  ['gateway'],
  ['inspector'],
  ['cli'],
];

/** The public entries gather what is elsewhere and are imported by nobody. */
const entries = ['index.ts', 'plugin.ts', 'vitest.ts', 'kvgroup.ts'];

const files = globSync('**/*.ts', { cwd: source }).sort();

/** The command line's folders are one: a group of commands has a folder of its own only to be found. */
function folderOf(file: string): string {
  return path.dirname(file).replace(/^cli\/.*/, 'cli');
}

function rankOf(folder: string): number {
  return ranks.findIndex((rank) => rank.includes(folder));
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(source, file), 'utf8'), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.join(path.dirname(file), fileName));
}

describe('the folders of src', () => {
  test('all have a rank', () => {
    expect(files.filter((file) => rankOf(folderOf(file)) < 0)).toEqual([]);
  });

  test.each(files)('%s imports only from its own folder and lower ranks', (file) => {
    if (entries.includes(file)) return;
    const folder = folderOf(file);
    const forbidden = importsOf(file).filter((imported) => {
      const other = folderOf(imported);
      return entries.includes(imported) || (other !== folder && rankOf(other) >= rankOf(folder));
    });
    expect(forbidden).toEqual([]);
  });

  test.each(files.filter((file) => file.startsWith('kvgroup/')))('%s knows nothing of another system', (file) => {
    expect(importsOf(file).filter((imported) => imported.startsWith('sps/'))).toEqual([]);
  });

  test('hold no file of more than 250 lines', () => {
    const all = globSync('**/*.{ts,py,mjs}', { cwd: source });
    const long = all.filter((file) => readFileSync(path.join(source, file), 'utf8').split('\n').length > 251);
    expect(long).toEqual([]);
  });

  test('hold no index file besides the public entries', () => {
    expect(files.filter((file) => path.basename(file) === 'index.ts' && file !== 'index.ts')).toEqual([]);
  });
});
