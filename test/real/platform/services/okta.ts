import type { WebAnswer, WebRequest } from '../start-web.ts';

/** Users, groups and passwords as Okta's API has them: lists come in pages, of which the second `Link` line names the next. */
export class Okta {
  static readonly host = 'company.okta.test';
  readonly passwords = new Map<string, string>();
  readonly groups = new Map<string, Set<string>>([
    ['Admins', new Set(['admin@company.test'])],
    ['Backup', new Set()],
  ]);
  readonly #token: string;

  constructor(token: string, count: number) {
    this.#token = token;
    this.passwords.set('admin@company.test', 'admin-Pass1');
    for (let at = 1; at < count; at++) this.passwords.set(`user${at}@company.test`, `user${at}-Pass`);
  }

  readonly serve = (request: WebRequest): WebAnswer => {
    const [, , , kind, id, part, member] = request.path.split('/');
    if (kind === 'authn') return this.#authenticate(request);
    if (request.header('authorization') !== `SSWS ${this.#token}`) return error(401, 'Invalid token provided');
    if (kind === 'users' && id === undefined) return this.#list(request);
    if (kind === 'users' && part === 'groups') return { json: this.#groupsOf(this.#loginOf(id)) };
    if (kind === 'users') return this.#user(request, this.#loginOf(id));
    if (kind === 'groups' && id === undefined) return { json: this.#findGroups(request.query.get('q') ?? '') };
    if (kind === 'groups' && part === 'users') return this.#change(request.method, id ?? '', this.#loginOf(member));
    return error(404, 'Not found');
  };

  #authenticate(request: WebRequest): WebAnswer {
    const { username, password } = request.json();
    if (typeof username !== 'string' || this.passwords.get(username) !== password)
      return error(401, 'Authentication failed');
    return { json: { status: 'SUCCESS', sessionToken: 'session-Token1' } };
  }

  #list({ query }: WebRequest): WebAnswer {
    const all = [...this.passwords.keys()].map((login) => this.#userOf(login));
    const search = query.get('search') ?? '';
    const wanted = /"([^"]*)"/.exec(search)?.[1] ?? '';
    const found = all.filter(({ profile }) => profile.login.startsWith(wanted));
    const limit = Number(query.get('limit'));
    const start = Number(query.get('after') ?? 0);
    const page = (after: number): string =>
      `<https://${Okta.host}/api/v1/users?after=${after}&limit=${limit}&search=${encodeURIComponent(search)}>`;
    const next = start + limit;
    const headers: [string, string][] = [['Link', `${page(start)}; rel="self"`]];
    if (next < found.length) headers.push(['Link', `${page(next)}; rel="next"`]);
    return { headers, json: found.slice(start, next) };
  }

  #user(request: WebRequest, login: string): WebAnswer {
    if (!this.passwords.has(login)) return error(404, 'Resource not found');
    if (request.method !== 'POST') return { json: this.#userOf(login) };
    const { credentials } = request.json() as { credentials: { password: string } };
    if (credentials.password.length < 8) return error(400, 'Password requirements were not met');
    this.passwords.set(login, credentials.password);
    return { json: this.#userOf(login) };
  }

  #change(method: string, id: string, login: string): WebAnswer {
    const members = this.groups.get(id.replace(/^group-/, ''));
    if (members === undefined) return error(404, 'Resource not found');
    if (method === 'PUT') members.add(login);
    else members.delete(login);
    return { status: 204 };
  }

  #groupsOf(login: string): unknown[] {
    return [...this.groups].filter(([, members]) => members.has(login)).map(([name]) => groupOf(name));
  }

  #findGroups(start: string): unknown[] {
    return [...this.groups.keys()].filter((name) => name.startsWith(start)).map(groupOf);
  }

  #loginOf(id = ''): string {
    return id.replace(/^id-/, '');
  }

  #userOf(login: string): { id: string; profile: { login: string } } {
    return { id: `id-${login}`, profile: { login } };
  }
}

function groupOf(name: string): unknown {
  return { id: `group-${name}`, profile: { name } };
}

function error(status: number, summary: string): WebAnswer {
  return { status, json: { errorSummary: summary } };
}
