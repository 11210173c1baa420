/** A page of the site: a document of the checkout, or a folder whose files are shown. */
export interface SitePage {
  /** In the checkout: `docs/sessions.md`, `sample-plugins/otp`. */
  source: string;
  /** In the site: `docs/sessions.html`, `sample-plugins/otp/index.html`. */
  address: string;
  markdown: string;
}

/** Where a document or folder of the checkout stands in the site. */
export function addressOf(source: string): string {
  if (!source.endsWith('.md')) return `${source}/index.html`;
  return source.replace(/(?:README)?\.md$/, (end) => (end === 'README.md' ? 'index.html' : '.html'));
}
