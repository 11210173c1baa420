import type { WebAnswer, WebRequest } from '../start-web.ts';
import { guard, isGuarded, page, redirect, SocialSite } from './social-site.ts';

/** As Facebook was when its script was written. */
export class Facebook extends SocialSite {
  static readonly host = 'www.facebook.com';

  readonly serve = (request: WebRequest): WebAnswer => {
    if (request.header('user-agent') !== 'Safeguard') return { status: 403, html: 'no browser' };
    const user = this.userOf(request);
    switch (request.path) {
      case '/login':
        return page(
          `<form action="/login.php" method="post">${guard}<input name="email"><input name="pass" type="password"></form>`,
        );
      case '/login.php':
        return this.#start(request);
      case '/home.php':
        return page(user === undefined ? 'Please log in.' : `<form action="/logout.php" method="post">${guard}</form>`);
      case '/logout.php':
        this.logOut(request);
        return redirect('https://www.facebook.com/');
      case '/settings':
        return page(
          user === undefined
            ? 'Please log in.'
            : `<form method="post">${guard}<input name="password_old">
          <input name="password_new"><input name="password_confirm"></form>`,
        );
      default:
        return this.#change(request, user);
    }
  };

  #start(request: WebRequest): WebAnswer {
    const form = request.form();
    const user = form.get('email') ?? '';
    const account = this.accounts.get(user);
    if (!isGuarded(request) || account?.password !== form.get('pass')) return page('The password is incorrect.');
    return this.logIn(user, `https://www.facebook.com${account.detour ?? '/?welcome'}`);
  }

  #change(request: WebRequest, user: string | undefined): WebAnswer {
    const form = request.form();
    const password = form.get('password_new') ?? '';
    if (user !== undefined && password.length >= 8 && this.accounts.get(user)?.password === form.get('password_old'))
      this.accounts.set(user, { password });
    return page('');
  }
}
