import type { WebAnswer, WebRequest } from '../start-web.ts';

/** WordPress with Basic authentication: everybody may read, administrators may change. */
export class WordPress {
  static readonly host = 'blog.test';
  readonly passwords = new Map([
    ['admin', 'admin-Pass1'],
    ['editor', 'editor-Pass1'],
    ['writer', 'writer-Pass1'],
  ]);

  readonly serve = (request: WebRequest): WebAnswer => {
    const [user = '', password] = request.basic.split(':');
    if (!this.passwords.has(user)) return error(401, 'invalid_username');
    if (this.passwords.get(user) !== password) return error(401, 'incorrect_password');
    const [, , , , kind, id] = request.path.split('/');
    if (kind === 'settings') return user === 'admin' ? { json: { title: 'Blog' } } : error(403, 'rest_forbidden');
    if (id === 'me') return { json: { id: 1, name: user } };
    const names = [...this.passwords.keys()];
    if (id === undefined) return { json: names.map((name, at) => ({ id: at + 1, name })) };
    if (user !== 'admin') return error(403, 'rest_cannot_edit');
    const name = names[Number(id) - 1] ?? '';
    this.passwords.set(name, String(request.json()['password']));
    return { json: { id: Number(id), name } };
  };
}

function error(status: number, code: string): WebAnswer {
  return { status, json: { code, message: 'no' } };
}
