import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { runHost } from '../integration/fixture.ts';
import { visit, withoutBrowser } from './browser.ts';
import { eachKind, fillSession } from './fill-session.ts';
import { openInspected } from './open-inspected.ts';

const shown = openInspected((stateDir) => fillSession(stateDir, 'kinds', eachKind));
const root = path.resolve(import.meta.dirname, '../..');
const slow = { timeout: 30_000 };

beforeAll(async () => {
  if (withoutBrowser === undefined) await shown.addDemo('demo');
});

const stored = (name: string): string => JSON.stringify(new SessionStore(shown.stateDir).readContent(name));

/** What was copied by a button or a key. */
async function copied(page: Page, doIt: () => Promise<void>): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await doIt();
  await page.getByRole('status', { name: 'Done' }).waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent.slice(0, 40)}`);

describe.skipIf(withoutBrowser !== undefined)('in the page', () => {
  test('a step is called again, by its button and by its key; nothing stored is changed', async () => {
    const before = stored('demo');
    const { page, context, complaints } = await visit(shown.browser, shown.at('/sessions/demo/2'));
    const step = page.getByRole('region', { name: 'Step 2' });
    await step.getByRole('button', { name: 'Replay', exact: true }).click();
    const replay = page.getByRole('region', { name: 'Replay' });
    await expect.poll(() => replay.getByRole('status').innerText(), slow).toBe('equal');
    expect(await replay.innerText()).toMatch(/Recorded[^]*ACCEPT[^]*Replayed[^]*ACCEPT/);
    expect(await replay.getByRole('table', { name: 'Differences' }).count()).toBe(0);
    await page.keyboard.press('k');
    await expect.poll(() => replay.count()).toBe(0);
    await page.keyboard.press('r');
    await expect.poll(() => replay.getByRole('status').innerText(), slow).toBe('equal');
    expect(stored('demo')).toBe(before);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a whole session is called again', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/demo'));
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    const replay = page.getByRole('region', { name: 'Replay' });
    await expect.poll(() => replay.getByRole('status').innerText(), slow).toBe('equal');
    await context.close();
  });

  test('arguments and configuration are edited; broken JSON is told with its place, and nothing is sent', async () => {
    const { page, context, complaints } = await visit(shown.browser, shown.at('/sessions/demo/2'));
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.postData() ?? '');
    });
    const button = page.getByRole('button', { name: 'Edit and replay' });
    const dialog = page.getByRole('dialog', { name: 'Edit and replay' });
    await page.getByRole('tabpanel').getByRole('table').first().waitFor();
    await button.click();
    await dialog.getByRole('textbox', { name: 'Configuration' }).fill('[otp]\ncode = 654321\n');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => dialog.count()).toBe(0);
    expect(await button.evaluate((each) => each === document.activeElement)).toBe(true);
    await button.click();
    const text = dialog.getByRole('textbox', { name: 'Arguments' });
    const given = JSON.parse(await text.inputValue()) as object;
    expect(given).toMatchObject({ key_value_pairs: { otp: '***' }, protocol: 'ssh' });
    for (const [broken, place] of [
      ['{\n  "a": }', 'line 2, column 8'],
      ['{\n  "a": 1', 'line 2, column 9'],
      ['[]', 'line 1, column 1'],
    ] as const) {
      await text.fill(broken);
      await dialog.getByRole('button', { name: 'Replay' }).click();
      expect(await dialog.getByRole('alert').innerText()).toContain(place);
    }
    expect(sent).toEqual([]);
    await text.fill(JSON.stringify({ ...given, key_value_pairs: { otp: '999999' } }));
    await dialog.getByRole('textbox', { name: 'Configuration' }).fill('[otp]\ncode = 654321\n');
    await dialog.getByRole('button', { name: 'Replay' }).click();
    await expect.poll(() => dialog.count()).toBe(0);
    const replay = page.getByRole('region', { name: 'Replay' });
    await expect.poll(() => replay.getByRole('status').innerText(), slow).toMatch(/^\d+ differences$/);
    const table = replay.getByRole('table', { name: 'Differences' });
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(['Path', 'Recorded', 'Replayed']);
    expect(await table.getByRole('row', { name: /^verdict/ }).innerText()).toMatch(/"ACCEPT"\s*"NEEDINFO"/);
    expect(sent.map((each) => JSON.parse(each) as unknown)).toMatchObject([{ config: '[otp]\ncode = 654321\n' }]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a copied command runs as it was pasted', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/demo/1'));
    await page.getByRole('tabpanel').getByRole('table').first().waitFor();
    const command = await copied(page, () => page.getByRole('button', { name: 'Copy command' }).click());
    expect(command).toMatch(/^npx plugin-host invoke authenticate -p /);
    const programs = path.join(shown.folder, 'bin');
    mkdirSync(programs);
    const [node, host] = [process.execPath, path.join(root, 'bin/plugin-host.js')].map((each) => JSON.stringify(each));
    writeFileSync(path.join(programs, 'npx'), `#!/bin/sh\nshift\nexec ${node} ${host} "$@" --json\n`);
    chmodSync(path.join(programs, 'npx'), 0o755);
    const env = { ...process.env, PATH: `${programs}:${process.env['PATH']}`, PLUGIN_HOST_STATE: shown.stateDir };
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: root, env });
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'NEEDINFO' });
    await page.goto(shown.at('/sessions/demo/2').replace(/[?].*/, ''));
    await page.getByRole('tabpanel').getByRole('table').first().waitFor();
    const masked = await copied(page, () => page.keyboard.press('c'));
    expect(masked).toContain('***');
    expect(masked).not.toContain('123456');
    await context.close();
  });

  test('a copied command brings its configuration', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds/1'));
    await page.getByText('Not declared by the plugin').waitFor();
    const command = await copied(page, () => page.keyboard.press('c'));
    expect(command).toMatch(/ --config - <<'END'\n\[acme\]\nregion = west\nEND$/);
    await context.close();
  });

  test('a copied test is a case that passes', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/demo/1'));
    await page.getByRole('tabpanel').getByRole('table').first().waitFor();
    const text = await copied(page, () => page.getByRole('button', { name: 'Copy test' }).click());
    const file = path.join(shown.folder, 'copied.plugin-test.yaml');
    writeFileSync(file, `plugin: ./otp\ncases:\n${text.replaceAll(/^/gm, '  ')}`);
    expect((await runHost('test', file)).exitCode).toBe(0);
    await context.close();
  });

  test('a session is exported to a file', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).press('Space'),
    ]);
    expect(download.suggestedFilename()).toBe('kinds.html');
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).toMatch(/^<!doctype html>[^]*wait_for_vault/);
    expect(text).not.toContain('quokka-7791');
    await context.close();
  });

  test('a session is ended', async () => {
    await shown.addDemo('to-end');
    const { page, context, complaints } = await visit(shown.browser, shown.at('/sessions/to-end'));
    const grid = page.getByRole('grid', { name: 'Steps' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('3');
    await page.getByRole('button', { name: 'End session' }).click();
    await expect.poll(() => grid.getAttribute('aria-rowcount'), slow).toBe('4');
    const facts = page.getByRole('region', { name: 'Session', exact: true });
    await expect.poll(() => facts.innerText()).toMatch(/Ended[^]*closed/);
    await expect.poll(() => page.getByRole('link', { name: /^to-end/ }).innerText()).toContain('closed');
    expect(new SessionStore(shown.stateDir).readFacts('to-end').ended).toBe('closed');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a session is removed only when it is asked for and confirmed; the focus has a place after both', async () => {
    await shown.addDemo('to-remove');
    const { page, context, complaints } = await visit(shown.browser, shown.at('/sessions/to-remove'));
    await page.getByRole('grid', { name: 'Steps' }).locator('[aria-rowindex="2"]').waitFor();
    const button = page.getByRole('button', { name: 'Remove' });
    const dialog = page.getByRole('dialog', { name: 'Remove session' });
    for (const close of [
      () => dialog.getByRole('button', { name: 'Cancel' }).click(),
      () => page.keyboard.press('Escape'),
    ]) {
      await button.click();
      await dialog.waitFor();
      await close();
      await expect.poll(() => dialog.count()).toBe(0);
      expect(await focused(page)).toBe('BUTTON Remove');
    }
    expect(new SessionStore(shown.stateDir).has('to-remove')).toBe(true);
    await button.click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/');
    await expect.poll(() => page.getByRole('link', { name: /^to-remove/ }).count()).toBe(0);
    expect(new SessionStore(shown.stateDir).has('to-remove')).toBe(false);
    await expect.poll(() => focused(page)).not.toMatch(/^BODY/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what cannot be done is told', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds/2'));
    await page.keyboard.press('r');
    await expect.poll(() => page.getByRole('alert').innerText(), slow).toMatch(/test.*: /);
    await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    await expect.poll(() => focused(page)).not.toMatch(/^BODY/);
    await context.close();
  });
});
