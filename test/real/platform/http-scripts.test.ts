import { describe, expect, onTestFinished, test } from 'vitest';
import { scriptsFolder } from './find-script.ts';
import { failure, mismatch, operate as operateIn, success } from './operate.ts';
import { Facebook } from './services/facebook.ts';
import { Okta } from './services/okta.ts';
import { OneLogin } from './services/one-login.ts';
import { OpenAm } from './services/open-am.ts';
import { Twitter } from './services/twitter.ts';
import { WordPress } from './services/word-press.ts';
import { startProxy } from './start-proxy.ts';
import { startWebScript } from './start-web-script.ts';

describe.runIf(scriptsFolder !== undefined)('on HTTPS', () => {
  test('Okta_WithDiscoveryAndGroupMembershipRestore', async () => {
    const okta = new Okta('api-Token1', 12);
    const parameters = {
      FuncUsername: 'admin@company.test',
      FuncPassword: 'api-Token1',
      AccountUsername: 'user3@company.test',
      AccountPassword: 'user3-Pass',
      DiscoveryQuery: {},
    };
    const script = 'Okta_WithDiscoveryAndGroupMembershipRestore';
    const { web, operate } = await startWebScript(script, { host: Okta.host, serve: okta.serve }, parameters);
    await operate('CheckSystem', 'right token', success);
    await operate('CheckSystem', 'wrong token', failure, { FuncPassword: 'wrong' });
    await operate('CheckPassword', 'right', success);
    await operate('CheckPassword', 'wrong', mismatch, { AccountPassword: 'wrong' });
    await operate('ChangePassword', 'taken', success, { NewPassword: 'user3-Pass2' });
    expect(okta.passwords.get('user3@company.test')).toBe('user3-Pass2');
    await operate('ChangePassword', 'too short', failure, { NewPassword: 'x' });
    await operate('ChangePassword', 'no such user', failure, { AccountUsername: 'nobody', NewPassword: 'user-Pass3' });

    web.requests.splice(0);
    const { discovered } = await operate('DiscoverAccounts', '12 users, 5 a page', success, { ResultsPageLimit: 5 });
    expect(discovered.accounts.map(({ name }) => name)).toEqual([...okta.passwords.keys()]);
    expect(discovered.accounts[0]).toMatchObject({ groups: [{ name: 'Admins', id: 'group-Admins' }] });
    const pages = web.requests.filter(({ path }) => path === '/api/v1/users').map(({ query }) => query.get('after'));
    expect(pages).toEqual([null, '5', '10']);
    const search = { SearchCriteria: 'profile.login sw "user1"', ResultsPageLimit: 2 };
    const found = await operate('DiscoverAccounts', 'a search, 2 a page', success, search);
    expect(found.discovered.accounts.map(({ name }) => (name as string).split('@')[0])).toEqual([
      'user1',
      'user10',
      'user11',
    ]);
    await operate('DiscoverAccounts', 'wrong token', failure, { FuncPassword: 'wrong' });

    const groups = { Group1Name: 'Backup', Group1Members: 'user3,user4', Group2Name: 'Nobody', Group2Members: '<all>' };
    await operate('EnableAccount', 'two groups, one of them unknown', success, groups);
    expect(okta.groups.get('Backup')).toEqual(new Set(['user3@company.test']));
    await operate('DisableAccount', 'two groups, one of them unknown', success, groups);
    expect(okta.groups.get('Backup')).toEqual(new Set());
    await operate('EnableAccount', 'wrong token', failure, { ...groups, FuncPassword: 'wrong' });
  });

  describe('OneLogin_GRC_JIT_addon', () => {
    const script = 'OneLogin_GRC_JIT_addon';
    const login = { FuncUsername: 'client', FuncPassword: 'client-Secret1', RetryIntervalSeconds: 1 };
    const parameters = { ...login, AccountUsername: 'john', PrivilegeGroupMembership: ['Operators'] };

    test('directly', async () => {
      const service = new OneLogin('client:client-Secret1');
      const { operate } = await startWebScript(script, { host: OneLogin.host, serve: service.serve }, parameters);
      await operate('CheckSystem', 'right secret', success);
      expect(service.isLoggedIn).toBe(false);
      await operate('CheckSystem', 'wrong secret', { outcome: 'error' }, { FuncPassword: 'wrong' });
      await operate('ChangePassword', 'which it does not do', failure, { NewPassword: 'x' });
      const noReturn = {
        ...success,
        problems: expect.arrayContaining([expect.objectContaining({ code: 'NO_RETURN' })]) as unknown,
      };
      await operate('EnableAccount', 'jane', noReturn, { AccountUsername: 'jane' });
      expect(service.users.get('jane')?.status).toBe(1);
      await operate('DisableAccount', 'jane', noReturn, { AccountUsername: 'jane' });
      expect(service.users.get('jane')?.status).toBe(2);
      await operate('EnableAccount', 'no such user', { outcome: 'error' }, { AccountUsername: 'nobody' });
      await operate('DisableAccount', 'no such user', { outcome: 'error' }, { AccountUsername: 'nobody' });
      const { durationMs } = await operate('ElevateAccount', 'shows at the third look', noReturn);
      expect(durationMs).toBeGreaterThan(2000);
      expect(service.roles.get('Operators')).toEqual(new Set([8]));
      await operate('ElevateAccount', 'inactive user', { outcome: 'error' }, { AccountUsername: 'jane' });
      await operate('DemoteAccount', 'shows at the third look', noReturn);
      expect(service.roles.get('Operators')).toEqual(new Set());
      const { log } = await operate('DemoteAccount', 'no such role', noReturn, {
        PrivilegeGroupMembership: ['Nothing'],
      });
      expect(log.map(({ text }) => text)).toContain("Role 'Nothing' not found, looking up next configured role.");
      expect(service.isLoggedIn).toBe(false);
    });

    test('through a proxy with a password', async () => {
      const service = new OneLogin('client:client-Secret1');
      const { web, surroundings } = await startWebScript(
        script,
        { host: OneLogin.host, serve: service.serve },
        parameters,
      );
      const proxy = await startProxy('proxy-user:proxy-Pass1', web.port);
      onTestFinished(proxy.close);
      const given = {
        HttpProxyUri: '127.0.0.1',
        HttpProxyPort: proxy.port,
        HttpProxyUserName: 'proxy-user',
        HttpProxyPassword: 'proxy-Pass1',
        SkipServerCertValidation: true,
      };
      const around = { ...surroundings, connectTo: [], allow: [OneLogin.host] };
      const run = (situation: string, expected: object, own: object) =>
        operateIn(around, { script, operation: 'CheckSystem', situation, parameters: { ...given, ...own } }, expected);
      await run('through a proxy', success, {});
      expect(proxy.tunnels).toEqual([`${OneLogin.host}:443`, `${OneLogin.host}:443`]);
      await run('through a proxy, its password is wrong', { outcome: 'error' }, { HttpProxyPassword: 'wrong' });
    });
  });

  test('WordPressHttp', async () => {
    const blog = new WordPress();
    const parameters = {
      FuncUsername: 'admin',
      FuncPassword: 'admin-Pass1',
      AccountUserName: 'writer',
      AccountPassword: 'writer-Pass1',
      APIURL: 'wp-json/wp/v2',
    };
    const { operate } = await startWebScript('WordPressHttp', { host: WordPress.host, serve: blog.serve }, parameters);
    await operate('CheckSystem', 'administrator', success);
    await operate('CheckSystem', 'no administrator', failure, { FuncUsername: 'editor', FuncPassword: 'editor-Pass1' });
    await operate('CheckSystem', 'no such user', { outcome: 'error' }, { FuncUsername: 'nobody' });
    await operate('CheckPassword', 'right', success);
    await operate('CheckPassword', 'wrong', mismatch, { AccountPassword: 'wrong' });
    await operate('ChangePassword', 'administrator', success, { NewPassword: 'writer-Pass2' });
    expect(blog.passwords.get('writer')).toBe('writer-Pass2');
    const editor = { FuncUsername: 'editor', FuncPassword: 'editor-Pass1', NewPassword: 'x' };
    await operate('ChangePassword', 'no administrator', failure, editor);
    await operate(
      'ChangePassword',
      'no such user',
      { outcome: 'error' },
      { AccountUserName: 'nobody', NewPassword: 'x' },
    );
  });

  test('Forgerock_OpenAM', async () => {
    const am = new OpenAm();
    const parameters = {
      FuncUsername: 'amadmin',
      FuncPassword: 'admin-Pass1',
      AccountUsername: 'jane',
      AccountPassword: 'jane-Pass1',
      Realm: 'root',
    };
    const { web, operate } = await startWebScript(
      'Forgerock_OpenAM',
      { host: OpenAm.host, serve: am.serve },
      parameters,
    );
    await operate('CheckSystem', 'right', success);
    await operate('CheckSystem', 'wrong', failure, { FuncPassword: 'wrong' });
    await operate('CheckSystem', 'no such realm', failure, { Realm: 'none' });
    await operate('CheckPassword', 'right, at a port', success, { Address: '127.0.0.1', Port: web.port });
    await operate('CheckPassword', 'wrong', mismatch, { AccountPassword: 'wrong' });
    await operate('ChangePassword', 'administrator', success, { NewPassword: 'jane-Pass2' });
    expect(am.passwords.get('jane')).toBe('jane-Pass2');
    const jane = { FuncUsername: 'jane', FuncPassword: 'jane-Pass2', NewPassword: 'x' };
    await operate('ChangePassword', 'no administrator', failure, jane);
  });

  test('CustomTwitter', async () => {
    const site = new Twitter({
      jane: { password: 'jane-Pass1' },
      asked: { password: 'asked-Pass1', detour: '/account/login_challenge?challenge_type=RetypeEmail&user_id=1' },
      locked: { password: 'locked-Pass1', detour: '/account/locked' },
    });
    const parameters = { AccountUserName: 'jane', AccountPassword: 'jane-Pass1' };
    const { operate } = await startWebScript('CustomTwitter', { host: Twitter.host, serve: site.serve }, parameters);
    await operate('CheckPassword', 'right', success);
    await operate('CheckPassword', 'wrong', mismatch, { AccountPassword: 'wrong' });
    const asked = { AccountUserName: 'asked', AccountPassword: 'asked-Pass1' };
    await operate('CheckPassword', 'asked for more', success, asked);
    await operate('ChangePassword', 'taken', success, { NewPassword: 'jane-Pass2 & more' });
    expect(site.accounts.get('jane')?.password).toBe('jane-Pass2 & more');
    await operate('ChangePassword', 'wrong', failure, { NewPassword: 'x' });
    const told = (name: string): object => ({
      ...failure,
      status: expect.arrayContaining([expect.objectContaining({ name })]) as unknown,
    });
    await operate('ChangePassword', 'asked for more', told('AccountVerificationRequested'), {
      ...asked,
      NewPassword: 'x',
    });
    const locked = { AccountUserName: 'locked', AccountPassword: 'locked-Pass1', NewPassword: 'x' };
    await operate('ChangePassword', 'locked', told('AccountLocked'), locked);
  });

  test('CustomFacebook', async () => {
    const site = new Facebook({
      jane: { password: 'jane-Pass1' },
      asked: { password: 'asked-Pass1', detour: '/checkpoint/?next' },
    });
    const parameters = { AccountUserName: 'jane', AccountPassword: 'jane-Pass1' };
    const { operate } = await startWebScript('CustomFacebook', { host: Facebook.host, serve: site.serve }, parameters);
    await operate('CheckPassword', 'right', success);
    expect(site.sessions).toBe(0);
    await operate('CheckPassword', 'wrong', mismatch, { AccountPassword: 'wrong' });
    const asked = { AccountUserName: 'asked', AccountPassword: 'asked-Pass1' };
    await operate('CheckPassword', 'asked for more', mismatch, asked);
    await operate('ChangePassword', 'taken', success, { NewPassword: 'jane-Pass2' });
    expect(site.accounts.get('jane')?.password).toBe('jane-Pass2');
    await operate('ChangePassword', 'the same again', failure, {
      AccountPassword: 'jane-Pass2',
      NewPassword: 'jane-Pass2',
    });
    await operate('ChangePassword', 'wrong', failure, { NewPassword: 'jane-Pass3' });
    await operate('ChangePassword', 'refused', failure, { AccountPassword: 'jane-Pass2', NewPassword: 'x' });
    expect(site.sessions).toBe(0);
  });
});
