import { isJsonObject, type Json, showJson } from '../../base/json.ts';
import type { Hook, Verdict } from '../plugin/find-hook.ts';
import type { Meaning } from './outcome.ts';

/** What SPS would do next, in one sentence; the table of hooks has it, a verdict adds to it. */
export function describeNextStep(hook: Hook, meaning: Meaning, verdict: Verdict | null): string {
  if (meaning.kind !== 'returned') return hook.next.failed;
  return verdict === null ? describeFetched(hook, meaning.value) : describeVerdict(hook, verdict, meaning.value);
}

function describeVerdict({ name, resultKeys, next }: Hook, verdict: Verdict, value: Json): string {
  const result = isJsonObject(value) ? value : {};
  switch (verdict) {
    case 'ACCEPT':
      return resultKeys.includes('gateway_user')
        ? `${describeUser(result['gateway_user'])} ${next.returned}`
        : next.returned;
    case 'NONE':
      return `The session goes on without gateway authentication by this plugin. ${next.returned}`;
    case 'DENY': {
      const { reason } = result;
      const shown =
        typeof reason === 'string' ? `the user is shown ${JSON.stringify(reason)}` : 'the user is given no reason';
      return `The session ends, ${shown}; session_ended is still called.`;
    }
    case 'NEEDINFO': {
      const [key, prompt, disableEcho] = Array.isArray(result['question']) ? result['question'] : [];
      const echo = disableEcho === true ? ' (echo off)' : '';
      return `The user is asked ${JSON.stringify(prompt)}${echo}; then ${name} is called again with the answer in key_value_pairs.${showJson(key)}.`;
    }
  }
}

function describeUser(user: Json | undefined): string {
  return typeof user === 'string' ? `The user is ${user} from now on.` : 'The gateway user stays as SPS had it.';
}

function describeFetched({ fetches, next }: Hook, value: Json): string {
  if (fetches === undefined || next.found === undefined) return next.returned;
  const { kind, isEmptyMeant } = fetches;
  const { [kind.key]: list } = isJsonObject(value) ? value : {};
  const count = Array.isArray(list) ? list.length : 0;
  const isFound = count > 0 || (isEmptyMeant && list !== undefined);
  return isFound ? next.found.replace('#', plural(count, kind.noun)) : next.returned;
}

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
