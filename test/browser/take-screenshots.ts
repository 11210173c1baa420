/** Makes the pictures of docs/inspector.md from sessions of the sample plugins: `node test/browser/take-screenshots.ts`, after a build. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSession, startInspector } from '../../src/index.ts';
import { openBrowser, visit } from './browser.ts';

const root = path.resolve(import.meta.dirname, '../..');
const sample = (name: string): string => path.join(root, 'sample-plugins', name);
process.chdir(root);
const stateDir = mkdtempSync(path.join(tmpdir(), 'ph-pictures-'));
try {
  for (const [name, otp] of [
    ['ssh-monday', '654321'],
    ['ssh-tuesday', '123456'],
  ] as const) {
    await using session = await openSession({
      aa: sample('otp'),
      credentialstore: sample('vault'),
      connection: 'ssh-gateway',
      store: { name, stateDir },
    });
    await session.call('authenticate');
    await session.call('authenticate', { key_value_pairs: { otp } });
    await session.call('authorize');
    await session.call('get_private_key_list');
    await session.call('get_password_list');
    await session.end();
  }
  await using inspector = await startInspector({ stateDir });
  const browser = await openBrowser();
  for (const theme of ['light', 'dark'] as const) {
    const url = inspector.url.replace('/?', '/sessions/ssh-tuesday/2?tab=cookies&');
    const { page, context } = await visit(browser, url, { width: 1280, height: 560, theme });
    await page.getByRole('table', { name: 'Cookie', exact: true }).waitFor();
    await page.screenshot({ path: path.join(root, `docs/inspector-${theme}.png`) });
    await context.close();
  }
  await browser.close();
} finally {
  rmSync(stateDir, { recursive: true, force: true });
}
