import { cpSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type Inspector, type InspectorOptions, openSession, startInspector } from '../../src/index.ts';
import { makeFolder } from '../integration/fixture.ts';
import { openBrowser, type View, visit, type Visit, withoutBrowser } from './browser.ts';

export interface Inspected {
  folder: string;
  stateDir: string;
  /** A plugin with a folder of its own. */
  otp: string;
  readonly inspector: Inspector;
  readonly browser: Browser;
  /** An address of the page with the token. */
  at: (address: string) => string;
  /** One page for many addresses, which is cheaper than one for each. */
  look: (address: string, view?: View) => Promise<Visit>;
  /** A session of two calls: a question, and the right answer. */
  addDemo: (name: string) => Promise<void>;
}

/** One browser and one inspector for the tests of a file. */
export function openInspected(fill?: (stateDir: string) => Promise<void>, options: InspectorOptions = {}): Inspected {
  const folder = makeFolder();
  const stateDir = path.join(folder, 'state');
  const otp = path.join(folder, 'otp');
  let inspector: Inspector | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (withoutBrowser !== undefined) return;
    cpSync(path.resolve(import.meta.dirname, '../../sample-plugins/otp-ts'), otp, { recursive: true });
    await fill?.(stateDir);
    inspector = await startInspector({ stateDir, ...options });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await inspector?.close();
  });
  const need = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('it is not open yet');
    return value;
  };
  const at = (address: string): string =>
    need(inspector).url.replace('/?', `${address}${address.includes('?') ? '&' : '?'}`);
  let shared: Visit | undefined;
  return {
    folder,
    stateDir,
    otp,
    get inspector() {
      return need(inspector);
    },
    get browser() {
      return need(browser);
    },
    at,
    look: async (address, view) => {
      if (shared === undefined) return (shared = await visit(need(browser), at(address), view));
      await shared.page.goto(at(address));
      return shared;
    },
    addDemo: async (name) => {
      await using session = await openSession({ aa: otp, store: { name, stateDir } });
      await session.call('authenticate', {});
      await session.call('authenticate', { key_value_pairs: { otp: '123456' } });
      await session.close();
    },
  };
}
