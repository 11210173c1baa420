import type { WebAnswer, WebRequest } from '../start-web.ts';

/** ForgeRock's OpenAM: it logs in by headers, and knows by a cookie who did. */
export class OpenAm {
  static readonly host = 'am.company.test';
  readonly passwords = new Map([
    ['amadmin', 'admin-Pass1'],
    ['jane', 'jane-Pass1'],
  ]);

  readonly serve = (request: WebRequest): WebAnswer => {
    const [, , , , realm, kind, user = ''] = request.path.split('/');
    if (realm !== 'root') return { status: 404, json: { code: 404 } };
    if (!request.header('accept-api-version').includes('protocol=1.0')) return { status: 400, json: { code: 400 } };
    if (kind === 'authenticate') return this.#authenticate(request);
    if (request.cookie('iPlanetDirectoryPro') !== 'admin-Session1') return { status: 401, json: { code: 401 } };
    if (!this.passwords.has(user)) return { status: 404, json: { code: 404 } };
    this.passwords.set(user, String(request.json()['userpassword']));
    return { json: { username: user } };
  };

  #authenticate(request: WebRequest): WebAnswer {
    const user = request.header('x-openam-username');
    if (this.passwords.get(user) !== request.header('x-openam-password'))
      return { status: 401, json: { code: 401, reason: 'Unauthorized' } };
    const session = user === 'amadmin' ? 'admin-Session1' : 'user-Session1';
    return {
      headers: [['Set-Cookie', `iPlanetDirectoryPro=${session}; Path=/; Secure; HttpOnly`]],
      json: { tokenId: session, successUrl: '/openam/console' },
    };
  }
}
