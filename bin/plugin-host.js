#!/usr/bin/env node
// Node 24 is the floor, but the message that says so has to run on what is there.
if (Number(process.versions.node.split('.')[0]) < 24) {
  const { describeNode } = await import('./describe-node.js');
  refuse(describeNode());
} else {
  const failure = await build();
  if (failure === undefined) await run();
  else refuse(failure);
}

/** What is packed is built; npm does not build what it takes from a repository. */
async function build() {
  const { existsSync } = process.getBuiltinModule('node:fs');
  const builder = new URL('../build/build-checkout.js', import.meta.url);
  if (existsSync(builder)) {
    const { buildCheckout } = await import(builder.href);
    return buildCheckout();
  }
  if (existsSync(new URL('../dist/cli.js', import.meta.url))) return undefined;
  const message = 'this copy of plugin-host was not built';
  return { code: 'HOST_FAILED', message, hint: 'In a checkout, `npm ci && npm pack` makes the file to install.' };
}

async function run() {
  const { keepCompiled } = await import('../dist/keep-compiled.js');
  keepCompiled(process.env);
  const { main } = await import('../dist/cli.js');
  process.exitCode = await main(process.argv.slice(2));
}

function refuse({ code, message, hint }) {
  process.exitCode = 3;
  if (process.argv.includes('--json')) console.log(JSON.stringify({ error: { code, message, hint } }, null, 2));
  else console.error(`${code}  ${message}\n  ${hint}`);
}
