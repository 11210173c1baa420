import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { childSide, modules } from './source-files.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Folders whose documents are not ours, or not for readers. */
const skipped = new Set(['node_modules', 'dist', 'fixtures']);

function findDocuments(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : findDocuments(file);
    return entry.name.endsWith('.md') ? [file] : [];
  });
}

/** What a reader sees as prose: no blocks of code, no code in a line. */
function proseOf(document: string): string {
  return readFileSync(path.join(root, document), 'utf8')
    .replaceAll(/^```.*?^```$/gmsu, '')
    .replaceAll(/`[^`\n]*`/gu, 'code');
}

/** The anchors that the repository's host makes of the headings. */
function anchorsOf(document: string): string[] {
  const text = readFileSync(path.join(root, document), 'utf8').replaceAll(/^```.*?^```$/gmsu, '');
  return [...text.matchAll(/^#+ (.*)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** What is wrong with a relative link, or undefined. */
function findFault(document: string, link: string): string | undefined {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? document : path.join(path.dirname(document), file);
  if (!existsSync(path.join(root, target))) return `${link}: there is no ${target}`;
  if (anchor === undefined || anchorsOf(target).includes(anchor)) return undefined;
  return `${link}: ${target} has no such heading`;
}

const documents = findDocuments('.');

test('the documents are found', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/README.md']));
});

test.each(documents)('every relative link of %s leads to a file and a heading that are there', (document) => {
  const links = [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/gu)].map(([, link = '']) => link);
  const relative = links.filter((link) => !/^[a-z]+:/u.test(link));
  expect(relative.map((link) => findFault(document, link)).filter((fault) => fault !== undefined)).toEqual([]);
});

test('docs/README.md lists every document of docs', () => {
  const links = [...proseOf('docs/README.md').matchAll(/\]\(([^)\s]+)\)/gu)].map(([, link = '']) => link);
  const listed = documents.filter((document) => path.dirname(document) === 'docs' && document !== 'docs/README.md');
  expect(listed.filter((document) => !links.includes(path.basename(document)))).toEqual([]);
});

/** The documents that say where something is. */
const maps = ['docs/architecture.md', 'docs/glossary.md', 'CONTRIBUTING.md'];

/** Paths in a document, of the checkout or of src; not patterns and not names to be filled in. */
function pathsIn(document: string): string[] {
  const text = readFileSync(path.join(root, document), 'utf8');
  return [...text.matchAll(/`((?:[\w-]+\/)+(?:[\w.-]+\.(?:ts|py|mjs|md|json))?)`/gu)]
    .map(([, named = '']) => named)
    .filter((named) => !named.includes('NAME'));
}

test.each(maps)('every path in %s leads to a file or folder that is there', (document) => {
  const isThere = (named: string): boolean =>
    ['', 'src', 'test'].some((base) => existsSync(path.join(root, base, named)));
  expect(pathsIn(document).filter((named) => !isThere(named))).toEqual([]);
});

test('docs/architecture.md names every folder of src', () => {
  const folders = new Set(
    [...modules, ...childSide].map((file) => path.dirname(file)).filter((folder) => folder !== '.'),
  );
  const text = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  expect([...folders].filter((folder) => !text.includes(`\`${folder}/\``))).toEqual([]);
});
