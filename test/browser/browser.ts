import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const executablePath = [process.env['PLUGIN_HOST_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (file) => file !== undefined && existsSync(file),
);

/** Why the tests in a browser are skipped; undefined: they are not. */
export const withoutBrowser = executablePath === undefined ? 'there is no chromium' : undefined;

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** What the browser complained of. */
  complaints: string[];
}

export interface View {
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  offline?: boolean;
}

export async function visit(
  browser: Browser,
  url: string,
  { width = 1280, height = 800, theme = 'light', offline = false }: View = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, offline });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return { page, context, complaints };
}
