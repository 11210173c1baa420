import { isJsonObject, type Json, type JsonObject } from '../base/json.ts';
import { managementId } from '../sps/policies/bodies/collection-rules.ts';
import { commitDraft } from '../sps/policies/commit-draft.ts';
import { Draft } from '../sps/policies/draft.ts';
import { findCommitWarnings } from '../sps/policies/find-commit-warnings.ts';
import { PolicyFault } from '../sps/policies/policy-fault.ts';
import type { Session } from './access/sessions.ts';
import type { Answer, AuthenticatedCall, RestState } from './call.ts';
import { readAnyJson, syntactic } from './read-json-body.ts';
import { closeTransaction, requireTransaction, viewOf } from './stage.ts';

const href = '/api/transaction';
const meta = { href, parent: '/api' };
const maxMessageLength = 4096;

export function showTransaction(call: AuthenticatedCall): Answer {
  const { draft } = call.session;
  const status = draft === undefined ? 'closed' : 'open';
  const accounting = viewOf(call).collection(managementId).get('accounting');
  const isRequired = accounting?.body['require_commitlog'] === true;
  return {
    body: {
      key: 'transaction',
      body: { status, commit_message: isRequired ? 'required' : 'optional' },
      transaction: { status },
      meta: { ...meta, ...(draft !== undefined && draft.log.length > 0 ? { changes: `${href}/changes` } : {}) },
    },
    isBare: draft === undefined,
  };
}

/** Opening again changes nothing. @throws PolicyFault ConfigurationLocked */
export function openTransaction(call: AuthenticatedCall): Answer {
  const { state, session } = call;
  if (session.draft === undefined) {
    refuseLocked(state, session);
    open(state, session);
  }
  return showTransaction(call);
}

/** In `classic` one transaction locks the whole configuration. */
function refuseLocked({ profile, sessions }: RestState, session: Session): void {
  if (profile.compat === 'current') return;
  const holder = sessions.findHolder();
  if (holder === undefined || holder === session) return;
  throw new PolicyFault('ConfigurationLocked', 'The configuration is locked by another session', {
    user: holder.account.name,
    remaining_seconds: sessions.remainingSeconds(holder),
  });
}

function open({ store, profile, onLock }: RestState, session: Session): void {
  session.draft = new Draft(store.configuration);
  if (profile.compat === 'classic') onLock(true);
}

/** @throws PolicyFault NoTransaction, SyntacticError, SemanticError, Conflict; then the transaction stays open */
export function commitTransaction(call: AuthenticatedCall): Answer {
  const { state, session } = call;
  requireTransaction(state, session);
  const given = readAnyJson(call.requestBody) ?? {};
  const { draft } = session;
  const message = readMessage(given) ?? draft?.commitMessage ?? '';
  if (draft !== undefined) {
    const accounting = draft.collection(managementId).get('accounting');
    if (accounting?.body['require_commitlog'] === true && message === '') {
      throw new PolicyFault('SemanticError', 'A commit message is required');
    }
    draft.commitMessage = message; // for another attempt, when this one is refused
    commit(state, session, draft, message);
    closeTransaction(state, session);
  }
  return showTransaction(call);
}

/** Commits a draft; it is on disk afterwards. @throws PolicyFault Conflict, SemanticError */
export function commit(state: RestState, session: Session, draft: Draft, message: string): void {
  const { store, changes } = state;
  for (const { code, message: text, path } of findCommitWarnings(draft, changes.knownNames))
    changes.warn(code, text, path);
  store.commit((latest) => commitDraft(draft, latest), draft.packages, {
    user: session.account.name,
    time: new Date(changes.nowMs()).toISOString(),
    message,
    changes: draft.log,
  });
}

function readMessage(given: Json): string | undefined {
  if (!isJsonObject(given)) throw syntactic('The body is not a JSON object');
  const { status, message, commit_message: commitMessage } = given;
  if (status !== undefined && status !== 'commit') throw syntactic('expected commit', 'status');
  for (const [name, value] of Object.entries({ message, commit_message: commitMessage })) {
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') throw syntactic('expected a text', name);
    if (value.length > maxMessageLength) throw syntactic(`has more than ${maxMessageLength} characters`, name);
  }
  const text = message ?? commitMessage;
  return typeof text === 'string' ? text : undefined;
}

export function rollBack({ state, session }: AuthenticatedCall): Answer {
  closeTransaction(state, session);
  return { body: { meta }, isBare: true };
}

export function showChanges({ session }: AuthenticatedCall): Answer {
  const changes = (session.draft?.log ?? []) as unknown as Json;
  const body: JsonObject = { changes, meta: { href: `${href}/changes`, parent: href, transaction: href } };
  return { body };
}
