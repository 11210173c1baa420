import { existsSync } from 'node:fs';

/** What a Node that is too old is told; runs on every Node that has modules. */
export function describeNode() {
  const message = `plugin-host needs Node 24 or newer, this is ${process.version}`;
  return { code: 'NODE_TOO_OLD', message, hint: findRemedy() };
}

/** An installed Node is found by `npx` and by scripts of npm, whatever stands on PATH. */
function findRemedy() {
  const isThere = (file) => existsSync(new URL(file, import.meta.url));
  if (isThere('../build.ts')) return '`npm ci` in the checkout installs one; then use `npx plugin-host`.';
  if (isThere('../../../package.json')) return '`npm i -D node@24` installs one; then use `npx plugin-host`.';
  return '`npm i -g node@24` installs one, beside plugin-host; then use `plugin-host`.';
}
