import type { WebAnswer, WebRequest } from '../start-web.ts';

/** The made-up service that the vendor's templates describe: Basic, session token, bearer token or key, whatever comes. */
export class RestService {
  static readonly host = 'rest.test';
  readonly passwords = new Map([
    ['svc', 'svc-Pass1'],
    ['jane', 'jane-Pass1'],
  ]);
  readonly admins = new Set<string>();
  key = 'old-ApiKey1';
  /** Users are listed in pages of two. */
  readonly listed = ['jane', 'svc_job', 'john', 'root', 'mary'];

  readonly serve = (request: WebRequest): WebAnswer => {
    const { path } = request;
    if (path === '/api/session/login') {
      const { username, password } = request.json();
      const isRight = typeof username === 'string' && this.passwords.get(username) === password;
      return isRight ? { json: { sessionToken: 'session-Token1' } } : { status: 401 };
    }
    const user = this.#userOf(request);
    if (user === undefined) return { status: 401, json: {} };
    if (path.endsWith('/health') || path === '/api/users/me') return { json: { ok: true } };
    if (path === '/api/users') return this.#list(request);
    return { status: 404, json: {} };
  };

  #userOf(request: WebRequest): string | undefined {
    const [name = '', password] = request.basic.split(':');
    if (request.basic !== '' && this.passwords.get(name) === password) return name;
    if (request.header('x-api-key') === this.key) return 'jane';
    const token = request.header('x-session-token') === '' ? request.bearer : request.header('x-session-token');
    return token === 'session-Token1' ? 'svc' : undefined;
  }

  #list({ query }: WebRequest): WebAnswer {
    const start = query.has('offset') ? Number(query.get('offset')) / 50 : Number(query.get('pageToken') ?? 0);
    const items = this.listed
      .slice(start, start + 2)
      .map((userName) => ({ userName, isSystem: userName === 'root', status: 'active', id: userName }));
    const hasMore = start + 2 < this.listed.length;
    return { json: { items, hasMore, nextPageToken: hasMore ? String(start + 2) : null } };
  }
}
