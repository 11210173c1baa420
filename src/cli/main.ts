import { createRequire } from 'node:module';

/** Runs one command line. Resolves to the exit code; throws nothing. */
export async function main(args: readonly string[]): Promise<number> {
  if (args.some(isVersion) && args.every((word) => isVersion(word) || word === '--json')) {
    // Loading the parser would take as long as everything else.
    const [own, node] = [version(), process.versions.node];
    process.stdout.write(`${args.includes('--json') ? JSON.stringify({ version: own, node }) : own}\n`);
    return 0;
  }
  if (args[0] === '__complete') {
    process.stdout.write(await (await import('./completion/complete.ts')).complete(args.slice(1)));
    return 0;
  }
  // A debugged process is one of its own, and how one is started ahead cannot be told yet.
  const isPlain = !args.some((word) => /^(?:-v|--verbose|--break|--pdb|--debug(?:=.*)?)$/.test(word));
  const booted =
    args[0] === 'invoke' && isPlain ? (await import('./sps/ahead/boot-invoke.ts')).bootInvoke(args) : undefined;
  const server = args[0] === 'test' && isPlain ? (await import('./sps/ahead/boot-test.ts')).bootTest(args) : undefined;
  try {
    const { runProgram } = await import('./run-program.ts');
    return await runProgram(args, version, booted);
  } finally {
    await Promise.all([booted?.child.discard(), server?.close()]);
  }
}

function isVersion(word: string): boolean {
  return word === '--version' || word === '-V';
}

function version(): string {
  const { version: own } = createRequire(import.meta.url)('plugin-host/package.json') as { version: string };
  return own;
}
