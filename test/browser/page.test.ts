import { describe, expect, test } from 'vitest';
import { startInspector } from '../../src/index.ts';
import { makeFolder, runHost } from '../integration/fixture.ts';
import { visit, withoutBrowser } from './browser.ts';
import { eachKind, fillSession } from './fill-session.ts';
import { openInspected } from './open-inspected.ts';

const gateway = {
  client: '127.0.0.1:53412',
  target: { user: 'root', host: 'db1', ip: '10.0.0.1', port: 22, hostKey: 'SHA256:abc' },
  reason: 'client left',
};

const shown = openInspected(async (stateDir) => {
  await fillSession(stateDir, 'kinds', eachKind);
  await fillSession(stateDir, 'ssh-1', [{ atMs: 400_000_000, record: { verdict: 'DENY' } }], {
    origin: 'gateway',
    ended: 'denied',
    gatewayUser: 'wsmith',
    gatewayGroups: ['dba', 'ops'],
    protocol: 'ssh',
    gateway,
  });
});

describe.skipIf(withoutBrowser !== undefined)('the page', () => {
  test('lists sessions newest first, each with what is known of it', async () => {
    const { page, context, complaints } = await visit(shown.browser, shown.at('/'));
    const list = page.getByRole('navigation', { name: 'Sessions' }).getByRole('list');
    await expect.poll(() => list.getByRole('link').allInnerTexts()).toHaveLength(2);
    const [first = '', second = ''] = await list.getByRole('link').allInnerTexts();
    expect(first.replaceAll(/\s+/g, ' ')).toMatch(/^ssh-1 \d+ d ago .*denied wsmith · ssh · 1 step$/);
    expect(second.replaceAll(/\s+/g, ' ')).toMatch(/^kinds \d+ d ago .*ACCEPT 6 steps.* 4 failed steps.* 1 slow step$/);
    expect(await page.getByRole('status', { name: 'Matches' }).innerText()).toBe('2 of 2 sessions');
    expect(await page.title()).toBe('plugin-host');
    await list.getByRole('link', { name: /^ssh-1/ }).click();
    await expect.poll(() => page.title()).toBe('ssh-1 – plugin-host');
    expect(await list.getByRole('link', { name: /^ssh-1/ }).getAttribute('aria-current')).toBe('page');
    expect(new URL(page.url()).pathname).toBe('/sessions/ssh-1');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('tells the facts of a session, those of the gateway too', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/ssh-1'));
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('ssh-1');
    const facts = page.getByRole('region', { name: 'Session', exact: true });
    await expect.poll(() => facts.innerText()).toMatch(/Ended[^]*denied/);
    for (const text of ['wsmith', 'dba, ops', 'import', 'Test 1.0', '127.0.0.1:53412', 'root@db1:22', 'client left'])
      expect(await facts.innerText()).toContain(text);
    await context.close();
  });

  test('shows the steps of a session against their time, and a step', async () => {
    const { page, context, complaints } = await visit(shown.browser, shown.at('/sessions/kinds/2'), { width: 1600 });
    expect(new URL(page.url()).search).toBe('');
    const grid = page.getByRole('grid', { name: 'Steps' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('7');
    expect(await grid.locator('[aria-rowindex="1"]').innerText()).toMatch(/#[^]*Start[^]*Hook[^]*Result[^]*Time/);
    const row = grid.locator('[aria-rowindex="3"]');
    expect(await row.getAttribute('aria-selected')).toBe('true');
    const cells = await row.getByRole('gridcell').allInnerTexts();
    expect(cells.map((each) => each.replaceAll(/\s+/g, ' '))).toEqual([
      '2',
      '+2.8 s',
      'authenticate Test',
      '✓ ACCEPT',
      '1 ms',
    ]);
    const meter = grid.locator('[aria-rowindex="2"]').getByRole('meter', { name: 'Time allowed' });
    expect(await meter.getAttribute('aria-valuenow')).toBe('338');
    expect(await meter.getAttribute('aria-valuemax')).toBe('300000');
    expect(await meter.getAttribute('aria-valuetext')).toBe('338 ms of 300 s');
    const step = page.getByRole('region', { name: 'Step 2' });
    expect(await step.getByRole('heading', { level: 2 }).innerText()).toBe('authenticate of Test 1.0');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('draws a bar over half of its time in another way, not by colour alone', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds'));
    const bar = (row: number) => page.locator(`[aria-rowindex="${row}"]`).getByRole('meter').locator('i');
    await bar(5).waitFor();
    const image = (row: number): Promise<string> => bar(row).evaluate((each) => getComputedStyle(each).backgroundImage);
    expect(await image(2)).toBe('none');
    expect(await image(5)).toContain('repeating-linear-gradient');
    await context.close();
  });

  test('puts the time of the user between two rows, and covers neither', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds'));
    const wait = await page.getByText('waited for the user 2.5 s').locator('..').boundingBox();
    const [above, below] = await Promise.all(
      [2, 3].map((row) => page.locator(`[aria-rowindex="${row}"]`).boundingBox()),
    );
    const edge = (box: typeof wait, isEnd: boolean): number =>
      Math.round((box?.y ?? NaN) + (isEnd ? (box?.height ?? NaN) : 0));
    expect(edge(wait, false)).toBeGreaterThanOrEqual(edge(above ?? null, true));
    expect(edge(wait, true)).toBeLessThanOrEqual(edge(below ?? null, false));
    await context.close();
  });

  test.each([
    ['arguments', 1, /client_ip[^]*1\.2\.3\.4[^]*Not declared by the plugin[^]*gateway_user[^]*wsmith/],
    ['result', 1, /question[^]*Question[^]*Your PIN: *pin echo off[^]*Answer[^]*\*\*\*/],
    ['result', 3, /VaultError: no luck[^]*Traceback \(most recent call last\)/],
    ['result', 4, /cookie changes lost[^]*main\.py:7 in wait_for_vault/],
    ['result', 5, /Ended by SIGSEGV/],
    [
      'result',
      6,
      /Rule: COOKIE_NOT_A_MAPPING[^]*"cookie":"abc"[^]*error: COOKIE_NOT_A_MAPPING[^]*cookie is a text[^]*Return a dict as cookie/,
    ],
    ['cookies', 2, /kept\s*1\s*1\s*old\s*"a"\s*"b"\s*~ changed\s*gone\s*true\s*− removed\s*fresh\s*0\s*\+ added/],
    ['cookies', 4, /cookie changes lost/],
    ['log', 4, /truncated[^]*line|still waiting/],
    [
      'process',
      4,
      /timed-out[^]*Phase[^]*hook[^]*Forced[^]*yes[^]*300 s \(300000 ms\)[^]*Plugin timeout[^]*300 s[^]*Proxy timeout[^]*600 s/,
    ],
    ['process', 5, /Exit code[^]*–[^]*Signal[^]*SIGSEGV/],
  ])('has under %s of step %i what is to be seen there', async (tab, n, text) => {
    const { page, complaints } = await shown.look(`/sessions/kinds/${n}?tab=${tab}`);
    const panel = page.getByRole('region', { name: `Step ${n}` }).getByRole('tabpanel');
    await expect.poll(() => panel.innerText()).toMatch(text);
    const selected = page.getByRole('tablist', { name: 'Details' }).getByRole('tab', { selected: true });
    expect((await selected.innerText()).toLowerCase()).toBe(tab);
    expect(complaints).toEqual([]);
  });

  test('marks the place in a malformed reply', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds/6?tab=result'));
    await expect.poll(() => page.locator('mark').allTextContents()).toEqual(['"cookie":"abc"']);
    await context.close();
  });

  test('has a table for each cookie', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds/2?tab=cookies'));
    const headers = page.getByRole('table', { name: 'Cookie', exact: true }).getByRole('columnheader');
    await expect.poll(() => headers.allInnerTexts()).toEqual(['Key', 'Before', 'After', 'Change']);
    expect(await page.getByRole('table', { name: 'Session cookie' }).innerText()).toMatch(/mfa\s*"pin"\s*\+ added/);
    await context.close();
  });

  test('has under JSON what `session show` prints; back and forward work', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/kinds/2'));
    await page.getByRole('tab', { name: 'JSON' }).click();
    const { json } = await runHost<{ steps: object[] }>('session', 'show', 'kinds', '--state', shown.stateDir);
    const code = page.getByRole('tabpanel').getByRole('code');
    await expect.poll(() => code.textContent()).toBe(JSON.stringify(json.steps[1], null, 2));
    expect(new URL(page.url()).search).toBe('?tab=json');
    await page.goBack();
    const isSelected = (name: string): Promise<string | null> =>
      page.getByRole('tab', { name }).getAttribute('aria-selected');
    await expect.poll(() => isSelected('Arguments')).toBe('true');
    await page.goForward();
    await expect.poll(() => isSelected('JSON')).toBe('true');
    await context.close();
  });

  test('an unknown session is told', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/sessions/none'));
    await expect.poll(() => page.getByRole('alert').innerText()).toBe('No such session');
    await context.close();
  });

  test('an empty store names the command for a first call; started so, the page says that secrets are shown', async () => {
    await using other = await startInspector({ stateDir: makeFolder(), showSecrets: true });
    const { page, context } = await visit(shown.browser, other.url);
    await expect.poll(() => page.getByText(/npx plugin-host invoke \S+ -p/).count()).toBe(1);
    await expect.poll(() => page.getByRole('alert').innerText()).toBe('Secrets are shown');
    await context.close();
    const masked = await visit(shown.browser, shown.at('/'));
    await masked.page.getByRole('link', { name: /^kinds/ }).waitFor();
    expect(await masked.page.getByRole('alert').count()).toBe(0);
    await masked.context.close();
  });
});
