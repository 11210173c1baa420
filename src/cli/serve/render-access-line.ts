import type { Paint } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';

interface AccessLine {
  level?: string;
  code?: string;
  message?: string;
  method?: string | null;
  path?: string;
  status?: number;
  type?: string | null;
  user?: string | null;
}

/** For whoever watches: a short line for a change, a refusal or a warning; undefined for the rest. @param line Of the access log */
export function renderAccessLine(line: string, paint: Paint): string | undefined {
  const { level, code = '', message = '', method, path = '', status = 0, type, user } = JSON.parse(line) as AccessLine;
  const where = sanitize(path);
  if (level !== undefined) return `${paint('yellow', `${level} ${code}`)}  ${sanitize(message)}  ${where}`;
  const isRefused = status >= 400;
  if (!isRefused && method === 'GET') return undefined;
  const result = paint(isRefused ? 'red' : 'green', String(status));
  return `${result} ${sanitize(method ?? '')} ${where}${isRefused ? `  ${type ?? ''}` : ''}  ${sanitize(user ?? 'nobody')}`;
}
