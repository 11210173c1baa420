import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Answer } from '../description/target-description.ts';

/** What goes out. A header with a list has several lines. */
export interface ComposedAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Uint8Array;
}

const types: Record<string, string> = {
  '.json': 'application/json',
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

/** @param folder That files are relative to. @throws what the system says of a file that cannot be read */
export function composeAnswer(answer: number | Answer, folder: string): ComposedAnswer {
  if (typeof answer === 'number') return { status: answer, headers: {}, body: new Uint8Array() };
  const { type, body } = composeBody(answer, folder);
  const own = Object.entries(answer.headers ?? {}).map(([name, value]): [string, string | string[]] => [
    name,
    Array.isArray(value) ? value : String(value),
  ]);
  const cookies = Object.entries(answer.cookies ?? {}).map(([name, value]) => `${name}=${withPath(value)}`);
  const typed = type !== undefined && !own.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status: answer.status ?? (answer.redirect === undefined ? 200 : 302),
    headers: {
      ...(typed && { 'Content-Type': type }),
      ...(answer.redirect !== undefined && { Location: answer.redirect }),
      ...(cookies.length > 0 && { 'Set-Cookie': cookies }),
      ...Object.fromEntries(own),
    },
    body,
  };
}

function composeBody(answer: Answer, folder: string): { type?: string; body: Uint8Array } {
  const { json, text, html, form, file } = answer;
  if (json !== undefined) return { type: 'application/json', body: Buffer.from(JSON.stringify(json)) };
  if (text !== undefined) return { type: 'text/plain; charset=utf-8', body: Buffer.from(text) };
  if (html !== undefined) return { type: 'text/html; charset=utf-8', body: Buffer.from(html) };
  if (form !== undefined) {
    const fields = Object.entries(form).map(([name, value]): [string, string] => [name, String(value)]);
    return { type: 'application/x-www-form-urlencoded', body: Buffer.from(new URLSearchParams(fields).toString()) };
  }
  if (file === undefined) return { body: new Uint8Array() };
  return {
    type: types[path.extname(file)] ?? 'application/octet-stream',
    body: readFileSync(path.resolve(folder, file)),
  };
}

/** For the whole host, unless the text says otherwise. */
function withPath(value: string): string {
  return /;\s*path\s*=/i.test(value) ? value : `${value}; Path=/`;
}
