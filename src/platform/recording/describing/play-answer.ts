import { substitute, type Values } from '../../../targets/description/substitute.ts';
import type { Answer } from '../../../targets/description/target-description.ts';
import { composeAnswer } from '../../../targets/http/compose-answer.ts';
import type { HttpAnswer } from '../../network/network.ts';

/** What a client gets of an answer that is described. */
export function playAnswer(answer: Answer, values: Values): HttpAnswer {
  const { status, headers, body } = composeAnswer(substitute(answer, values), '.');
  return {
    status,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, each]),
    ),
    body: Buffer.from(body),
  };
}
