/**
 * What a browser makes of the inspector's page, for `test/bench/inspector.ts`; prints JSON. Scripts of the page are texts, because they run there.
 * `steps URL COUNT RUNS`, `sessions URL RUNS`, `large URL`, `live URL PLUGIN STATE_DIR CALLS`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { median, quantile } from '../bench/statistics.ts';
import { openBrowser } from './browser.ts';

/** Notes when the first row is painted, when all rows are known, and every task above 50 ms. */
const watchPage = `
  globalThis.seen = { tasks: [] };
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
  const painted = (name) => { seen[name] = -1; requestAnimationFrame(() => setTimeout(() => { seen[name] = performance.now(); })); };
  new MutationObserver(() => {
    if (seen.first === undefined && document.querySelector('[aria-rowindex="2"], nav [role=list] a, nav li a')) painted('first');
    const grid = document.querySelector('[role=grid]');
    if (seen.row === undefined && document.querySelector('[aria-rowindex="2"]')) painted('row');
    if (seen.all === undefined && Number(grid?.getAttribute('aria-rowcount')) > globalThis.wanted) painted('all');
  }).observe(document, { childList: true, subtree: true, attributes: true });
`;
const dataAt = `(() => {
  const steps = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/steps?'));
  return { first: steps[0]?.responseEnd, all: steps.at(-1)?.responseEnd };
})()`;
const scrollAll = `(async () => {
  const scroller = document.querySelector('.steps');
  seen.tasks = [];
  let most = 0;
  for (let part = 0; part <= 120; part += 1) {
    scroller.scrollTop = ((part % 61) / 60) * scroller.scrollHeight;
    await new Promise(requestAnimationFrame);
    most = Math.max(most, document.querySelectorAll('*').length);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { most, task: Math.max(0, ...seen.tasks) };
})()`;
const filterBy = (q: string): string => `(async () => {
  const box = document.querySelector('input[type=search], [role=searchbox]');
  const matches = document.querySelector('[aria-label=Matches]');
  const former = matches.textContent;
  const startedAt = performance.now();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, ${JSON.stringify(q)});
  box.dispatchEvent(new InputEvent('input', { bubbles: true }));
  while (matches.textContent === former && performance.now() - startedAt < 10000) await new Promise(requestAnimationFrame);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - startedAt;
})()`;

interface Seen {
  first: number;
  row: number;
  all: number;
  tasks: number[];
}

async function open(browser: Browser, url: string, wanted: number): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(`globalThis.wanted = ${wanted};${watchPage}`);
  await page.goto(url);
  return { page, context };
}

const seenOf = (page: Page): Promise<Seen> => page.evaluate('seen');
/** Not by the browser's tool for it, which the policy of the page forbids. */
const until = (page: Page, condition: string): Promise<unknown> =>
  page.evaluate(
    `(async () => { while (!(${condition}) && performance.now() < 60000) await new Promise((resolve) => setTimeout(resolve, 10)); })()`,
  );

interface PageFigures {
  firstPaintMs: number;
  firstPaintOfDataMs: number;
  allPaintMs: number;
  allPaintOfDataMs: number;
  elements: number;
  longestTaskMs: number;
  filterMs: number;
}

/** A session of many steps: medians of some visits. */
async function measureSteps(browser: Browser, url: string, steps: number, runs: number): Promise<PageFigures> {
  const all: PageFigures[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { page, context } = await open(browser, url, steps);
    await until(page, 'seen.row > 0');
    await until(page, 'seen.all > 0');
    const { row, all: whole } = await seenOf(page);
    const data = await page.evaluate<{ first: number; all: number }>(dataAt);
    const scrolled = await page.evaluate<{ most: number; task: number }>(scrollAll);
    const filterMs: number[] = [];
    for (const q of ['is:slow', 'hook:auth*', 'nothing', '']) filterMs.push(await page.evaluate(filterBy(q)));
    all.push({
      firstPaintMs: row,
      firstPaintOfDataMs: row - data.first,
      allPaintMs: whole,
      allPaintOfDataMs: whole - data.all,
      elements: scrolled.most,
      longestTaskMs: scrolled.task,
      filterMs: Math.max(...filterMs),
    });
    await context.close();
  }
  return mediansOf(all);
}

