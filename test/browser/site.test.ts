import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../integration/fixture.ts';
import { openBrowser, visit, withoutBrowser } from './browser.ts';
import { seriousFindings } from './serious-findings.ts';

const root = path.resolve(import.meta.dirname, '../..');
const site = path.join(makeFolder(), 'site');
execFileSync(process.execPath, ['build/site/build-site.ts', site], { cwd: root });
const files = globSync('**/*.html', { cwd: site });
const at = (file: string): string => pathToFileURL(path.join(site, file)).href;

test('the site has a page for each document, and every address in it leads to a file of the site', () => {
  expect(files).toEqual(
    expect.arrayContaining(['index.html', 'docs/index.html', 'docs/testing.html', 'CHANGELOG.html']),
  );
  expect(files.filter((file) => file.startsWith('docs/')).length).toBe(globSync('docs/*.md', { cwd: root }).length);
  const there = new Set(globSync('**/*', { cwd: site }));
  const lost = files.flatMap((file) =>
    [...readFileSync(path.join(site, file), 'utf8').matchAll(/\s(?:href|src)="([^"#]+)/g)]
      .map(([, address = '']) => address)
      .filter((address) => address !== 'data:,')
      .filter((address) => !there.has(path.join(path.dirname(file), address)))
      .map((address) => `${file}: ${address}`),
  );
  expect(lost).toEqual([]);
});

describe.skipIf(withoutBrowser !== undefined)('the site in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  test('words lead to the section that has them, by keys alone and without a network', async () => {
    const { page, context, complaints } = await visit(browser, at('docs/kvgroup.html'), { offline: true });
    await page.keyboard.press('/');
    await page.keyboard.type('Several hosts');
    const found = page.getByRole('listbox', { name: 'Found' });
    await expect.poll(() => found.getByRole('option').first().innerText()).toContain('Stored sessions › Several hosts');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toBe(`${at('docs/sessions.html')}#several-hosts`);
    await page.getByRole('combobox').fill('qqqzzz');
    await expect.poll(() => found.innerText()).toContain('Nothing is found');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('of a terminal only what is typed is copied', async () => {
    const { page, context } = await visit(browser, at('index.html'));
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const block = page.locator('.block', { hasText: '# everything that is wrong with it' });
    await block.hover();
    await block.getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'cd sample-plugins/vault\nplugin-host check\nplugin-host invoke get_password_list',
    );
    await context.close();
  });

  test.for([
    ['light', 1400],
    ['dark', 1400],
    ['light', 400],
    ['dark', 400],
  ] as const)('pages can be read: %s, %d pixels', async ([theme, width]) => {
    const { page, context, complaints } = await visit(browser, at('index.html'), { theme, width });
    for (const file of ['index.html', 'docs/backends.html', 'docs/fidelity.html', 'sample-plugins/otp/index.html']) {
      await page.goto(at(file));
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await seriousFindings(page)).toEqual([]);
    }
    if (width === 400) {
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('navigation').getByRole('link', { name: 'Testing in CI' }).click();
      await expect.poll(() => page.url()).toBe(at('docs/testing-in-ci.html'));
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});
