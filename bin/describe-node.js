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
  if (isThere('../../../package.json'))
    return `\`${renderInstallation()}\` installs one; then use \`npx plugin-host\`.`;
  return '`npm i -g node@24` (npm 12: `npm i -g --allow-scripts=node node@24`) installs one; then use `plugin-host`.';
}

/** The package node needs its script, and npm 12 runs only those that a project allows. An npm that is not known may be one. */
function renderInstallation() {
  const runsAll = /^npm\/(?:\d|1[01])\./.test(process.env['npm_config_user_agent'] ?? '');
  return `${runsAll ? '' : 'npm pkg set allowScripts.node=true --json && '}npm i -D node@24`;
}
