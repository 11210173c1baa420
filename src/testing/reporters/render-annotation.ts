import type { Level } from '../../base/problem.ts';
import { withoutControls } from '../../base/without-controls.ts';

export interface Annotation {
  level: Level;
  /** As GitHub finds it: relative to the folder that was checked out. */
  file: string;
  /** From 1; null or undefined: of the file as a whole. */
  line?: number | null | undefined;
  title?: string;
  /** Of one or more lines. */
  message: string;
}

const commands: Record<Level, string> = { error: 'error', warning: 'warning', info: 'notice' };

/** One line that GitHub Actions shows at its place in the source. Source: GitHub documentation, workflow commands. */
export function renderAnnotation({ level, file, line, title, message }: Annotation): string {
  const properties = [
    `file=${escapeProperty(file)}`,
    ...(line === null || line === undefined ? [] : [`line=${line}`]),
    ...(title === undefined ? [] : [`title=${escapeProperty(title)}`]),
  ];
  return `::${commands[level]} ${properties.join(',')}::${escapeData(message)}`;
}

const escapes: Record<string, string> = { '%': '%25', '\r': '%0D', '\n': '%0A', ':': '%3A', ',': '%2C' };

function escapeData(text: string): string {
  return withoutControls(text).replace(/[%\r\n]/g, (character) => escapes[character] ?? character);
}

function escapeProperty(text: string): string {
  return withoutControls(text).replace(/[%\r\n:,]/g, (character) => escapes[character] ?? character);
}
