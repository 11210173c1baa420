import type { HttpAnswer } from '../../network/network.ts';
import type { RecordedCall } from './recorded-call.ts';

/** All texts that the targets gave, in order: bodies, headers, output. */
export function answerTexts(calls: readonly RecordedCall[]): string[] {
  return calls.flatMap((call): string[] => {
    switch (call.kind) {
      case 'request':
        return call.result === undefined
          ? []
          : [decodeBody(call.result), ...call.result.headers.map(([, value]) => value)];
      case 'command':
        return call.result === undefined ? [] : [call.result.stdout.toString(), call.result.stderr.toString()];
      case 'shell':
      case 'telnet':
        // A secret may be cut by two turns.
        return [call.turns.map(({ output }) => output?.toString() ?? '').join('')];
      default:
        return [];
    }
  });
}

export function headerOf({ headers }: Pick<HttpAnswer, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** The body as text, in the encoding that its header names. */
export function decodeBody(answer: HttpAnswer): string {
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
