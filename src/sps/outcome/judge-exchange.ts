import { isJsonObject, type Json, parseExactJson } from '../../base/json.ts';
import { error, type Problem, warning } from '../../base/problem.ts';
import { withoutQuote } from '../../base/without-quote.ts';
import type { Limits } from '../../process/limits.ts';
import { adviseOnName } from '../check/advise-on-name.ts';
import { asyncHint } from '../check/check-code.ts';
import type { Ending, Exchange } from '../invocation/exchange.ts';
import type { Hook, Verdict } from '../plugin/find-hook.ts';
import { placeInPlugin } from '../plugin/place-in-plugin.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { checkCookies, checkKeys, nameType } from './check-cookies.ts';
import { at, checkConstruction, checkFailOpen } from './check-fail-open.ts';
import { checkLimits } from './check-limits.ts';
import { hintOnValue } from './hint-on-value.ts';
import type { Meaning } from './outcome.ts';
import { type Question, readVerdict } from './read-verdict.ts';

export interface Call {
  plugin: Plugin;
  hook: Hook;
  /** The session's protocol, which decides whether a question can be asked. */
  protocol: Json | undefined;
  pluginTimeoutMs: number;
  limits: Limits;
  /** A configuration text was given, and it is not empty. */
  hasConfiguration: boolean;
}

/** What an exchange meant: the outcome without what was merely observed, the verdict, and the cookies to keep. */
export interface Judged {
  meaning: Meaning;
  /** For a hook that decides; null otherwise. */
  verdict: Verdict | null;
  question: Question | undefined;
  /**
   * JSON texts of the cookies to keep, one that is absent as before the call. Undefined: the call failed, and changes nothing in its session,
   * not even by cookies that were given for it.
   */
  cookies: Partial<Record<string, string>> | undefined;
  problems: Problem[];
}

const failed = { verdict: null, question: undefined, cookies: undefined };
const ignored = { ...failed, cookies: {} };

/** @param judged The result of `judgeEnding`, when it is known already */
export function judgeExchange(exchange: Exchange, call: Call, judged = judgeEnding(exchange.ending, call)): Judged {
  const { doubts, ending, phase } = exchange;
  const problems = [
    ...judged.problems.map((problem) => place(problem, exchange, call)),
    ...checkFailOpen(doubts, call, judged.meaning),
    ...checkConstruction(doubts, call, ending.kind === 'raised' && phase === 'constructor'),
    ...checkConduct(exchange, call, judged.meaning),
    ...checkLimits(exchange, call),
  ];
  return { ...judged, problems };
}

/** Where a hook is defined that returned nothing, or that cannot be called. */
function place(problem: Problem, { doubts }: Exchange, { plugin }: Call): Problem {
  const isOfHook = problem.code === 'VERDICT_MISSING' || problem.code === 'HOOK_IS_ASYNC';
  return isOfHook ? at(problem, placeInPlugin(plugin, doubts.place)) : problem;
}

/** What the reply, or its absence, means: everything that does not depend on what else the child did. */
export function judgeEnding(ending: Ending, call: Call): Judged {
  const { hook, pluginTimeoutMs } = call;
  switch (ending.kind) {
    case 'returned':
      try {
        return judgeResult(parseExactJson(ending.text), ending.text, ending.cookies, call);
      } catch (cause) {
        if (!(cause instanceof SyntaxError || cause instanceof RangeError)) throw cause;
        // The plugin wrote it past the shim, or nested it too deeply to read.
        const hint = 'Return less deeply nested values; do not write to the descriptors of the host.';
        return malformed(
          error('RESULT_NOT_JSON', `${hook.name}: the reply cannot be read: ${withoutQuote(cause.message)}`, hint),
          ending.text,
        );
      }
    case 'not-json': {
      const problem =
        ending.isAwaitable === true
          ? error(
              'HOOK_IS_ASYNC',
              `${hook.name} is \`async def\`, or returns something that must be awaited, and nobody awaits it`,
              asyncHint,
            )
          : error(
              'RESULT_NOT_JSON',
              `${hook.name}: the result cannot be written as JSON: ${ending.problem}`,
              hintOnValue(ending.problem),
            );
      // The appliance does not look at what session_ended returns. Source: credential store guide 6.9.5.
      if (hook.isResultIgnored) {
        return { ...ignored, meaning: { kind: 'returned', value: null }, problems: [{ ...problem, level: 'warning' }] };
      }
      return malformed(problem, ending.reply);
    }
    case 'reply-too-large':
      return malformed(
        error(
          'REPLY_TOO_LARGE',
          `${hook.name}: the result is longer than ${ending.limitBytes / 1024 / 1024} MiB`,
          'Return less; a short cookie is enough for what the next call needs.',
        ),
        ending.reply,
      );
    case 'raised':
      return { ...failed, meaning: ending, problems: checkInput(ending, hook) };
    case 'timed-out':
      return { ...failed, meaning: { ...ending, pluginTimeoutMs }, problems: [] };
    case 'exited': {
      const { exitCode = null, signal = null, isNeverSettled, stack } = ending;
      const problems = isNeverSettled
        ? [
            error(
              'NEVER_SETTLED',
              `${hook.name}: the promise never settled and nothing was left to wait for`,
              'Make every path resolve or reject.',
            ),
          ]
        : [];
      return { ...failed, meaning: { kind: 'crashed', exitCode, signal, ...(stack && { stack }) }, problems };
    }
  }
}

