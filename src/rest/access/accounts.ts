import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { hasHash, hashPassword } from './hash-password.ts';

export interface Privilege {
  /** It covers this path and all below. */
  path: string;
  /** `read` is GET, `write` everything. */
  access: 'read' | 'write';
}

/** Somebody who may log in. */
export interface Account {
  name: string;
  privileges: readonly Privilege[];
}

export type StoredAccount = Account & { passwordHash: string };

/** The users of a server and their passwords. */
export class Accounts {
  readonly #accounts: ReadonlyMap<string, StoredAccount>;
  /** Keys the marks of passwords that were right before. */
  readonly #secret = randomBytes(32);
  readonly #marks = new Map<string, Buffer>();
  /** Compared with when there is no such user, so that both take as long. */
  #nobody: string | undefined;

  constructor(accounts: readonly StoredAccount[]) {
    this.#accounts = new Map(accounts.map((account) => [account.name, account]));
  }

  /** The user, when the password is right. A password that was right before is recognised without the slow comparison. */
  async verify(name: string, password: string): Promise<Account | undefined> {
    const account = this.#accounts.get(name);
    const mark = createHmac('sha256', this.#secret).update(password).digest();
    const known = this.#marks.get(name);
    if (account !== undefined && known !== undefined && timingSafeEqual(mark, known)) return account;
    const stored = account?.passwordHash ?? (this.#nobody ??= await hashPassword(randomBytes(16).toString('hex')));
    const isRight = await hasHash(password, stored);
    if (account === undefined || !isRight) return undefined;
    this.#marks.set(name, mark);
    return account;
  }
}

export function mayUse({ privileges }: Account, path: string, isRead: boolean): boolean {
  return privileges.some(
    (privilege) =>
      (isRead || privilege.access === 'write') && (path === privilege.path || path.startsWith(`${privilege.path}/`)),
  );
}

export function mayWriteSomething({ privileges }: Account): boolean {
  return privileges.some(({ access }) => access === 'write');
}
