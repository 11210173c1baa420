import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Inspector, openPlugin, openSession, startInspector } from '../../src/index.ts';
import { makeFolder, runHost } from '../integration/fixture.ts';
import { openBrowser, visit, withoutBrowser } from './browser.ts';
import { fillSession, hostile } from './fill-session.ts';

const folder = makeFolder();
const stateDir = path.join(folder, 'state');
const otp = path.join(folder, 'otp');
let inspector: Inspector;
let browser: Browser;

beforeAll(async () => {
  if (withoutBrowser !== undefined) return;
  cpSync(path.resolve(import.meta.dirname, '../../sample-plugins/otp-ts'), otp, { recursive: true });
  await using session = await openSession({ aa: otp, store: { name: 'demo', stateDir } });
  await session.call('authenticate', {});
  await session.call('authenticate', { key_value_pairs: { otp: '123456' } });
  await session.end();
  await session.close();
  await fillSession(stateDir, 'hostile', [hostile]);
  inspector = await startInspector({ stateDir });
  browser = await openBrowser();
});

afterAll(async () => {
  if (withoutBrowser !== undefined) return;
  await browser.close();
  await inspector.close();
});

const at = (address: string): string => inspector.url.replace('/?', `${address}${address.includes('?') ? '&' : '?'}`);

