import { expect, test } from 'vitest';
import { linksOf, parseDocument } from '../../../build/site/parse-document.ts';

const asIs = (link: string): string => link;

test('headings have the names that a code host gives them, each once', () => {
  const { title, headings } = parseDocument('# A `cookie`, kept!\n\n## Why?\n\n## Why?\n', asIs);
  expect(title).toBe('A cookie, kept!');
  expect(headings.map(({ id }) => id)).toEqual(['a-cookie-kept', 'why', 'why-1']);
});

test('of a terminal, what is typed is told from remarks and answers', () => {
  const { html } = parseDocument('```console\n$ ls <DIR>   # all\na  b\n```\n', asIs);
  expect(html).toContain('<kbd>ls &lt;DIR&gt;</kbd><span class="hljs-comment">   # all</span>\na  b\n');
});

test('a section has the text and code up to the next heading', () => {
  const { sections } = parseDocument('# One\n\nfirst\nline\n\n```yaml\na: 1\n```\n\n## Two\n\nsecond\n', asIs);
  expect(sections.map(({ text }) => text.trim().replaceAll(/\s+/g, ' '))).toEqual(['first line a: 1', 'second']);
});

test('links and images lead where the site has them', () => {
  const { html } = parseDocument('# A\n\n[to](b.md) ![seen](c.png)\n', (link) => `there/${link}`);
  expect(html).toMatch(/href="there\/b\.md".*src="there\/c\.png"/);
  expect(linksOf('# A\n\n[to](b.md)\n\n## B\n\n[x](c.md)\n')).toEqual([
    ['A', ['b.md']],
    ['B', ['c.md']],
  ]);
});
