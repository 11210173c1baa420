import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { runHost } from '../integration/fixture.ts';
import { visit, withoutBrowser } from './browser.ts';
import { eachKind, fillSession, hostile } from './fill-session.ts';
import { openInspected } from './open-inspected.ts';

const shown = openInspected(async (stateDir) => {
  await fillSession(stateDir, 'hostile', [hostile, hostile]);
  await fillSession(stateDir, 'kinds', eachKind);
});

async function exported(name: string, ...more: string[]): Promise<string> {
  const file = path.join(shown.folder, `${name}${more.join('')}.html`);
  const args = ['session', 'export', name, '--html', file, '--state', shown.stateDir, ...more];
  expect((await runHost(...args)).exitCode).toBe(0);
  return file;
}

/** Goes through a step with all that it has. */
async function lookAtHostile(page: Page): Promise<void> {
  const log = page.getByRole('log', { name: 'Log' });
  await expect.poll(() => log.textContent(), { timeout: 30_000 }).toContain('<img src=x onerror=alert(1)>');
  const text = (await log.textContent()) ?? '';
  for (const each of ['␛[31mred', '⟨U+202E⟩gnp.exe', '</script><!--']) expect(text).toContain(each);
  expect(text.length).toBeLessThan(150_000);
  expect(await page.getByRole('link', { name: 'All of it, as JSON' }).first().getAttribute('href')).toMatch(
    /steps\/1$|^blob:/,
  );
  const expected: [string, string[]][] = [
    ['1', ['</td><img src=x onerror=alert(3)>', '<svg onload=alert(4)>', '⟨U+2066⟩']],
    ['2', ['<iframe src="javascript:alert(6)">', '<script>alert(5)</script>', '␛', 'characters more']],
    ['3', ['<script>alert(2)</script>', '__proto__', '⟨U+202E⟩evil', '\\u0000']],
    ['5', ['Phase']],
    ['6', ['"hook": "authenticate"']],
  ];
  for (const [key, texts] of expected) {
    await page.keyboard.press(key);
    const panel = page.getByRole('tabpanel');
    for (const each of texts) await expect.poll(() => panel.textContent()).toContain(each);
  }
  expect(await page.getByRole('heading', { level: 2 }).innerText()).toContain('<b>Acme</b>"\'&⟨U+202E⟩');
  expect(await page.locator('img, svg, iframe, b, body script:not([type])').count()).toBe(0);
}

describe.skipIf(withoutBrowser !== undefined)('what plugins say', () => {
  test('is text in the page, whatever it is and however long', async () => {
    const { page, context, complaints } = await visit(shown.browser, shown.at('/sessions/hostile/1?tab=log'));
    await lookAtHostile(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is text in an exported file', async () => {
    const url = `file://${await exported('hostile')}#/sessions/hostile/1?tab=log`;
    const { page, context, complaints } = await visit(shown.browser, url, { offline: true });
    await lookAtHostile(page);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe.skipIf(withoutBrowser !== undefined)('an exported session', () => {
  test('opens from the disk with the network off: same page, roles, addresses, filter and keys', async () => {
    const file = await exported('kinds');
    const url = `file://${file}#/sessions/kinds/2?tab=cookies`;
    const { page, context, complaints } = await visit(shown.browser, url, { offline: true });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await expect.poll(() => page.getByRole('table', { name: 'Cookie', exact: true }).innerText()).toContain('added');
    expect(await page.getByRole('status', { name: 'Connection' }).innerText()).toBe('exported file');
    expect(await page.title()).toBe('kinds – plugin-host');
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.getByRole('button', { name: /Replay|Remove|End session|Export/ }).count()).toBe(0);
    await page.keyboard.press('e');
    await page.keyboard.press('r');
    expect(await page.getByRole('dialog').count()).toBe(0);
    const filter = page.getByRole('searchbox', { name: 'Filter' });
    await filter.fill('verdict:needinfo');
    await expect.poll(() => page.getByRole('status', { name: 'Matches' }).innerText()).toBe('1 of 6 steps');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.keyboard.press('k');
    await expect.poll(() => new URL(page.url()).hash).toBe('#/sessions/kinds/1?tab=cookies');
    await page.locator('[aria-rowindex="4"]').click();
    await expect.poll(() => page.getByRole('region', { name: 'Step 3' }).count()).toBe(1);
    await page.goBack();
    await expect.poll(() => page.getByRole('region', { name: 'Step 1' }).count()).toBe(1);
    // As in a browser that lets no file use the clipboard.
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    const copy = page.getByRole('button', { name: 'Copy test' });
    await copy.click();
    await expect.poll(() => page.getByRole('status', { name: 'Done' }).innerText()).toBe('test copied');
    expect(await copy.evaluate((each) => each === document.activeElement)).toBe(true);
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('without an address shows its session', async () => {
    const { page, context } = await visit(shown.browser, `file://${await exported('kinds')}`, { offline: true });
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('kinds');
    await context.close();
  });

  test('is the same bytes each time, has nothing of the machine, and is masked', async () => {
    const text = readFileSync(await exported('kinds'), 'utf8');
    expect(readFileSync(await exported('kinds'), 'utf8')).toBe(text);
    const data = Buffer.byteLength(
      JSON.stringify((await runHost('session', 'show', 'kinds', '--state', shown.stateDir)).json),
    );
    expect(Buffer.byteLength(text)).toBeLessThan(400 * 1024 + data);
    for (const each of ['quokka-7791', shown.folder, process.execPath, 'region = west', 'unsafe-'])
      expect(text).not.toContain(each);
    expect(/content-security-policy" content="([^"]*)"/.exec(text)?.[1]).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+';/,
    );
  });

  test('says that secrets are shown, when it was made so', async () => {
    const file = await exported('kinds', '--show-secrets');
    expect(readFileSync(file, 'utf8')).toContain('quokka-7791');
    const { page, context } = await visit(shown.browser, `file://${file}`, { offline: true });
    await expect.poll(() => page.getByRole('alert').innerText()).toBe('Secrets are shown');
    await context.close();
  });

  test('that cannot be written leaves what was there', async () => {
    const file = path.join(shown.folder, 'there.html');
    writeFileSync(file, 'there');
    const args = ['session', 'export', 'none', '--html', file, '--state', shown.stateDir];
    expect(await runHost(...args)).toMatchObject({ exitCode: 2, json: { error: { code: 'SESSION_NOT_FOUND' } } });
    expect(readFileSync(file, 'utf8')).toBe('there');
  });
});

describe.skipIf(withoutBrowser !== undefined)('without scripts', () => {
  test('the page names the command that shows the same', async () => {
    const context = await shown.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(shown.at('/'));
    expect(await page.locator('noscript').innerText()).toContain('plugin-host session show');
    await context.close();
  });
});
