import { inOneLine } from './in-one-line.ts';
import type { RequestRecord } from './request-record.ts';
import type { CommandRecord } from './target-records.ts';
import type { Show } from './telling.ts';

/** One line: what a target was asked, and what it answered. */
export function renderRequest({ method, path, query, body, status }: RequestRecord, show: Show): string {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each])),
  ).toString();
  const answer = status === null ? 'no answer' : String(status);
  const url = show(`${path}${search === '' ? '' : `?${search}`}`);
  return `${method} ${url} → ${answer}${body === '' ? '' : `  ${show(inOneLine(body))}`}`;
}

export function renderCommand(record: CommandRecord, show: Show): string {
  if ('input' in record) return `input ${show(JSON.stringify(record.input))}`;
  const { command, stdin = [], exit, signal } = record;
  const ending = signal === undefined ? (exit === null ? 'did not end' : `exit ${exit}`) : `signal ${signal}`;
  const lines = stdin.map((line) => `\n  stdin ${show(JSON.stringify(line))}`).join('');
  return `${show(inOneLine(command))} → ${ending}${lines}`;
}
