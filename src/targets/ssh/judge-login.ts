import type { SshDescription } from '../description/target-description.ts';

/** What a client offers to log in. */
export interface LoginAttempt {
  user: string;
  method: string;
  password?: string;
  /** Of a public key, base64 as in authorized_keys. */
  key?: string;
}

type LoginMethod = 'publickey' | 'password' | 'keyboard-interactive';

/** Accepted, or what may be tried else. */
export type Verdict = 'accepted' | LoginMethod[];

/** Whether a target takes what a client offers. Without users, it takes anyone, even without a password. */
export function judgeLogin(users: SshDescription['users'], attempt: LoginAttempt): Verdict {
  if (users === undefined) return 'accepted';
  if (!Object.hasOwn(users, attempt.user)) return ['publickey', 'password', 'keyboard-interactive'];
  // An empty user is null in YAML.
  const user = users[attempt.user] ?? {};
  const { password, keys } = user;
  if (password === undefined && keys === undefined) return 'accepted';
  if (attempt.key !== undefined && keys?.some((key) => blobOf(key) === attempt.key) === true) return 'accepted';
  if (attempt.password !== undefined && attempt.password === password) return 'accepted';
  return [
    ...(keys === undefined ? [] : (['publickey'] as const)),
    ...(password === undefined ? [] : (['password', 'keyboard-interactive'] as const)),
  ];
}

/** The second word of a line of authorized_keys, options in front aside. */
function blobOf(key: string): string | undefined {
  return /(?:^|\s)(?:ssh|ecdsa|sk)-\S+\s+(\S+)/.exec(key)?.[1];
}