/** `input()` and `breakpoint()` meet the end of an empty standard input. */
function checkInput({ exception, message }: Extract<Ending, { kind: 'raised' }>, { name }: Hook): Problem[] {
  const isRead =
    (exception === 'bdb.BdbQuit' && message === '') ||
    (exception === 'EOFError' && message === 'EOF when reading a line');
  if (!isRead) return [];
  const what = `${name}: standard input is empty, as on the appliance; input() and breakpoint() find nothing there`;
  return [
    warning('INPUT_EMPTY', what, `To look inside: \`plugin-host invoke ${name} --pdb\`, or --debug with an editor.`),
  ];
}

function malformed(problem: Problem, reply: string): Judged {
  return { ...failed, meaning: { kind: 'malformed', problem: problem.message, reply }, problems: [problem] };
}

function judgeResult(value: Json, text: string, cookies: Partial<Record<string, string>>, call: Call): Judged {
  const { hook, plugin, protocol } = call;
  const meaning: Meaning = { kind: 'returned', value };
  if (value !== null && !isJsonObject(value)) {
    const problem = error(
      'RESULT_NOT_A_MAPPING',
      `${hook.name}: returned ${nameType(value)}; expected a mapping or None`,
      'Return a dict or None.',
    );
    if (hook.isResultIgnored) return { ...ignored, meaning, problems: [{ ...problem, level: 'warning' }] };
    return malformed(problem, text);
  }
  if (hook.isResultIgnored) return { ...ignored, meaning, problems: [] };

  const judgement = hook.verdicts.length === 0 ? undefined : readVerdict(hook, value);
  const problems = [
    ...(judgement !== undefined && 'problem' in judgement ? [judgement.problem] : []),
    ...checkCookies(value),
    ...(value === null ? [] : checkKeys(hook, value, { protocol, api: plugin.api })),
  ];
  const wrong = problems.find(({ level }) => level === 'error');
  if (wrong !== undefined) return { ...malformed(wrong, text), problems };
  const { verdict, question } =
    judgement !== undefined && 'verdict' in judgement ? judgement : { verdict: null, question: undefined };
  // None keeps the old cookie: undocumented, and checkCookies warns.
  const kept = Object.fromEntries(Object.entries(cookies).filter(([, cookie]) => cookie !== 'null'));
  return { meaning, verdict, question, cookies: kept, problems };
}

function checkConduct({ unknownArguments, left }: Exchange, { hook, plugin }: Call, { kind }: Meaning): Problem[] {
  const unknown = unknownArguments.map((name) => {
    const since = hook.arguments.find((each) => each.name === name)?.since;
    const passed = hook.arguments.map((each) => each.name);
    return warning(
      'HOOK_UNKNOWN_ARGUMENT',
      `${hook.name} declares ${name}, which SPS ${since === undefined ? 'does not pass to it' : `passes only since API ${since}`}; it got None`,
      since === undefined
        ? adviseOnName(name, passed, plugin.type)
        : `\`plugin-host hooks ${plugin.type}\` lists the arguments.`,
    );
  });
  if (left.length === 0 || (kind !== 'returned' && kind !== 'raised')) return unknown;
  return [
    ...unknown,
    warning(
      'LEFT_RUNNING',
      `still running after the reply and ended by the host: ${left.join(', ')}`,
      'On the appliance the plugin exits right after its reply; do not rely on anything that runs after it.',
    ),
  ];
}
