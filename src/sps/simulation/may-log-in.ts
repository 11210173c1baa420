import { error } from '../../base/problem.ts';
import type { SessionStage } from '../flow/session-stage.ts';

/** A different name on the target than at the gateway needs a policy. Source: administration guide 5 F3. */
export function mayLogIn(stage: SessionStage, hasPolicy: boolean): boolean {
  const { gateway_user: gatewayUser, server_username: serverUser } = stage.connection;
  const isSame = typeof gatewayUser !== 'string' || typeof serverUser !== 'string' || gatewayUser === serverUser;
  if (hasPolicy || isSame) return true;
  stage.problems.push(
    error(
      'USERMAPPING_MISSING',
      'the gateway user and the user on the target differ, and the connection has no usermapping policy',
      'Log in under the same name, or leave out `usermapping: false`.',
    ),
  );
  return false;
}
