import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the page consists of, as it was built. */
export interface PageFiles {
  script: string;
  style: string;
  /** Names with a hash of the content. */
  scriptName: string;
  styleName: string;
}

const folderName = 'inspector-page';

let read: PageFiles | undefined;

/** Beside the bundle; in a checkout that runs from its source, in `dist`. @throws Error when nothing was built */
export function pageFiles(): PageFiles {
  if (read !== undefined) return read;
  const beside = path.join(import.meta.dirname, folderName);
  const folder = existsSync(beside) ? beside : path.join(import.meta.dirname, '../../../dist', folderName);
  const names = readdirSync(folder);
  const find = (extension: string): string => {
    const found = names.find((name) => name.endsWith(extension));
    if (found === undefined) throw new Error(`${folder} has no ${extension}`);
    return found;
  };
  const [scriptName, styleName] = [find('.js'), find('.css')];
  const text = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  return (read = { scriptName, styleName, script: text(scriptName), style: text(styleName) });
}

const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>plugin-host</title>`;

export const withoutScript =
  '<noscript>This page needs JavaScript; without it, use <code>plugin-host session show NAME</code>.</noscript>';

/** The page as the server gives it. */
export function renderPage({ scriptName, styleName }: PageFiles): string {
  return `${head}
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/${styleName}">
<script type="module" src="/assets/${scriptName}"></script>
</head>
<body><div id="app"></div>${withoutScript}</body>
</html>
`;
}

export const documentHead = head;

/** Two steps on their time. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#26323c"/><path d="M3 5h6M3 11h10" stroke="#7fd1ae" stroke-width="2.4" stroke-linecap="round"/></svg>`;
