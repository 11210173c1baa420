import path from 'node:path';
import { sanitize } from './sanitize.ts';

/** The line between two runs: `── 20:43:12  main.py changed ─────`. @param changed Absolute paths; none: somebody asked for it */
export function renderRule(changed: readonly string[], at: Date, columns: number): string {
  const [first, ...others] = changed.map((file) => sanitize(path.relative(process.cwd(), file) || '.'));
  const why =
    first === undefined ? 'again' : `${first}${others.length === 0 ? '' : ` and ${others.length} more`} changed`;
  const text = `── ${at.toTimeString().slice(0, 8)}  ${why} `;
  return text + '─'.repeat(Math.max(2, columns - Array.from(text).length));
}
