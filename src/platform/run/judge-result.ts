import { plainValue } from '../conversion/plain-value.ts';
import type { Value } from '../values/value.ts';
import type { Outcome } from './run-outcome.ts';

/** What a mismatch of a check is called. Source: the contract, section 5. */
const mismatches: Record<string, string> = {
  checkpassword: 'PasswordMismatch',
  checksshkey: 'SshKeyMismatch',
  checkapikey: 'ApiKeyMismatch',
  checkfile: 'FileMismatch',
};

export interface Judged {
  outcome: Outcome | 'no value' | 'not boolean';
  taskStatus: string;
  value: Value;
}

/** What a returned value means; undefined is an operation that ended without `Return`. Source: specification f.2. */
export function judgeResult(operation: string, returned: Value | undefined): Judged {
  const plain = plainValue(returned ?? null);
  if (plain === null) return { outcome: 'no value', taskStatus: 'Success', value: null };
  const truth = typeof plain === 'boolean' ? plain : typeof plain === 'string' ? readBoolean(plain) : undefined;
  if (truth === undefined) return { outcome: 'not boolean', taskStatus: 'Failure', value: returned ?? null };
  if (truth) return { outcome: 'success', taskStatus: 'Success', value: true };
  const name = operation.toLowerCase();
  const mismatch = Object.hasOwn(mismatches, name) ? mismatches[name] : undefined;
  if (mismatch !== undefined) return { outcome: 'mismatch', taskStatus: mismatch, value: false };
  return { outcome: 'failure', taskStatus: 'Failure', value: false };
}

function readBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}
