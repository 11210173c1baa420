import { nearestName } from '../../base/nearest-name.ts';
import type { ValueFault } from '../../base/problem.ts';
import { renderKeys } from '../../documents/render-keys.ts';
import { checkRequests } from '../../targets/backends/check-backends.ts';
import { checkMatchers } from '../../testing/check-matchers.ts';
import type { Outcome } from '../outcome/outcome.ts';
import { hooksByType } from '../plugin/find-hook.ts';
import type { Expectation } from './test-file.ts';

const outcomes: Outcome['kind'][] = ['returned', 'raised', 'timed-out', 'crashed', 'malformed'];
const verdicts: string[] = [
  ...new Set(Object.values(hooksByType).flatMap((hooks) => hooks.flatMap((each) => each.verdicts))),
];

/** Where no mapping can be meant. */
const textNames = ['outcome', 'verdict', 'exception', 'message', 'log', 'problems'] as const;
const valueNames = ['value', 'cookie', 'sessionCookie'] as const;

/** What is wrong with an expectation of the right shape: matchers, and names that never occur. */
export function checkExpectation(expect: Expectation, keys: ValueFault['keys']): ValueFault[] {
  return [
    ...textNames.flatMap((name) => checkMatchers(expect[name] ?? null, [...keys, name], { mustMatch: true })),
    ...valueNames.flatMap((name) => checkMatchers(expect[name] ?? null, [...keys, name])),
    ...(expect.requests === undefined ? [] : checkRequests([...keys, 'requests'], expect.requests)),
    ...checkName(expect.outcome, outcomes, [...keys, 'outcome']),
    ...checkName(expect.verdict, verdicts, [...keys, 'verdict']),
  ];
}

function checkName(given: unknown, known: readonly string[], keys: ValueFault['keys']): ValueFault[] {
  if (typeof given !== 'string' || known.includes(given)) return [];
  const nearest = nearestName(given, known);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return [{ keys, message: `${renderKeys(keys)}: expected one of ${known.join(', ')}, got ${given}${hint}` }];
}
