import { pluginTypes } from '../sps/policies/bodies/collection-rules.ts';
import { hrefOf } from '../sps/policies/change-entry.ts';
import { Draft } from '../sps/policies/draft.ts';
import { inspectUpload } from '../sps/policies/packages/inspect-upload.ts';
import { showBody } from '../sps/policies/show-body.ts';
import { storePlugin, type UploadedPlugin } from '../sps/policies/store-plugin.ts';
import type { StoredObject } from '../sps/policies/stored-object.ts';
import type { Session } from './access/sessions.ts';
import type { Answer, AuthenticatedCall, RestState } from './call.ts';
import { commit } from './commit-transaction.ts';
import { requireTransaction } from './stage.ts';

/** @throws PolicyFault NoTransaction, InvalidPlugin, PluginNotSupported */
export async function uploadPlugin({ state, session, requestBody }: AuthenticatedCall): Promise<Answer> {
  requireTransaction(state, holderFor(state, session));
  const { compat, release } = state.profile;
  const types = compat === 'current' ? pluginTypes : ['aa', 'credentialstore'];
  // One at a time: that bounds the memory.
  const inspecting = state.uploads.last.then(() => inspectUpload(requestBody, { release, types }));
  state.uploads.last = inspecting.catch(() => undefined);
  const plugin = await inspecting;
  // The transaction may have ended meanwhile.
  const holder = holderFor(state, session);
  requireTransaction(state, holder);
  const id = `plugins/${plugin.type}`;
  const stored = storeIn(state, holder, plugin);
  state.sessions.renew(holder);
  for (const { code, message } of plugin.warnings) state.changes.warn(code, message, hrefOf(id, stored.key));
  return {
    body: {
      key: stored.key,
      body: showBody(id, stored, state.changes),
      meta: { href: hrefOf(id, stored.key), parent: hrefOf(id) },
    },
    isBare: true,
  };
}

/** Outside of a transaction, which `current` allows, it is committed at once. */
function storeIn(state: RestState, session: Session, plugin: UploadedPlugin): StoredObject {
  if (session.draft !== undefined) return storePlugin(session.draft, plugin, state.changes);
  const draft = new Draft(state.store.configuration);
  const stored = storePlugin(draft, plugin, state.changes);
  commit(state, session, draft, '');
  return stored;
}

/** A client may log in anew for each upload: it then belongs to the transaction that the same user has open. */
function holderFor({ profile, sessions }: RestState, session: Session): Session {
  if (session.draft !== undefined || profile.compat === 'current') return session;
  const holder = sessions.findHolder();
  return holder?.account.name === session.account.name ? holder : session;
}
