import { createRequire } from 'node:module';

/** Runs one command line. Resolves to the exit code; throws nothing. */
export async function main(args: readonly string[]): Promise<number> {
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    process.stdout.write(`${version()}\n`); // loading the parser would take as long as everything else
    return 0;
  }
  if (args[0] === '__complete') {
    process.stdout.write(await (await import('./completion/complete.ts')).complete(args.slice(1)));
    return 0;
  }
  const isDebugging = args.some((word) => word === '--break' || /^--debug(?:=|$)/.test(word)); // has a process of its own
  const booted =
    args[0] === 'invoke' && !isDebugging ? (await import('./sps/ahead/boot-invoke.ts')).bootInvoke(args) : undefined;
  const server =
    args[0] === 'test' && !isDebugging ? (await import('./sps/ahead/boot-test.ts')).bootTest(args) : undefined;
  try {
    const { runProgram } = await import('./run-program.ts');
    return await runProgram(args, version, booted);
  } finally {
    await Promise.all([booted?.child.discard(), server?.close()]);
  }
}

function version(): string {
  const { version: own } = createRequire(import.meta.url)('plugin-host/package.json') as { version: string };
  return own;
}
