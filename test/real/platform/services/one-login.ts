import type { WebAnswer, WebRequest } from '../start-web.ts';

/** Users and roles as OneLogin's API has them: what was changed of a role shows only some requests later. */
export class OneLogin {
  static readonly host = 'company.onelogin.test';
  readonly users = new Map([
    ['jane', { id: 7, username: 'jane', status: 2, state: 1 }],
    ['john', { id: 8, username: 'john', status: 1, state: 1 }],
  ]);
  readonly roles = new Map<string, Set<number>>([
    ['Operators', new Set()],
    ['Auditors', new Set()],
  ]);
  /** Requests for members that are still answered as before a change. */
  staleAnswers = 0;
  readonly #login: string;
  #token: string | undefined;
  #shown = new Set<number>();

  /** @param login `client:secret` */
  constructor(login: string) {
    this.#login = login;
  }

  get isLoggedIn(): boolean {
    return this.#token !== undefined;
  }

  readonly serve = (request: WebRequest): WebAnswer => {
    const { path, method } = request;
    if (path.startsWith('/auth/')) return this.#authenticate(request);
    if (this.#token === undefined || request.bearer !== this.#token) return { status: 401, json: { message: 'no' } };
    const [, , , kind, id, part] = path.split('/');
    if (kind === 'users' && method === 'GET')
      return { json: [...this.users.values()].filter(({ username }) => username === request.query.get('username')) };
    if (kind === 'users') return this.#update(Number(id), request);
    if (part === undefined)
      return { json: [...this.roles.keys()].filter((name) => name === request.query.get('name')).map(roleOf) };
    return this.#members(id ?? '', request);
  };

  #authenticate({ basic, path, text }: WebRequest): WebAnswer {
    if (basic !== this.#login) return { status: 401, json: { status: { error: true, message: 'wrong' } } };
    if (path.endsWith('/token')) {
      this.#token = 'access-Token1';
      return { json: { access_token: this.#token, token_type: 'bearer' } };
    }
    const isKnown = this.#token !== undefined && text.includes(this.#token);
    this.#token = undefined;
    return { json: { status: { error: !isKnown, code: 200, message: isKnown ? 'Success' : 'unknown token' } } };
  }

  #update(id: number, request: WebRequest): WebAnswer {
    const user = [...this.users.values()].find((each) => each.id === id);
    if (user === undefined) return { status: 404, json: {} };
    user.status = Number(request.json()['status']);
    return { json: user };
  }

  #members(id: string, request: WebRequest): WebAnswer {
    const name = id.replace('role-', '');
    const members = this.roles.get(name);
    if (members === undefined) return { status: 404, json: {} };
    if (request.method === 'GET') {
      const isStale = this.staleAnswers-- > 0;
      const shown = isStale ? this.#shown : members;
      const found = [...this.users.values()].filter(
        (user) => shown.has(user.id) && user.username === request.query.get('name'),
      );
      return { json: found };
    }
    this.#shown = new Set(members);
    this.staleAnswers = 2;
    const ids = JSON.parse(request.text) as number[];
    for (const each of ids)
      if (request.method === 'POST') members.add(each);
      else members.delete(each);
    return request.method === 'POST' ? { json: ids.map((each) => ({ id: each })) } : { status: 204 };
  }
}

function roleOf(name: string): unknown {
  return { id: `role-${name}`, name };
}
