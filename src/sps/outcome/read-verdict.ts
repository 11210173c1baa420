import type { Json, JsonObject } from '../../base/json.ts';
import { nearestName } from '../../base/nearest-name.ts';
import { error, type Problem } from '../../base/problem.ts';
import type { Hook, Verdict } from '../plugin/find-hook.ts';

/** What the plugin wants to know from the user. Source: plugin guide 6.0.10; the third item is optional. */
export interface Question {
  /** The key of the answer in `key_value_pairs`. */
  key: string;
  /** Shown verbatim. */
  prompt: string;
  /** The answer is a secret. */
  disableEcho: boolean;
}

export type Judgement = { verdict: Verdict; question: Question | undefined } | { problem: Problem };

/**
 * Reads the verdict of authenticate or authorize.
 * Authenticate may return None or NONE for "no gateway authentication done"; authorize may not: this is undocumented, and counts as no verdict.
 */
export function readVerdict(hook: Hook, result: JsonObject | null): Judgement {
  const verdict = result?.['verdict'];
  const legal: readonly string[] = hook.verdicts;
  const hint = `Return {"verdict": …} with one of ${legal.join(', ')}.`;
  if (result === null && legal.includes('NONE')) return { verdict: 'NONE', question: undefined };
  if (verdict === undefined || (verdict === 'NONE' && !legal.includes('NONE'))) {
    const got = result === null ? 'None' : verdict === undefined ? 'no key verdict' : '"NONE"';
    return { problem: error('VERDICT_MISSING', `${hook.name}: returned ${got}; a verdict is needed`, hint) };
  }
  if (typeof verdict !== 'string' || !legal.includes(verdict)) {
    const nearest = typeof verdict === 'string' ? nearestName(verdict, legal) : undefined;
    const suggestion = nearest === undefined ? hint : `Did you mean ${nearest}? Case matters.`;
    return {
      problem: error(
        'VERDICT_UNKNOWN',
        `${hook.name}: verdict is ${JSON.stringify(verdict)}; expected ${legal.join(', ')}`,
        suggestion,
      ),
    };
  }
  if (verdict !== 'NEEDINFO') return { verdict: verdict as Verdict, question: undefined };
  const question = readQuestion(result?.['question']);
  if (typeof question === 'object') return { verdict, question };
  return {
    problem: error(
      'QUESTION_MALFORMED',
      `${hook.name}: NEEDINFO with ${question}`,
      'Return "question": (key, prompt) or (key, prompt, disable_echo): two strings and a boolean, the key first.',
    ),
  };
}

/** The question, or what is wrong with it. */
function readQuestion(question: Json | undefined): Question | string {
  if (question === undefined || question === null) return 'no question';
  if (!Array.isArray(question)) return 'a question that is not a tuple or list';
  if (question.length < 2 || question.length > 3) return `a question of ${question.length} items`;
  const [key, prompt, disableEcho = false] = question;
  if (typeof key !== 'string') return 'a question whose key is not a string';
  if (typeof prompt !== 'string') return 'a question whose prompt is not a string';
  if (typeof disableEcho !== 'boolean') return 'a question whose disable_echo is not a boolean';
  return { key, prompt, disableEcho };
}
