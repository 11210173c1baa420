import { validateHeaderName, validateHeaderValue } from 'node:http';
import path from 'node:path';
import type { Json } from '../../base/json.ts';
import type { ValueFault } from '../../base/problem.ts';
import { tryReadText } from '../../documents/decode-text.ts';
import { checkDelay, checkPatterns, faultAt } from './fault-at.ts';
import type { Answer, HttpDescription, Route } from './target-description.ts';

type Keys = ValueFault['keys'];

const bodies = ['json', 'text', 'html', 'form', 'file'] as const;

/** What is wrong in `http:` beyond its shape. @param folder That its files are relative to. */
export function checkHttp(keys: Keys, { routes = [] }: HttpDescription, folder: string): ValueFault[] {
  return routes.flatMap((route, index) => checkRoute([...keys, 'routes', index], route, folder));
}

function checkRoute(keys: Keys, route: Route, folder: string): ValueFault[] {
  const parts = ['query', 'headers', 'cookies', 'json', 'form', 'body'] as const;
  return [
    ...checkPath([...keys, 'path'], route.path),
    ...parts.flatMap((part) => checkPatterns([...keys, part], route[part] as Json | undefined)),
    ...checkCredentials(keys, route),
    ...checkAnswers([...keys, 'answer'], route.answer, folder),
  ];
}

function checkPath(keys: Keys, named: string | undefined): ValueFault[] {
  const early = named?.split('/').slice(0, -1).includes('**') === true;
  return early ? [faultAt(keys, '** is the rest of a path; expected it at the end, or * for one segment')] : [];
}

function checkCredentials(keys: Keys, route: Route): ValueFault[] {
  const [, second] = (['basic', 'bearer', 'digest'] as const).filter((kind) => route[kind] !== undefined);
  return second === undefined ? [] : [faultAt([...keys, second], 'a request has one kind of credentials; give one')];
}

function checkAnswers(keys: Keys, answers: Route['answer'], folder: string): ValueFault[] {
  if (Array.isArray(answers)) return answers.flatMap((each, index) => checkAnswer([...keys, index], each, folder));
  return answers === undefined ? [] : checkAnswer(keys, answers, folder);
}

function checkAnswer(keys: Keys, answer: number | Answer, folder: string): ValueFault[] {
  if (typeof answer === 'number') return [];
  const [, second] = bodies.filter((body) => answer[body] !== undefined);
  return [
    ...(second === undefined
      ? []
      : [faultAt([...keys, second], `an answer has one body; expected one of ${bodies.join(', ')}`)]),
    ...Object.entries(answer.headers ?? {}).flatMap(([name, value]) =>
      checkHeader([...keys, 'headers', name], name, value),
    ),
    ...checkDelay([...keys, 'delay'], answer.delay),
    ...checkFile([...keys, 'file'], answer.file, folder),
  ];
}

function checkHeader(keys: Keys, name: string, value: string | number | string[]): ValueFault[] {
  try {
    validateHeaderName(name);
    for (const each of [value].flat()) validateHeaderValue(name, String(each));
    return [];
  } catch (error) {
    return [
      faultAt(keys, `${(error as Error).message}; expected letters, digits and hyphens, and a value of one line`),
    ];
  }
}

/** A file may hold anything, so only whether it can be read is asked. */
function checkFile(keys: Keys, file: string | undefined, folder: string): ValueFault[] {
  if (file === undefined || file.includes('${')) return [];
  const read = tryReadText(path.resolve(folder, file), file);
  return 'fault' in read && /^E[A-Z]+:/.test(read.fault) ? [faultAt(keys, read.fault)] : [];
}
