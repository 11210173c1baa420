import path from 'node:path';
import type { Heading } from './parse-document.ts';

export interface NavigationGroup {
  title: string;
  pages: { title: string; address: string }[];
}

export interface RenderedPage {
  address: string;
  title: string;
  headings: readonly Heading[];
  html: string;
}

/** One page of the site, with the way to all others. Every address in it is relative, so that the site works from any folder, also as files. */
export function renderPage(page: RenderedPage, navigation: readonly NavigationGroup[], version: string): string {
  const up = '../'.repeat(page.address.split('/').length - 1);
  const title = page.address === 'index.html' ? page.title : `${page.title} · plugin-host`;
  return `<!doctype html>
<html lang="en" data-up="${up}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}site.css">
<script src="${up}site.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>
<a class="home" href="${up}index.html">plugin-host <span>${escape(version)}</span></a>
<div class="search" role="search">
<input type="search" id="search" placeholder="Search ( / )" aria-label="Search the documents" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false" aria-controls="found">
<ul id="found" role="listbox" aria-label="Found" hidden></ul>
</div>
<button type="button" id="menu" aria-expanded="false" aria-controls="navigation">Menu</button>
</header>
<div class="columns">
<nav id="navigation" aria-label="Documents">
${navigation.map((group) => renderGroup(group, page.address)).join('\n')}
</nav>
<main id="content">
${page.html}</main>
${renderOutline(page.headings)}
</div>
</body>
</html>
`;
}

function renderGroup({ title, pages }: NavigationGroup, current: string): string {
  const items = pages.map(({ title, address }) => {
    const here = address === current ? ' aria-current="page"' : '';
    const to = path.posix.relative(path.posix.dirname(current), address);
    return `<li><a href="${escape(to)}"${here}>${escape(title)}</a></li>`;
  });
  return `<h2>${escape(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function renderOutline(headings: readonly Heading[]): string {
  const shown = headings.filter(({ level }) => level === 2 || level === 3);
  if (shown.length < 2) return '';
  const items = shown.map(
    ({ level, id, text }) => `<li class="level-${level}"><a href="#${escape(id)}">${escape(text)}</a></li>`,
  );
  return `<aside aria-label="On this page"><h2>On this page</h2>\n<ul>\n${items.join('\n')}\n</ul></aside>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