async function seriousFindings(page: Page): Promise<string[]> {
  // As a script of the page's own world, which its policy does not forbid.
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run: () => Promise<{ violations: Finding[] }> } };
    interface Finding {
      id: string;
      impact: string;
      nodes: { html: string; failureSummary: string }[];
    }
    const { violations } = await checker.run();
    return violations
      .filter(({ impact }) => ['serious', 'critical'].includes(impact))
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => html + failureSummary).join('\n')}`);
  });
}

describe.skipIf(withoutBrowser !== undefined)('the page', () => {
  test('shows sessions, the steps of one against their time, and a step', async () => {
    const { page, context, complaints } = await visit(browser, at('/sessions/demo/2'));
    expect(new URL(page.url()).search).toBe('');
    const link = page
      .getByRole('navigation', { name: 'Sessions' })
      .getByRole('list')
      .getByRole('link', { name: /^demo/ });
    await expect.poll(() => link.getAttribute('aria-current')).toBe('page');
    expect(await link.innerText()).toMatch(/closed[^]*3 steps/);
    const grid = page.getByRole('grid', { name: 'Steps' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('4');
    const row = grid.locator('[aria-rowindex="3"]');
    expect(await row.getAttribute('aria-selected')).toBe('true');
    const meter = row.getByRole('meter', { name: 'Time allowed' });
    expect(await meter.getAttribute('aria-valuemax')).toBe('300000');
    expect(await meter.getAttribute('aria-valuetext')).toMatch(/^[\d.]+ m?s of 300 s$/);
    expect(await page.getByText(/^waited for the user/).count()).toBe(1);
    const step = page.getByRole('region', { name: 'Step 2' });
    await expect
      .poll(() => step.getByRole('heading', { level: 2 }).innerText())
      .toMatch(/^authenticate of Sample_Otp_TypeScript 1\.0\.0/);
    expect(await page.title()).toBe('demo – plugin-host');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('demo');
    expect(await page.getByRole('status', { name: 'Matches' }).innerText()).toBe('3 of 3 steps');
    await expect.poll(() => page.getByRole('status', { name: 'Connection' }).innerText()).toBe('live');
    await step.getByRole('tab', { name: 'JSON' }).click();
    const { json } = await runHost<{ steps: object[] }>('session', 'show', 'demo', '--state', stateDir);
    expect(await step.getByRole('tabpanel').getByRole('code').textContent()).toBe(
      JSON.stringify(json.steps[1], null, 2),
    );
    await page.goBack();
    expect(await step.getByRole('tab', { name: 'Arguments' }).getAttribute('aria-selected')).toBe('true');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is used by the keyboard alone: find a step, see its cookie, edit it, call it again, copy it', async () => {
    const { page, context, complaints } = await visit(browser, at('/'));
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('link', { name: /^demo/ }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('verdict:accept');
    await expect.poll(() => page.url()).toContain('?q=verdict%3Aaccept');
    await expect.poll(() => page.getByRole('status', { name: 'Matches' }).innerText()).toBe('1 of 2 sessions');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).not.toContain('?q=');
    while (!page.url().includes('/sessions/demo')) await page.keyboard.press(']');
    await page.getByRole('grid', { name: 'Steps' }).locator('[aria-rowindex="2"]').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('3');
    const cookies = page.getByRole('table', { name: 'Cookie', exact: true });
    await expect.poll(() => cookies.innerText()).toMatch(/user[^]*added/);
    await page.keyboard.press('a');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('After');
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Edit and replay' });
    const text = dialog.getByRole('textbox', { name: 'Arguments' });
    const given = await text.inputValue();
    expect(given).toContain('"otp": "***"');
    await text.fill('{\n  "a": }');
    await dialog.getByRole('button', { name: 'Replay' }).press('Enter');
    expect(await dialog.getByRole('alert').innerText()).toMatch(/line 2, column \d/);
    await text.fill(given.replace('***', '999999'));
    await dialog.getByRole('button', { name: 'Replay' }).press('Enter');
    const replay = page.getByRole('region', { name: 'Replay' });
    await expect.poll(() => replay.getByRole('status').innerText(), { timeout: 30_000 }).toMatch(/^\d+ differences$/);
    expect(await replay.getByRole('table', { name: 'Differences' }).innerText()).toContain('verdict');
    await page.keyboard.press('r');
    await expect.poll(() => replay.getByRole('status').innerText(), { timeout: 30_000 }).toBe('equal');
    await page.keyboard.press('c');
    await page.getByRole('status', { name: 'Done' }).waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toMatch(/^npx plugin-host invoke authenticate -p /);
    expect(command).not.toContain('123456');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('shows a call as it happens, also one that would leave nothing', async () => {
    const { page, context } = await visit(browser, at('/'));
    await expect.poll(() => page.getByRole('status', { name: 'Connection' }).innerText()).toBe('live');
    await using plugin = await openPlugin(otp, { stateDir });
    await plugin.call('authenticate');
    const link = page.getByRole('link', { name: /^_library-/ });
    await link.first().click();
    const grid = page.getByRole('grid', { name: 'Steps' });
    await grid.locator('[aria-rowindex="2"]').waitFor();
    await plugin.call('authenticate');
    await grid.locator('[aria-rowindex="3"]').waitFor();
    await context.close();
  });

  test.each(['light', 'dark'] as const)(
    'has no serious finding of axe in the %s theme',
    { timeout: 240_000 },
    async (theme) => {
      const { page, context } = await visit(browser, at('/sessions/demo/2?tab=cookies'), { theme });
      await page.getByRole('table', { name: 'Cookie', exact: true }).waitFor();
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press('e');
      await page.getByRole('dialog').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      for (const tab of ['1', '2', '4', '5', '6']) {
        await page.keyboard.press(tab);
        expect(await seriousFindings(page)).toEqual([]);
      }
      await context.close();
    },
  );

  test.each(['/', '/sessions/demo', '/sessions/demo/2'])(
    'at 400 px nothing scrolls sideways at %s',
    async (address) => {
      const { page, context } = await visit(browser, at(address), { width: 400 });
      const views = [
        page.getByRole('navigation', { name: 'Sessions', exact: true }),
        page.getByRole('grid', { name: 'Steps' }),
        page.getByRole('region', { name: 'Step 2' }),
      ];
      const expected = ['/', '/sessions/demo', '/sessions/demo/2'].map((each) => each === address);
      await expect.poll(() => Promise.all(views.map((view) => view.isVisible()))).toEqual(expected);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
      await context.close();
    },
  );

  test('the theme turns from system to dark, light and system, and is kept', async () => {
    const { page, context } = await visit(browser, at('/'), { theme: 'light' });
    const button = page.getByRole('button', { name: 'Theme' });
    const theme = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['theme']);
    await button.click();
    await expect.poll(theme).toBe('dark');
    await page.reload();
    expect(await theme()).toBe('dark');
    await button.click();
    await expect.poll(theme).toBe('light');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await theme()).toBe('light');
    await button.click();
    await expect.poll(theme).toBe('dark');
    await context.close();
  });

  test('what plugins say is text, whatever it is', async () => {
    const { page, context, complaints } = await visit(browser, at('/sessions/hostile/1?tab=log'));
    const log = page.getByRole('log', { name: 'Log' });
    await expect.poll(() => log.textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(await log.textContent()).toContain('␛[31m');
    expect(await log.textContent()).toContain('⟨U+202E⟩');
    for (const tab of ['1', '2', '3', '5', '6']) await page.keyboard.press(tab);
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('of 2,000 steps only those near the view are in the document', async () => {
    await fillSession(
      stateDir,
      'long',
      Array.from({ length: 2000 }, () => ({})),
    );
    const { page, context } = await visit(browser, at('/sessions/long'));
    const grid = page.getByRole('grid', { name: 'Steps' });
    await expect.poll(() => grid.getAttribute('aria-rowcount'), { timeout: 30_000 }).toBe('2001');
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3000);
    await page.locator('.scroller.steps').evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await grid.locator('[aria-rowindex="2001"]').waitFor();
    await context.close();
  });

  test('an unknown session is told', async () => {
    const { page, context } = await visit(browser, at('/sessions/none'));
    await expect.poll(() => page.getByRole('alert').innerText()).toBe('No such session');
    await context.close();
  });

  test('says that it reconnects when the server is gone', async () => {
    const other = await startInspector({ stateDir });
    const { page, context } = await visit(browser, other.url);
    const state = page.getByRole('status', { name: 'Connection' });
    await expect.poll(() => state.innerText()).toBe('live');
    await other.close();
    await expect.poll(() => state.innerText(), { timeout: 2000 }).toBe('reconnecting');
    await using again = await startInspector({ stateDir, port: other.port });
    expect(again.port).toBe(other.port);
    await expect.poll(() => state.innerText(), { timeout: 10_000 }).toContain('ended');
    await context.close();
  });
});

describe.skipIf(withoutBrowser !== undefined)('an exported session', () => {
  test('opens from the disk with the network off, and is the same each time', async () => {
    const file = path.join(folder, 'demo.html');
    const { exitCode } = await runHost('session', 'export', 'demo', '--html', file, '--state', stateDir);
    expect(exitCode).toBe(0);
    const first = readFileSync(file, 'utf8');
    await runHost('session', 'export', 'demo', '--html', file, '--state', stateDir);
    expect(readFileSync(file, 'utf8')).toBe(first);
    expect(first).not.toContain('123456');
    const { page, context, complaints } = await visit(browser, `file://${file}#/sessions/demo/2?tab=cookies`, {
      offline: true,
    });
    await expect.poll(() => page.getByRole('table', { name: 'Cookie', exact: true }).innerText()).toContain('added');
    expect(await page.getByRole('status', { name: 'Connection' }).innerText()).toBe('exported file');
    expect(await page.getByRole('button', { name: /Replay|Remove|End session|Export/ }).count()).toBe(0);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('verdict:needinfo');
    await expect.poll(() => page.getByRole('status', { name: 'Matches' }).innerText()).toBe('1 of 3 steps');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.keyboard.press('k');
    await expect.poll(() => page.url()).toContain('#/sessions/demo/1');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('holds what looks like markup as text', async () => {
    const file = path.join(folder, 'hostile.html');
    await runHost('session', 'export', 'hostile', '--html', file, '--state', stateDir);
    const { page, context, complaints } = await visit(browser, `file://${file}#/sessions/hostile/1?tab=log`, {
      offline: true,
    });
    await expect.poll(() => page.getByRole('log', { name: 'Log' }).textContent()).toContain('</script><!--');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
