/** Builds the documents as a static site into `site`, or the folder given: `node build/site/build-site.ts [DIR]`. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { findPages, leadsTo } from './find-pages.ts';
import { linksOf, type ParsedDocument, parseDocument } from './parse-document.ts';
import { type NavigationGroup, renderPage } from './render-page.ts';
import { addressOf, type SitePage } from './site-page.ts';

const root = path.resolve(import.meta.dirname, '../..');
const site = path.resolve(process.argv[2] ?? path.join(root, 'site'));
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };

const { pages, images } = findPages(root);
const parsed = new Map(
  pages.map((page) => [page.source, parseDocument(page.markdown, (link) => addressFrom(page, link))]),
);
requirePlaces();
const navigation = readNavigation();

rmSync(site, { recursive: true, force: true });
for (const page of pages) {
  const document = parsedOf(page.source);
  write(page.address, renderPage({ address: page.address, ...document }, navigation, version));
}
for (const image of images) {
  mkdirSync(path.join(site, path.dirname(image)), { recursive: true });
  copyFileSync(path.join(root, image), path.join(site, image));
}
const found = pages.flatMap(({ source, address }) =>
  parsedOf(source).sections.map(({ heading, text }) => ({
    page: parsedOf(source).title,
    heading: heading.text,
    address: heading.level === 1 ? address : `${address}#${heading.id}`,
    text: text.replaceAll(/\s+/g, ' ').trim(),
  })),
);
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ['page/site.ts', 'page/site.css', 'page/search.ts'],
  outbase: 'page',
  outdir: site,
  bundle: true,
  // Pages that are opened as files may load no modules.
  format: 'iife',
  minify: true,
  target: ['chrome120', 'firefox120'],
  define: { FOUND: JSON.stringify(found) },
  logLevel: 'warning',
});
process.stdout.write(`${pages.length} pages in ${path.relative(process.cwd(), site) || '.'}; begin with index.html\n`);

function addressFrom(page: SitePage, link: string): string {
  const led = leadsTo(root, page.source, link);
  if (led === undefined) return link;
  const to = images.includes(led.source) ? led.source : addressOf(led.source);
  if (to === page.address) return led.place === '' ? path.posix.basename(to) : led.place;
  return `${path.posix.relative(path.posix.dirname(page.address), to)}${led.place}`;
}

/** The groups of the page that says what to read next; a page stands in the first that names it. The rest are samples. */
function readNavigation(): NavigationGroup[] {
  const taken = new Set(['README.md', 'docs/README.md']);
  const groups = linksOf(readFileSync(path.join(root, 'docs/README.md'), 'utf8')).map(([title, links]) => {
    const named = links.flatMap((link) => leadsTo(root, 'docs/README.md', link)?.source ?? []);
    const sources = [...new Set(named)].filter((source) => !taken.has(source));
    for (const source of sources) taken.add(source);
    return { title, sources };
  });
  const rest = pages.map(({ source }) => source).filter((source) => !taken.has(source));
  const all = [
    { title: 'Start', sources: ['README.md', 'docs/README.md'] },
    ...groups,
    { title: 'Samples and more', sources: rest },
  ];
  return all
    .filter(({ sources }) => sources.length > 0)
    .map(({ title, sources }) => ({
      title,
      pages: sources.map((source) => ({ title: parsedOf(source).title, address: addressOf(source) })),
    }));
}

/** A link to a heading that is not there would lead to the top of the page without a word. */
function requirePlaces(): void {
  for (const { source, markdown } of pages) {
    for (const link of linksOf(markdown).flatMap(([, links]) => links)) {
      const led = leadsTo(root, source, link);
      if (led === undefined || led.place === '') continue;
      const there = parsedOf(led.source).headings.some(({ id }) => `#${id}` === led.place);
      if (!there) throw new Error(`${source}: the link ${link} leads to a heading that is not there`);
    }
  }
}

function parsedOf(source: string): ParsedDocument {
  const document = parsed.get(source);
  if (document === undefined) throw new Error(`${source} has no page`);
  return document;
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(site, file)), { recursive: true });
  writeFileSync(path.join(site, file), text);
}
