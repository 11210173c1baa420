import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { SessionIndex } from '../sessions/session-index.ts';
import type { ReadSession } from '../sessions/step-cache.ts';

/** A session whose first call is under way has no step yet. @throws PluginHostError SESSION_NOT_FOUND, STORE_UNREADABLE, FORMAT_TOO_NEW */
export async function readSession(index: SessionIndex, name: string): Promise<ReadSession | undefined> {
  try {
    return await index.cache.read(name);
  } catch (error) {
    if (index.get(name)?.running !== undefined) return undefined;
    throw asNotFound(error, name);
  }
}

/** What cannot be a name is no session. */
export function asNotFound(error: unknown, name: string): unknown {
  if (!(error instanceof PluginHostError) || !['SESSION_NAME_INVALID', 'SESSION_NOT_FOUND'].includes(error.code))
    return error;
  const shown = /^[\w.-]{1,64}$/.test(name) ? name : 'this name';
  return new PluginHostError('SESSION_NOT_FOUND', `${shown}: no such session`, {
    hint: 'GET /v1/sessions lists them.',
  });
}

/** @throws PluginHostError STEP_NOT_FOUND */
export function requireStep<T>(found: T | undefined, name: string, n: string): T {
  if (found !== undefined) return found;
  throw new PluginHostError('STEP_NOT_FOUND', `${name} has no step ${/^\d{1,9}$/.test(n) ? n : 'of this number'}`, {
    hint: 'GET /v1/sessions/NAME/steps lists them.',
  });
}
