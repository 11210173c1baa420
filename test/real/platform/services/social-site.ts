import type { WebAnswer, WebRequest } from '../start-web.ts';

interface Account {
  password: string;
  /** Where a login ends up instead of the first page. */
  detour?: string;
}

/** The accounts of a site of forms, and who is logged in, by a cookie. */
export abstract class SocialSite {
  readonly accounts: Map<string, Account>;
  readonly #sessions = new Map<string, string>();
  #count = 0;

  constructor(accounts: Readonly<Record<string, Account>>) {
    this.accounts = new Map(Object.entries(accounts));
  }

  abstract readonly serve: (request: WebRequest) => WebAnswer;

  protected logIn(user: string, location: string): WebAnswer {
    this.#count += 1;
    const session = `session-${this.#count}`;
    this.#sessions.set(session, user);
    return redirect(location, [['Set-Cookie', `auth=${session}; Path=/; Secure; HttpOnly; SameSite=Lax`]]);
  }

  protected logOut(request: WebRequest): void {
    this.#sessions.delete(request.cookie('auth') ?? '');
  }

  protected userOf(request: WebRequest): string | undefined {
    return this.#sessions.get(request.cookie('auth') ?? '');
  }

  get sessions(): number {
    return this.#sessions.size;
  }
}

export function redirect(location: string, headers: readonly (readonly [string, string])[] = []): WebAnswer {
  return { status: 302, headers: [['Location', location], ...headers] };
}

/** Guards each form with a token of its own. */
export const guard = '<input type="hidden" name="authenticity_token" value="form-Token1 &amp; more">';
export function isGuarded(request: WebRequest): boolean {
  return request.form().get('authenticity_token') === 'form-Token1 & more';
}

/** A page as browsers forgive it. */
export function page(body: string): WebAnswer {
  return { html: `<!doctype html><html><body><p>Hello<br>${body}</body></html>` };
}
