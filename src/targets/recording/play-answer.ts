import { substitute, type Values } from '../description/substitute.ts';
import type { Answer } from '../description/target-description.ts';
import { composeAnswer } from '../http/compose-answer.ts';
import type { RecordedAnswer } from './recorded-exchange.ts';

/** What a client gets of an answer that is described. */
export function playAnswer(answer: Answer, values: Values): RecordedAnswer {
  const { status, headers, body } = composeAnswer(substitute(answer, values), '.');
  return {
    status,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, each]),
    ),
    body: Buffer.from(body),
  };
}
