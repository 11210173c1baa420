import hljs from 'highlight.js/lib/common';
import MarkdownIt, { type Token } from 'markdown-it';

export interface Heading {
  level: number;
  /** Unique in its page. */
  id: string;
  text: string;
}

export interface ParsedDocument {
  title: string;
  headings: Heading[];
  html: string;
  /** What search finds: the text below each heading, code included. */
  sections: { heading: Heading; text: string }[];
}

// A terminal's lines are no language that highlights well: only what is typed stands out, see `renderConsole`.
const markdown = new MarkdownIt({ html: false, highlight: (text, language) => highlight(text, language) });
// Wide tables scroll by themselves, not the page; what scrolls can be reached by keys.
markdown.renderer.rules['table_open'] = () => '<div class="table" tabindex="0"><table>\n';
markdown.renderer.rules['table_close'] = () => '</table></div>\n';

/**
 * A Markdown document as HTML. `addressOf` says where a link of the document leads in the site.
 * @throws what `addressOf` throws, for a link that leads nowhere
 */
export function parseDocument(text: string, addressOf: (link: string) => string): ParsedDocument {
  const tokens = markdown.parse(text, {});
  turnLinks(tokens, addressOf);
  const headings = nameHeadings(tokens);
  const first = headings.find(({ level }) => level === 1);
  return {
    title: first?.text ?? '',
    headings,
    html: markdown.renderer.render(tokens, markdown.options, {}),
    sections: sectionsOf(tokens, headings),
  };
}

/** The addresses of a document's links, heading by heading: `['I write a plugin', ['first-plugin.md', …]]`. */
export function linksOf(text: string): [heading: string, links: string[]][] {
  const found: [string, string[]][] = [];
  const tokens = markdown.parse(text, {});
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') found.push([plainText(tokens[index + 1]?.children ?? []), []]);
    for (const child of token.children ?? []) {
      const target = child.attrGet('href') ?? child.attrGet('src');
      if (target !== null) found.at(-1)?.[1].push(String(target));
    }
  }
  return found;
}

function turnLinks(tokens: readonly Token[], addressOf: (link: string) => string): void {
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    for (const name of ['href', 'src']) {
      const target = token.attrGet(name);
      if (target !== null) token.attrSet(name, addressOf(String(target)));
    }
    if (token.type === 'image') token.attrSet('loading', 'lazy');
  }
}

function nameHeadings(tokens: readonly Token[]): Heading[] {
  const taken = new Map<string, number>();
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const text = plainText(tokens[index + 1]?.children ?? []);
    const slug = slugOf(text);
    const times = taken.get(slug) ?? 0;
    taken.set(slug, times + 1);
    const heading = { level: Number(token.tag.slice(1)), id: times === 0 ? slug : `${slug}-${times}`, text };
    token.attrSet('id', heading.id);
    return [heading];
  });
}

/** As the pages of a code host name their headings, so that links between documents hold in both. */
export function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

function sectionsOf(tokens: readonly Token[], headings: readonly Heading[]): ParsedDocument['sections'] {
  const sections = headings.map((heading) => ({ heading, text: '' }));
  let at = -1;
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') at += 1;
    const section = sections[at];
    if (section === undefined || tokens[index - 1]?.type === 'heading_open') continue;
    if (token.type === 'inline') section.text += ` ${plainText(token.children ?? [])}`;
    if (token.type === 'fence') section.text += ` ${token.content}`;
  }
  return sections;
}

function plainText(tokens: readonly Token[]): string {
  return tokens.map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');
}

function highlight(text: string, language: string): string {
  if (language === 'console') return renderConsole(text);
  if (hljs.getLanguage(language) === undefined) return '';
  return hljs.highlight(text, { language }).value;
}

/** Lines that begin with `$ ` are typed; the page copies them alone, without what is said beside them. */
function renderConsole(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const escaped = markdown.utils.escapeHtml(line);
      return line.startsWith('$ ') ? escaped.slice(2).replace(/^(.*?)(\s+# .*)?$/, renderTyped) : escaped;
    })
    .join('\n');
}

function renderTyped(_line: string, typed: string, remark = ''): string {
  return `<kbd>${typed}</kbd><span class="hljs-comment">${remark}</span>`;
}
