import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { visit, withoutBrowser } from './browser.ts';
import { eachKind, fillSession } from './fill-session.ts';
import { openInspected } from './open-inspected.ts';
import { seriousFindings } from './serious-findings.ts';

const shown = openInspected((stateDir) => fillSession(stateDir, 'kinds', eachKind));
const slow = { timeout: 30_000 };

beforeAll(async () => {
  if (withoutBrowser === undefined) await shown.addDemo('demo');
});

/** What has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    return `${element?.tagName} ${element?.getAttribute('role') ?? ''} ${element?.textContent.trim().slice(0, 30)}`;
  });

describe.skipIf(withoutBrowser !== undefined)('for everybody', () => {
  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 400],
    ['dark', 400],
  ] as const)(
    'axe has no serious finding in the %s theme at %i px, in no view and no dialog',
    { timeout: 240_000 },
    async (theme, width) => {
      const { page, context } = await visit(shown.browser, shown.at('/'), { theme, width });
      const findings: [string, string[]][] = [];
      const look = async (what: string): Promise<void> => {
        findings.push([what, await seriousFindings(page)]);
      };
      await page.getByRole('link', { name: /^kinds/ }).waitFor();
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
      await look('list');
      await page.getByRole('link', { name: /^demo/ }).click();
      await page.locator('[aria-rowindex="2"]').waitFor();
      await look('session');
      await page.getByRole('button', { name: 'Remove' }).click();
      await look('Remove session');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await look('Keyboard');
      await page.keyboard.press('Escape');
      await page.locator('[aria-rowindex="3"]').click();
      const panel = page.getByRole('tabpanel');
      await panel.getByRole('table').waitFor();
      await page.keyboard.press('e');
      await look('Edit and replay');
      await page.getByRole('textbox', { name: 'Arguments' }).fill('{');
      await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
      await look('alert in the dialog');
      await page.keyboard.press('Escape');
      await page.keyboard.press('r');
      await expect
        .poll(() => page.getByRole('region', { name: 'Replay' }).getByRole('status').innerText(), slow)
        .toBe('equal');
      await look('replay');
      await page.getByRole('link', { name: 'plugin-host' }).click();
      await page.getByRole('link', { name: /^kinds/ }).click();
      await page.locator('[aria-rowindex="5"]').click();
      for (const tab of ['1', '2', '3', '4', '5', '6']) {
        await page.keyboard.press(tab);
        await look(`tab ${tab}`);
      }
      expect(findings.filter(([, found]) => found.length > 0)).toEqual([]);
      await context.close();
    },
  );

  test.each(['/', '/sessions/kinds', ...[1, 2, 3, 4, 5, 6].map((n) => `/sessions/kinds/${n}`)])(
    'at 400 px nothing scrolls sideways at %s',
    async (address) => {
      const { page } = await shown.look(address, { width: 400 });
      const views = [
        page.getByRole('navigation', { name: 'Sessions', exact: true }),
        page.getByRole('grid', { name: 'Steps' }),
        page.getByRole('region', { name: /^Step \d/ }),
      ];
      const depth = address.split('/').filter(Boolean).length;
      const expected = [0, 2, 3].map((each) => each === depth);
      await expect.poll(() => Promise.all(views.map((view) => view.isVisible()))).toEqual(expected);
      for (const key of depth === 3 ? ['1', '2', '3', '4', '5', '6'] : ['j']) {
        if (depth === 3) await page.keyboard.press(key);
        // Tables and code may, in their own boxes.
        const wide = await page.evaluate(() => {
          const elements = [...document.querySelectorAll<HTMLElement>('body *')];
          const isOpen = (each: HTMLElement): boolean => ['auto', 'scroll'].includes(getComputedStyle(each).overflowX);
          return elements
            .filter((each) => each.scrollWidth > each.clientWidth && isOpen(each))
            .filter((each) => !each.matches('.box, pre, .tabs'))
            .map(({ className }) => className);
        });
        expect(wide).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
      }
    },
  );

  test('the theme turns from system to dark, light and system, and is kept', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/'), { theme: 'light' });
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
    await page.keyboard.press('t');
    await expect.poll(theme).toBe('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(theme).toBe('light');
    await context.close();
  });

  test('forced colours show the bars and what is selected; with reduced motion nothing moves', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds/4'));
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    const row = page.locator('[aria-rowindex="5"]');
    await row.waitFor();
    expect(await row.evaluate((each) => getComputedStyle(each).outlineStyle)).toBe('solid');
    const meter = row.getByRole('meter');
    expect(await meter.evaluate((each) => getComputedStyle(each).borderTopWidth)).toBe('1px');
    const [bar, ground] = await meter
      .locator('i')
      .evaluate((each) => [getComputedStyle(each).backgroundColor, getComputedStyle(document.body).backgroundColor]);
    expect(bar).not.toBe(ground);
    const moving = await page.evaluate(() => {
      const busy = document.createElement('i');
      busy.className = 'meter busy';
      document.body.append(busy);
      const name = getComputedStyle(busy, '::after').animationName;
      busy.remove();
      const moves = (each: Element): boolean => {
        const { animationName, transitionDuration } = getComputedStyle(each);
        return animationName !== 'none' || transitionDuration !== '0s';
      };
      return [name, [...document.querySelectorAll('*')].filter(moves).length];
    });
    expect(moving).toEqual(['none', 0]);
    await context.close();
  });

  test('the focus is seen, and never lost when what has it goes away', async () => {
    const steps = Array.from({ length: 200 }, () => ({}));
    await fillSession(shown.stateDir, 'many', steps);
    const { page, context } = await visit(shown.browser, shown.at('/sessions/many'));
    const row = (n: number) => page.locator(`[aria-rowindex="${n + 1}"]`);
    await row(1).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toMatch(/^DIV row 1/);
    const { outlineStyle, outlineWidth } = await row(1).evaluate((each) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return { outlineStyle, outlineWidth };
    });
    expect([outlineStyle, outlineWidth]).toEqual(['solid', '2px']);
    for (const [key, n] of [
      ['End', 200],
      ['PageUp', 188],
      ['Home', 1],
      ['PageDown', 13],
      ['ArrowUp', 12],
      ['j', 13],
      ['k', 12],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => new URL(page.url()).pathname).toBe(`/sessions/many/${n}`);
      await expect.poll(() => focused(page)).toMatch(new RegExp(`^DIV row ${n}\\b`));
    }
    await page.locator('.scroller.steps').evaluate((each) => {
      each.scrollTop = each.scrollHeight;
    });
    await row(200).waitFor();
    await expect.poll(() => focused(page)).toMatch(/^DIV row/);
    await page.getByRole('tab', { name: 'Cookies' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('j');
    await expect.poll(() => new URL(page.url()).pathname).toBe('/sessions/many/13');
    await expect.poll(() => focused(page)).toMatch(/^BUTTON tab Cookies/);
    await page.setViewportSize({ width: 400, height: 700 });
    await expect.poll(() => focused(page)).not.toMatch(/^BODY/);
    await page.getByRole('link', { name: '‹ Steps' }).press('Enter');
    await expect.poll(() => focused(page)).not.toMatch(/^BODY/);
    await page.getByRole('link', { name: '‹ Sessions' }).press('Enter');
    await expect.poll(() => focused(page)).not.toMatch(/^BODY/);
    await context.close();
  });

  test('the keyboard alone is enough: find the slow call, see its cookie, edit it, call it again, copy it as a test', async () => {
    const { page, context, complaints } = await visit(shown.browser, shown.at('/'));
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('link', { name: /^kinds/ }).waitFor();
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const tabTo = async (text: RegExp): Promise<void> => {
      for (let n = 0; n < 60; n += 1) {
        await press('Tab');
        if (text.test(await focused(page))) return;
      }
      throw new Error(`${String(text)} is not reached`);
    };
    await press('/');
    await page.keyboard.type('is:slow');
    await expect.poll(() => page.getByRole('status', { name: 'Matches' }).innerText()).toMatch(/^1 of \d sessions$/);
    await tabTo(/^A {2}kinds/);
    await press('Enter');
    await page.locator('[aria-rowindex="5"]').waitFor();
    expect(await page.getByRole('status', { name: 'Matches' }).innerText()).toBe('1 of 6 steps');
    await press('j', '3', 'a');
    await expect.poll(() => focused(page)).toMatch(/^TH {2}After/);
    expect(new URL(page.url()).pathname).toBe('/sessions/kinds/4');
    await press('b');
    await expect.poll(() => focused(page)).toMatch(/^TH {2}Before/);
    await press('Escape');
    await expect.poll(() => new URL(page.url()).search).toBe('?tab=cookies');
    while (!page.url().includes('/sessions/demo')) await press('[');
    await page.locator('[aria-rowindex="3"]').waitFor();
    await press('k');
    await page.getByRole('heading', { level: 2, name: /^authenticate/ }).waitFor();
    await press('1');
    await page.getByRole('tabpanel').getByRole('table').waitFor();
    await press('e');
    const text = page.getByRole('textbox', { name: 'Arguments' });
    await text.waitFor();
    expect(await focused(page)).toMatch(/^TEXTAREA/);
    const given = (await text.inputValue()).replace('***', '999999');
    await press('Control+A');
    await page.keyboard.insertText(given);
    await tabTo(/^BUTTON {2}Replay/);
    await press('Enter');
    const replay = page.getByRole('region', { name: 'Replay' });
    await expect.poll(() => replay.getByRole('status').innerText(), slow).toMatch(/^\d+ differences$/);
    await tabTo(/^BUTTON {2}Copy test/);
    await press('Enter');
    await page.getByRole('status', { name: 'Done' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^- name: "authenticate of/);
    await press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await press('Escape');
    await expect.poll(() => focused(page)).toMatch(/^BUTTON {2}Copy test/);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
