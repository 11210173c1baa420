import type { RecordedAnswer } from './recorded-exchange.ts';

export function headerOf({ headers }: Pick<RecordedAnswer, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** The body as text, in the encoding that its header names. */
export function decodeBody(answer: RecordedAnswer): string {
  const charset = /;\s*charset="?([\w-]+)"?/i.exec(headerOf(answer, 'content-type') ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(answer.body);
  } catch {
    return new TextDecoder().decode(answer.body);
  }
}

/** The same as data; undefined when it is none. */
export function parseJson(text: string): unknown {
  if (!/^\s*[[{"\-\dtfn]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
