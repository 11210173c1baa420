import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openPlugin, startInspector } from '../../src/index.ts';
import { SessionStore } from '../../src/sps/store/session-store.ts';
import { makeFolder, startHost, waitForFile } from '../integration/fixture.ts';
import { changeOf } from '../unit/sps/session/call-record.ts';
import { visit, withoutBrowser } from './browser.ts';
import { fillSession } from './fill-session.ts';
import { openInspected } from './open-inspected.ts';

const shown = openInspected();
const connectionOf = (page: Page) => page.getByRole('status', { name: 'Connection' });

async function addStep(name: string): Promise<void> {
  const session = await new SessionStore(shown.stateDir).open(name);
  session.commit(changeOf());
}

/** A way to a server that can be cut. */
class Way {
  port = 0;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #target: number;

  constructor(target: number) {
    this.#target = target;
  }

  async open(): Promise<void> {
    this.#server = createServer((from) => {
      const to = connect(this.#target, '127.0.0.1');
      for (const socket of [from, to]) {
        this.#sockets.add(socket);
        socket
          .on('error', () => undefined)
          .on('close', () => {
            from.destroy();
            to.destroy();
          });
      }
      from.pipe(to).pipe(from);
    }).listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    await closed;
  }
}

describe.skipIf(withoutBrowser !== undefined)('live', () => {
  test('a call that would leave nothing appears, and its next one', async () => {
    const { page, context } = await visit(shown.browser, shown.at('/'));
    await expect.poll(() => connectionOf(page).innerText()).toBe('live');
    await using plugin = await openPlugin(shown.otp, { stateDir: shown.stateDir });
    await plugin.call('authenticate');
    await page
      .getByRole('link', { name: /^_library-/ })
      .first()
      .click();
    const grid = page.getByRole('grid', { name: 'Steps' });
    await grid.locator('[aria-rowindex="2"]').waitFor();
    await plugin.call('authenticate');
    await grid.locator('[aria-rowindex="3"]').waitFor();
    await context.close();
  });

  test('a call of another process has a row with `running`, which the filter finds, until it is over', async () => {
    const [here, go] = ['here', 'go'].map((name) => path.join(shown.folder, name));
    const waits = path.join(makeFolder(), 'main.ts');
    writeFileSync(
      waits,
      `import { existsSync, writeFileSync } from 'node:fs';
export class Plugin {
  async authenticate() {
    writeFileSync(${JSON.stringify(here)}, '');
    while (!existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 10));
    return { verdict: 'ACCEPT' };
  }
}
`,
    );
    writeFileSync(
      path.join(path.dirname(waits), 'MANIFEST'),
      'name: Waits\ndescription: Test\nversion: "1.0"\ntype: aa\napi: "1.9"\nentry_point: main.ts\n',
    );
    const { page, context } = await visit(shown.browser, shown.at('/'));
    await expect.poll(() => connectionOf(page).innerText()).toBe('live');
    const args = [
      'invoke',
      'authenticate',
      '-p',
      path.dirname(waits),
      '--session',
      'waiting',
      '--state',
      shown.stateDir,
    ];
    const host = startHost(args);
    await waitForFile(here ?? '');
    const link = page.getByRole('link', { name: /^waiting/ });
    await expect.poll(() => link.innerText()).toMatch(/running[^]*0 steps/);
    await link.click();
    const row = page.getByRole('grid', { name: 'Steps' }).locator('[aria-rowindex="2"]');
    await expect.poll(() => row.innerText()).toMatch(/1[^]*authenticate[^]*running/);
    const filter = page.getByRole('searchbox', { name: 'Filter' });
    await filter.fill('is:running');
    expect(await row.count()).toBe(1);
    await filter.fill('hook:authorize');
    await expect.poll(() => row.count()).toBe(0);
    await filter.fill('');
    writeFileSync(go ?? '', '');
    await expect.poll(() => row.innerText()).toMatch(/ACCEPT/);
    await expect.poll(() => link.innerText()).toMatch(/ACCEPT[^]*1 step/);
    expect((await host.ended).exitCode).toBe(0);
    await context.close();
  });

  test('the end of the list is followed, until the user scrolls', async () => {
    const steps = Array.from({ length: 60 }, () => ({}));
    await fillSession(shown.stateDir, 'followed', steps);
    const { page, context } = await visit(shown.browser, shown.at('/sessions/followed'), { height: 500 });
    const row = (n: number) => page.getByRole('grid', { name: 'Steps' }).locator(`[aria-rowindex="${n + 1}"]`);
    await row(1).waitFor();
    const scroller = page.locator('.scroller.steps');
    const isInView = (n: number): Promise<boolean> =>
      row(n).evaluate((each) => each.getBoundingClientRect().bottom <= innerHeight + 1);
    await scroller.evaluate((each) => {
      each.scrollTop = each.scrollHeight;
    });
    await row(60).waitFor();
    await addStep('followed');
    await row(61).waitFor();
    await expect.poll(() => isInView(61)).toBe(true);
    await scroller.evaluate((each) => {
      each.scrollTop = 100;
    });
    await row(1).waitFor();
    await addStep('followed');
    await expect.poll(() => page.getByRole('status', { name: 'Matches' }).innerText()).toBe('62 of 62 steps');
    expect(await scroller.evaluate((each) => each.scrollTop)).toBe(100);
    await context.close();
  });

  test('an open step stays open, whatever comes and whatever the filter leaves out', async () => {
    await fillSession(shown.stateDir, 'open', [{ record: { hook: 'authorize' } }, {}]);
    const { page, context } = await visit(shown.browser, shown.at('/sessions/open/1?q=hook:authenticate'));
    const heading = page.getByRole('region', { name: 'Step 1' }).getByRole('heading', { level: 2 });
    await expect.poll(() => heading.innerText()).toBe('authorize of Test 1.0');
    const grid = page.getByRole('grid', { name: 'Steps' });
    await expect.poll(() => page.getByRole('status', { name: 'Matches' }).innerText()).toBe('1 of 2 steps');
    expect(await grid.locator('[aria-rowindex="2"]').count()).toBe(0);
    expect(await grid.locator('[aria-rowindex="3"]').count()).toBe(1);
    await addStep('open');
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('4');
    expect(await heading.innerText()).toBe('authorize of Test 1.0');
    await context.close();
  });

  test('a session that is removed elsewhere leaves list and page', async () => {
    await fillSession(shown.stateDir, 'gone', [{}]);
    const { page, context } = await visit(shown.browser, shown.at('/sessions/gone/1'));
    await page.getByRole('region', { name: 'Step 1' }).getByRole('heading').waitFor();
    await new SessionStore(shown.stateDir).remove('gone');
    await expect.poll(() => page.getByRole('alert').innerText()).toBe('No such session');
    expect(await page.getByRole('link', { name: /^gone/ }).count()).toBe(0);
    await context.close();
  });

  test('a page that lost its connection says so, tries again, and shows what it missed', async () => {
    await fillSession(shown.stateDir, 'missed', [{}]);
    const way = new Way(shown.inspector.port);
    await way.open();
    const url = shown.at('/sessions/missed').replace(String(shown.inspector.port), String(way.port));
    const { page, context } = await visit(shown.browser, url);
    const grid = page.getByRole('grid', { name: 'Steps' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2');
    await expect.poll(() => connectionOf(page).innerText()).toBe('live');
    await way.cut();
    await expect.poll(() => connectionOf(page).innerText()).toBe('reconnecting');
    await addStep('missed');
    await fillSession(shown.stateDir, 'missed-too', [{}]);
    await way.open();
    await expect.poll(() => connectionOf(page).innerText()).toBe('live');
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('3');
    await page.getByRole('link', { name: /^missed-too/ }).waitFor();
    await context.close();
    await way.cut();
  });

  test('a page that is told `reset` reads everything again', async () => {
    const context = await shown.browser.newContext();
    const page = await context.newPage();
    // It learns of nothing but that it missed too much.
    const body = 'id: 0-1\nevent: reset\ndata: {}\n\n';
    await page.route('**/v1/events', (route) => route.fulfill({ contentType: 'text/event-stream', body }));
    await fillSession(shown.stateDir, 'before-reset', [{}]);
    await page.goto(shown.at('/sessions/before-reset'));
    const grid = page.getByRole('grid', { name: 'Steps' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2');
    await addStep('before-reset');
    await fillSession(shown.stateDir, 'after-reset', [{}]);
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('3');
    await page.getByRole('link', { name: /^after-reset/ }).waitFor();
    await context.close();
  });

  test('a page whose server was started anew says that it is over', async () => {
    const other = await startInspector({ stateDir: shown.stateDir });
    const { page, context } = await visit(shown.browser, other.url);
    await expect.poll(() => connectionOf(page).innerText()).toBe('live');
    await other.close();
    await expect.poll(() => connectionOf(page).innerText()).toBe('reconnecting');
    await using again = await startInspector({ stateDir: shown.stateDir, port: other.port });
    expect(again.port).toBe(other.port);
    await expect.poll(() => connectionOf(page).innerText()).toBe('ended');
    expect(await page.getByRole('alert').innerText()).toContain('started anew');
    await context.close();
  });
});