/** The list of many sessions. */
async function measureSessions(browser: Browser, url: string, runs: number): Promise<Record<string, number>> {
  const all: Record<string, number>[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { page, context } = await open(browser, url, 0);
    await until(page, 'seen.first > 0');
    const { first } = await seenOf(page);
    const filterMs: number[] = [];
    for (const q of ['plugin:Acme_3', 'is:slow', '']) filterMs.push(await page.evaluate(filterBy(q)));
    const elements = await page.evaluate<number>('document.querySelectorAll("*").length');
    all.push({ firstPaintMs: first, filterMs: Math.max(...filterMs), elements });
    await context.close();
  }
  return mediansOf(all);
}

/** A step that is shown cut: until it can be read, in each of its tabs, and the longest task meanwhile. */
async function measureLarge(browser: Browser, url: string): Promise<Record<string, number | boolean>> {
  const { page, context } = await open(browser, url, 0);
  const startedAt = performance.now();
  await page.getByRole('tab', { name: 'Result' }).click();
  await page.getByRole('tabpanel').waitFor();
  const shownMs = performance.now() - startedAt;
  const tabs: number[] = [];
  for (const name of ['Log', 'JSON', 'Arguments']) {
    const clickedAt = performance.now();
    await page.getByRole('tab', { name }).click();
    await page.getByRole('tabpanel', { name }).waitFor();
    tabs.push(performance.now() - clickedAt);
  }
  const link = await page.getByRole('link', { name: /all of it|whole|complete/i }).count();
  const { tasks } = await seenOf(page);
  await context.close();
  return { shownMs, tabMs: Math.max(...tabs), longestTaskMs: Math.max(0, ...tasks), hasLinkToAll: link > 0 };
}

/** From the end of a call in another process to its row in the page, on the clock of the machine. */
async function measureLive(
  browser: Browser,
  url: string,
  [plugin = '', stateDir = '', calls = '']: readonly string[],
): Promise<Record<string, number>> {
  const { page, context } = await open(browser, url, 0);
  await page.getByRole('status', { name: 'Connection' }).getByText('live').waitFor();
  await page.evaluate(`
    globalThis.rows = [];
    new MutationObserver(() => {
      for (const row of document.querySelectorAll('[role=row][aria-rowindex]:not(.running)'))
        rows[Number(row.getAttribute('aria-rowindex')) - 1] ??= performance.timeOrigin + performance.now();
    }).observe(document, { childList: true, subtree: true });`);
  const program = `
    import { openSession } from 'plugin-host';
    await using session = await openSession({ aa: process.argv[1], store: { name: 'live', stateDir: process.argv[2] } });
    const ends = [];
    for (let call = 0; call < Number(process.argv[3]); call += 1) {
      await session.call('authenticate', {});
      ends.push(performance.timeOrigin + performance.now());
    }
    console.log(JSON.stringify(ends));`;
  const caller = spawn(process.execPath, ['--input-type=module', '-e', program, plugin, stateDir, calls], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: caller.stdout }), 'line')) as [string];
  const ends = JSON.parse(line) as number[];
  await until(page, `rows[${ends.length}] !== undefined`);
  const rows = await page.evaluate<(number | null)[]>('[...rows].map((each) => each ?? null)');
  await context.close();
  const delays = ends.map((each, index) => (rows[index + 1] ?? NaN) - each).filter((each) => !Number.isNaN(each));
  return {
    rows: delays.length,
    medianMs: median(delays),
    ninetyNinthMs: quantile(delays, 0.99),
    worstMs: Math.max(...delays),
  };
}

function mediansOf<T extends object>(all: readonly T[]): T {
  const [first] = all;
  const keys = Object.keys(first ?? {}) as (keyof T)[];
  return Object.fromEntries(keys.map((key) => [key, Math.round(median(all.map((each) => Number(each[key]))))])) as T;
}

const [what, url = '', ...others] = process.argv.slice(2);
const browser = await openBrowser();
try {
  const figures =
    what === 'steps'
      ? await measureSteps(browser, url, Number(others[0]), Number(others[1]))
      : what === 'sessions'
        ? await measureSessions(browser, url, Number(others[0]))
        : what === 'large'
          ? await measureLarge(browser, url)
          : await measureLive(browser, url, others);
  process.stdout.write(JSON.stringify(figures));
} finally {
  await browser.close();
}
