import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from '../plugin/plugin.ts';

/** The longest part of a line that can name a place; the rest comes from the plugin and may have any length. */
const maxLineLength = 4096;

/** The innermost line of the plugin's own files in a traceback of Python or a stack of Node; else the entry point. */
export function findFailedLine(
  { root, entryPoint }: Pick<Plugin, 'root' | 'entryPoint'>,
  traceback: string,
): { file: string; line: number | null } {
  const places = traceback.split('\n').flatMap((text) => readPlace(text.slice(0, maxLineLength)));
  const own = places
    .map(({ file, line }) => ({ file: path.relative(root, file).replaceAll(path.sep, '/'), line }))
    .filter(({ file }) => !file.startsWith('..'));
  // Python prints the innermost frame last, Node first.
  return (traceback.includes('File "') ? own.at(-1) : own[0]) ?? { file: entryPoint, line: null };
}

function readPlace(text: string): { file: string; line: number }[] {
  const [, file, line] =
    /^[ \t]*File "(\/[^"]*)", line (\d+)/.exec(text) ??
    /^[ \t]*(?:at .*?)?(file:\/\/\/[^:]*):(\d+)/.exec(text) ??
    /^[ \t]*at (?:[^(]*\()?(\/[^:]*):(\d+)/.exec(text) ??
    [];
  if (file === undefined) return [];
  return [{ file: file.startsWith('file:') ? toPath(file) : file, line: Number(line) }];
}

/** What looks like the URL of a file may be something else. */
function toPath(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
