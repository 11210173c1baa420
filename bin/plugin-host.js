#!/usr/bin/env node
// Node 24 is the floor, but the message that says so has to run on what is there.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `plugin-host needs Node 24 or newer, this is ${process.version}. In a checkout, \`npm ci\` installs one: use \`npx plugin-host\`.\n`,
  );
  process.exitCode = 3;
} else {
  const { keepCompiled } = await import('../dist/keep-compiled.js');
  keepCompiled(process.env);
  const { main } = await import('../dist/cli.js');
  process.exitCode = await main(process.argv.slice(2));
}
