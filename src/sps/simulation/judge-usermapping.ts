import { warning } from '../../base/problem.ts';
import type { SessionStage } from '../flow/session-stage.ts';
import {
  decideUsermapping,
  groupsFor,
  type Usermapping,
  type UsermappingQuestion,
} from '../policies/decide-usermapping.ts';
import { gatewayUserOf } from '../session/gateway-user.ts';
import type { Simulation } from './simulation.ts';

export type JudgedUsermapping = NonNullable<Simulation['usermapping']>;

/** Asks the usermapping policy of a connection; a refusal is noted among the problems of the session. */
export function judgeUsermapping(stage: SessionStage, policy: Usermapping | null): JudgedUsermapping {
  const question = questionOf(stage, policy);
  const { entry, allowed } = decideUsermapping(question);
  if (allowed === false) stage.problems.push(describeRefusal(question));
  return toJudged(question, entry, allowed);
}

/** Of a session that ended before it was asked. */
export function undecidedUsermapping(stage: SessionStage, policy: Usermapping | null): JudgedUsermapping {
  return toJudged(questionOf(stage, policy), null, null);
}

function questionOf({ connection }: SessionStage, policy: Usermapping | null): UsermappingQuestion {
  const { server_username: user } = connection;
  return { policy, ...gatewayUserOf(connection), remoteUser: typeof user === 'string' ? user : null };
}

function toJudged(
  { policy, gatewayUser, gatewayGroups, remoteUser }: UsermappingQuestion,
  entry: number | null,
  allowed: boolean | null,
): JudgedUsermapping {
  const groups = gatewayGroups === null ? null : [...gatewayGroups];
  return { policy: policy?.name ?? null, gatewayUser, gatewayGroups: groups, remoteUser, entry, allowed };
}

function describeRefusal(question: UsermappingQuestion): ReturnType<typeof warning> {
  const { policy, gatewayUser, remoteUser } = question;
  const remote = `the remote user ${JSON.stringify(remoteUser)}`;
  const who = gatewayUser === null ? 'without a gateway user' : `for the gateway user ${JSON.stringify(gatewayUser)}`;
  const where = policy === null ? 'the connection has no usermapping policy' : `the usermapping policy ${policy.name}`;
  const groups = groupsFor(question);
  const need =
    groups.length > 0
      ? `it needs one of the groups ${groups.join(', ')}`
      : policy === null || policy.allowsOthers
        ? 'it needs the same name on both sides'
        : 'no entry of it is for this remote user';
  const reason = gatewayUser === null ? 'a usermapping policy needs a gateway user' : need;
  const hint = 'Change the mapping by the API, or let authenticate return gateway_user and gateway_groups that fit.';
  return warning('USERMAPPING_DENIED', `${remote} is refused ${who}: ${where}; ${reason}`, hint);
}
