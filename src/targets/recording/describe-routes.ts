import { substitute, type Values } from '../description/substitute.ts';
import type { Answer, Route } from '../description/target-description.ts';
import type { ReceivedRequest } from '../http/http-request.ts';
import { HttpTarget } from '../http/http-target.ts';
import { TargetRecords } from '../matching/target-records.ts';
import { playAnswer } from './play-answer.ts';

/** A request with its answer, as a route describes both. */
export interface Exchange {
  match: Route;
  answer: Answer;
  /** As it comes when stand-ins are in the place of secrets. */
  received: ReceivedRequest;
  /** Whether the answer is the challenge that the next exchange answers. */
  isChallenge: boolean;
}

/**
 * Routes that answer the requests as they were answered, in the order in which they come: equal ones are one route. Where a route would answer
 * what another one should, the one that asks for more comes first; if that does not do either, each answers once, in order.
 */
export function describeRoutes(exchanges: readonly Exchange[], values: Values): Route[] {
  const told = exchanges.filter(({ isChallenge }) => !isChallenge);
  const grouped = group(told);
  const sorted = grouped.toSorted((one, other) => weightOf(other) - weightOf(one));
  const found = [grouped, sorted].find((routes) => answersAll(routes, exchanges, values));
  return found ?? told.map(({ match, answer }) => ({ ...match, times: 1, answer: shorten(answer) }));
}

function group(exchanges: readonly Exchange[]): Route[] {
  const groups = new Map<string, { match: Route; answers: Answer[] }>();
  for (const { match, answer } of exchanges) {
    const key = JSON.stringify(match);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { match, answers: [answer] });
    else known.answers.push(answer);
  }
  return Array.from(groups.values(), ({ match, answers }) => ({ ...match, answer: joinAnswers(answers) }));
}

/** The last one stays anyway. */
function joinAnswers(answers: readonly Answer[]): Exclude<Route['answer'], undefined> {
  const kept = [...answers];
  while (kept.length > 1 && JSON.stringify(kept.at(-1)) === JSON.stringify(kept.at(-2))) kept.pop();
  const [only = {}, ...others] = kept.map(shorten);
  return others.length === 0 ? only : [only, ...others];
}

/** A status alone says it all. */
function shorten(answer: Answer): number | Answer {
  const [only, ...others] = Object.keys(answer);
  if (only === undefined) return 200;
  return only === 'status' && others.length === 0 ? (answer.status ?? 200) : answer;
}

/** How much a route asks for. */
function weightOf({ answer: _, ...match }: Route): number {
  return JSON.stringify(match).length;
}

function answersAll(routes: readonly Route[], exchanges: readonly Exchange[], values: Values): boolean {
  const records = new TargetRecords();
  const target = new HttpTarget({ routes: substitute([...routes], values) }, '.', records);
  return exchanges.every(({ answer, received, isChallenge, match }) => {
    const reply = target.answer(received);
    // The nonce is another one each time, so a right digest cannot be shown here.
    if (isChallenge || match.digest !== undefined) return true;
    if (reply.abort !== answer.abort || reply.status !== playAnswer(answer, values).status) return false;
    return Buffer.compare(reply.body, playAnswer(answer, values).body) === 0;
  });
}
