import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visit, withoutBrowser } from './browser.ts';
import { eachKind, fillSession } from './fill-session.ts';
import { openInspected } from './open-inspected.ts';

const shown = openInspected(async (stateDir) => {
  await fillSession(stateDir, 'kinds', eachKind);
  await fillSession(stateDir, 'ssh-1', [{ record: { verdict: 'DENY' } }], { gatewayUser: 'w smith', protocol: 'ssh' });
});

/** A page of somebody else. */
const foreign = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>x</p>'));
let foreignUrl = '';

beforeAll(async () => {
  foreign.listen(0, '127.0.0.1');
  await once(foreign, 'listening');
  foreignUrl = `http://localhost:${(foreign.address() as AddressInfo).port}/`;
});

afterAll(() => {
  foreign.closeAllConnections();
  foreign.close();
});

const matches = (page: Page): Promise<string> => page.getByRole('status', { name: 'Matches' }).innerText();

describe.skipIf(withoutBrowser !== undefined)('the filter', () => {
  test('is in the address, which typing changes without a new entry of the history', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/'));
    await expect.poll(() => matches(page)).toBe('2 of 2 sessions');
    const filter = page.getByRole('searchbox', { name: 'Filter' });
    const entries = await page.evaluate(() => history.length);
    await filter.pressSequentially('user:"w smith"');
    expect(new URL(page.url()).searchParams.get('q')).toBe('user:"w smith"');
    expect(await page.evaluate(() => history.length)).toBe(entries);
    await expect.poll(() => matches(page)).toBe('1 of 2 sessions');
    await expect.poll(() => page.getByRole('navigation', { name: 'Sessions' }).getByRole('link').count()).toBe(1);
    await page.getByRole('link', { name: /^ssh-1/ }).click();
    await expect.poll(() => matches(page)).toBe('1 of 1 steps');
    await filter.press('Escape');
    await expect.poll(() => page.url()).toBe(shown.at('/sessions/ssh-1').replace(/\?.*/, ''));
    await context.close();
  });

  test.each([
    ['/?q=-is:error', '1 of 2 sessions'],
    ['/?q=vaulterror%20accept', '1 of 2 sessions'],
    ['/?q=quokka-7791', '0 of 2 sessions'],
    ['/sessions/kinds?q=is:slow', '1 of 6 steps'],
    ['/sessions/kinds?q=is:error', '4 of 6 steps'],
    ['/sessions/kinds?q=-is:error%20hook:auth*', '2 of 6 steps'],
    ['/sessions/kinds?q=outcome:timed-out', '1 of 6 steps'],
    ['/sessions/kinds?q=problem:cookie_not*', '1 of 6 steps'],
  ])('%s leaves %s', async (address, expected) => {
    const { page } = await shown.look(address);
    await expect.poll(() => matches(page)).toBe(expected);
  });

  test('leaves rows out without changing a number; an unknown prefix is told', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds?q=colour:red'));
    await expect.poll(() => page.getByRole('status', { name: 'Filter words' }).innerText()).toContain('colour:red');
    await page.getByRole('searchbox', { name: 'Filter' }).fill('outcome:crashed');
    await expect.poll(() => matches(page)).toBe('1 of 6 steps');
    const grid = page.getByRole('grid', { name: 'Steps' });
    const rows = await grid
      .getByRole('row')
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-rowindex')));
    expect([rows, await grid.getAttribute('aria-rowcount')]).toEqual([['1', '6'], '7']);
    await context.close();
  });
});

describe.skipIf(withoutBrowser !== undefined)('a browser', () => {
  test('has the token in a cookie that no script reads, and nowhere in the address', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds?q=is:slow'));
    expect(page.url()).toBe(shown.at('/sessions/kinds?q=is:slow').replace(/&.*/, ''));
    const [cookie, ...others] = await context.cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({
      name: `plugin-host-${shown.inspector.port}`,
      value: shown.inspector.token,
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
    });
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await context.clearCookies();
    const answer = await page.reload();
    expect(answer?.status()).toBe(401);
    await context.close();
  });

  test('runs nothing but the scripts of the page, and loads nothing from elsewhere', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/'));
    const blocked = await page.evaluate(async (elsewhere) => {
      const directives: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'document.title = "run"';
      const style = document.createElement('style');
      const image = new Image();
      image.src = `${elsewhere}x.png`;
      document.body.append(script, style);
      await fetch(elsewhere).catch(() => undefined);
      while (directives.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
      return directives.sort();
    }, foreignUrl);
    expect(blocked).toEqual(['connect-src', 'img-src', 'script-src-elem', 'style-src-elem']);
    expect(await page.title()).toBe('plugin-host');
    await context.close();
  });

  test('shows nothing to a page of another site, and does nothing for it', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/'));
    await page.getByRole('link', { name: /^kinds/ }).waitFor();
    await page.goto(foreignUrl);
    const base = `http://127.0.0.1:${shown.inspector.port}`;
    const got = await page.evaluate(async (base) => {
      const read = (target: string, init: RequestInit): Promise<string> =>
        fetch(base + target, { credentials: 'include', ...init }).then(
          ({ type, status }) => `${type} ${status}`,
          () => 'refused',
        );
      const frame = document.createElement('iframe');
      frame.src = base;
      const loaded = new Promise((resolve) => {
        frame.addEventListener('load', resolve);
      });
      document.body.append(frame);
      await loaded;
      return [
        await read('/v1/info', {}),
        await read('/v1/sessions/kinds', { method: 'DELETE' }),
        await read('/v1/sessions/kinds/end', { method: 'POST', mode: 'no-cors' }),
        frame.contentDocument === null,
      ];
    }, base);
    expect(got.slice(0, 2)).toEqual(['refused', 'refused']);
    expect(got[2]).toMatch(/refused|opaque 0/);
    expect(got[3]).toBe(true);
    await page.goto(shown.at('/'));
    await expect.poll(() => page.getByRole('link', { name: /^kinds/ }).innerText()).toContain('6 steps');
    await context.close();
  });
});
