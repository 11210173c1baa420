import type { View } from '../sps/policies/configuration.ts';
import { Draft } from '../sps/policies/draft.ts';
import { PolicyFault } from '../sps/policies/policy-fault.ts';
import type { Session } from './access/sessions.ts';
import type { AuthenticatedCall, RestState } from './call.ts';

/** What a session sees: its transaction, else what is committed. */
export function viewOf({ state, session }: AuthenticatedCall): View {
  return session.draft ?? state.store.configuration;
}

export function closeTransaction({ profile, onLock }: RestState, session: Session): void {
  if (session.draft === undefined) return;
  session.draft = undefined;
  if (profile.compat === 'classic') onLock(false);
}

/**
 * Stages a change in the session's transaction. Without one, `current` opens it, once the change has succeeded.
 * @throws PolicyFault NoTransaction, and what the change throws
 */
export function stage<T>({ state, session }: AuthenticatedCall, change: (draft: Draft) => T): T {
  if (session.draft !== undefined) return change(session.draft);
  requireTransaction(state, session);
  const draft = new Draft(state.store.configuration);
  const result = change(draft);
  session.draft = draft;
  return result;
}

/** @throws PolicyFault NoTransaction in `classic` */
export function requireTransaction({ profile }: RestState, session: Session): void {
  if (session.draft !== undefined || profile.compat === 'current') return;
  throw new PolicyFault('NoTransaction', 'There is no open transaction');
}
