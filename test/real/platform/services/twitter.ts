import type { WebAnswer, WebRequest } from '../start-web.ts';
import { guard, isGuarded, page, redirect, SocialSite } from './social-site.ts';

/** As Twitter was when its script was written. */
export class Twitter extends SocialSite {
  static readonly host = 'twitter.com';

  readonly serve = (request: WebRequest): WebAnswer => {
    const { path, method } = request;
    const user = this.userOf(request);
    if (path === '/login' && request.query.get('flow') === null)
      return redirect('/login?flow=1', [['Set-Cookie', 'guest=1; Path=/']]);
    if (path === '/login')
      return page(`<form action="/sessions" method="post">
        <input name="session[username_or_email]" type="text"><input name="session[password]" type="password">${guard}
        <input type="checkbox" name="remember_me" value="1" checked></form>`);
    if (path === '/sessions' && method === 'POST') return this.#start(request);
    if (user === undefined) return redirect('https://twitter.com/login');
    if (path === '/settings/password')
      return page(`<form id="password-form" action="/settings/passwords/update" method="post">${guard}
        <input name="current_password" type="password"><input name="user_password" type="password">
        <input name="user_password_confirmation" type="password"></form>`);
    return this.#change(request, user);
  };

  #start(request: WebRequest): WebAnswer {
    const form = request.form();
    const user = form.get('session[username_or_email]') ?? '';
    const account = this.accounts.get(user);
    const isAllowed = isGuarded(request) && request.cookie('guest') === '1' && form.get('remember_me') === '1';
    if (!isAllowed || account?.password !== form.get('session[password]'))
      return redirect('https://twitter.com/login/error?username_or_email=x');
    return this.logIn(user, `https://twitter.com${account.detour ?? '/'}`);
  }

  #change(request: WebRequest, user: string): WebAnswer {
    const form = request.form();
    const account = this.accounts.get(user);
    const password = form.get('user_password') ?? '';
    const isRight = isGuarded(request) && account?.password === form.get('current_password');
    if (!isRight || password !== form.get('user_password_confirmation'))
      return redirect('https://twitter.com/account/access');
    this.accounts.set(user, { password });
    return redirect('https://twitter.com/settings/password_reset_confirmation');
  }
}
