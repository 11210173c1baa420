import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { linksOf, slugOf } from './parse-document.ts';
import { readFolderPage } from './read-folder-page.ts';
import { addressOf, type SitePage } from './site-page.ts';

export interface FoundPages {
  pages: SitePage[];
  /** Images, relative to the checkout. */
  images: string[];
}

/** The README, all of `docs`, and whatever of the checkout they lead to. */
export function findPages(root: string): FoundPages {
  const docs = readdirSync(path.join(root, 'docs')).filter((file) => file.endsWith('.md'));
  const queue = ['README.md', ...docs.map((file) => `docs/${file}`)];
  const pages = new Map<string, SitePage>();
  const images = new Set<string>();
  for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
    if (pages.has(source)) continue;
    const markdown = source.endsWith('.md')
      ? readFileSync(path.join(root, source), 'utf8')
      : readFolderPage(root, source);
    pages.set(source, { source, address: addressOf(source), markdown });
    for (const target of linksOf(markdown).flatMap(([, links]) => links)) {
      const led = leadsTo(root, source, target);
      if (led === undefined) continue;
      if (/\.(?:png|svg)$/.test(led.source)) images.add(led.source);
      else queue.push(led.source);
    }
  }
  return { pages: [...pages.values()], images: [...images] };
}

/** Where a link leads within the site: the page, and the place in it. A file of a sample is a place in the page of its folder. */
export function leadsTo(root: string, from: string, link: string): { source: string; place: string } | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [target = '', place] = link.split('#');
  const folder = from.endsWith('.md') ? path.dirname(from) : from;
  const source = target === '' ? from : path.posix.join(folder, target).replace(/\/$/, '');
  const file = path.join(root, source);
  if (!existsSync(file)) throw new Error(`${from}: the link ${link} leads to ${source}, which is not there`);
  const anchor = place === undefined ? '' : `#${place}`;
  if (statSync(file).isDirectory()) return { source, place: anchor };
  if (source.endsWith('/README.md') && source.startsWith('sample-plugins/'))
    return { source: path.dirname(source), place: anchor };
  if (/\.(?:md|png|svg)$/.test(source)) return { source, place: anchor };
  return { source: path.dirname(source), place: `#${slugOf(path.basename(source))}` };
}
