import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const notShown = /(?:^|\/)(?:\.|__pycache__|node_modules)/;

const languages: Record<string, string> = {
  '.py': 'python',
  '.ts': 'typescript',
  '.mjs': 'javascript',
  '.json': 'json',
  '.yaml': 'yaml',
  '.md': 'markdown',
  '.cfg': 'ini',
  MANIFEST: 'yaml',
};

/** A folder of samples as one document: its README, then each of its text files under a heading with its path. */
export function readFolderPage(root: string, folder: string): string {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(root, folder), path.join(entry.parentPath, entry.name)))
    .filter((file) => !notShown.test(file))
    .sort((a, b) => a.localeCompare(b));
  const texts = new Map(files.map((file) => [file, readFileSync(path.join(root, folder, file), 'utf8')]));
  const intro = texts.get('README.md') ?? `# ${folder}\n`;
  const shown = [...texts].filter(([file, text]) => file !== 'README.md' && !text.includes('\0') && text !== '');
  return [intro, ...shown.map(([file, text]) => renderFile(file, text))].join('\n');
}

function renderFile(file: string, text: string): string {
  const fence = '`'.repeat(Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const language = languages[path.extname(file)] ?? languages[path.basename(file)] ?? '';
  return `## ${file.replaceAll('_', '\\_')}\n\n${fence}${language}\n${text.trimEnd()}\n${fence}\n`;
}
