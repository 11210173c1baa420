import { nearestName } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { error, type Problem, warning } from '../../base/problem.ts';
import type { CallResult } from '../call/call-hook.ts';
import { askingProtocols } from '../outcome/check-cookies.ts';
import { withGatewayUser } from '../session/gateway-user.ts';
import type { Ending } from './ending.ts';
import type { SessionStage } from './session-stage.ts';
import type { User } from './user.ts';

/** The vendor documents no limit; a plugin that always asks must be stopped somewhere. */
const maximumRounds = 20;

/**
 * Calls authenticate or authorize, again for every answer, until it decides. Undefined: the session goes on.
 * Source: plugin guides 6.0.9 and 6.0.10 (verdicts, questions), administration guide 6.0.2 (protocols that can ask).
 */
export async function passHook(
  stage: SessionStage,
  hook: 'authenticate' | 'authorize',
  user: User,
): Promise<Ending | undefined> {
  for (let round = 1; ; round += 1) {
    const result = await callOrAccept(stage, hook);
    if (result === undefined) return undefined;
    const ending = stage.endingOf(result);
    if (ending !== undefined) return ending;
    const { question, record } = result;
    if (record.verdict === 'DENY') return 'denied';
    if (question === undefined) {
      stage.connection = withGatewayUser(stage.connection, record);
      return undefined;
    }
    const obstacle = findObstacle(stage, hook, round);
    if (obstacle !== undefined) {
      stage.problems.push(obstacle);
      return 'plugin-error';
    }
    const answer = await user.answer(question);
    if (typeof answer !== 'string') {
      if (answer === undefined) stage.problems.push(missingAnswer(question.key, user.unasked?.() ?? []));
      return 'user-left';
    }
    stage.noteAnswer(answer);
    stage.addAnswers({ [question.key]: answer });
  }
}

/** A plugin without authorize accepts. Source: ours, since the vendor's base class always has it. */
async function callOrAccept(stage: SessionStage, hook: string): Promise<CallResult | undefined> {
  try {
    return await stage.call('aa', hook);
  } catch (failure) {
    if (hook !== 'authorize' || !(failure instanceof PluginHostError) || failure.code !== 'HOOK_MISSING') throw failure;
    stage.problems.push(warning('HOOK_MISSING', failure.message, 'It counts as ACCEPT; define it.'));
    return undefined;
  }
}

function findObstacle({ protocol }: SessionStage, hook: string, round: number): Problem | undefined {
  if (!askingProtocols.includes(protocol)) {
    return error(
      'QUESTION_IMPOSSIBLE',
      `${hook} asks a question, and SPS cannot ask the user in ${protocol}`,
      'Decide without a question in this protocol; the answer can come with the login name.',
    );
  }
  if (round <= maximumRounds) return undefined;
  return error(
    'TOO_MANY_QUESTIONS',
    `${hook} asked for the ${round}st time; the session is ended`,
    'Count the tries in the cookie and deny after a few.',
  );
}

function missingAnswer(key: string, unasked: readonly string[]): Problem {
  const given = nearestName(key, unasked);
  return error(
    'ANSWER_MISSING',
    `there is no answer to the question ${JSON.stringify(key)}${given === undefined ? '' : `; ${given} was given. Did you mean ${key}?`}`,
    `Write \`answers: {${key}: …}\` into the scenario, give --answer ${key}=…, pipe it to --answers -, or run it in a terminal.`,
  );
}
