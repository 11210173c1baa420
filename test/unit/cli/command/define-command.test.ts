import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { commandEntry } from '../../../../src/cli/command/command-entry.ts';
import { declareCommand } from '../../../../src/cli/command/declare-command.ts';
import { defineCommand } from '../../../../src/cli/command/define-command.ts';
import { option } from '../../../../src/cli/command/option.ts';
import { createSpsCommands } from '../../../../src/cli/sps/create-sps-commands.ts';
import type { Terminal } from '../../../../src/cli/terminal/create-terminal.ts';

const terminal = {} as Terminal;

const declared = declareCommand('paint <what> [how] [more...]', {
  summary: 'for this test',
  example: 'paint wall',
  options: [
    option('-c, --colour <name>', 'one of two', { choices: ['red', 'green'], default: 'red' }),
    option('--coat-of-paint <n>', 'how many', { parse: Number }),
    option('--tag <text>', 'repeatable', { isRepeatable: true }),
    option('--brush <kind>', 'needed', { isRequired: true }),
    option('--no-primer', 'without'),
    option('--wet', 'on wet'),
    option('--dry', 'on dry'),
  ],
  conflicts: [{ between: ['wet', 'dry'], unless: ['json'], message: 'it is wet or dry' }],
});

/** What is run with these words gets. */
async function run(...words: string[]): Promise<unknown> {
  let given: unknown;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  const entry = commandEntry(declared, () => (_terminal, what, how, more, options) => {
    // What the types promise, seen by the compiler.
    const colour: 'red' | 'green' = options.colour;
    const coats: number | undefined = options.coatOfPaint;
    const tags: string[] | undefined = options.tag;
    const brush: string = options.brush;
    const primer: boolean = options.primer;
    const isWet: true | undefined = options.wet;
    given = { what, how, more, colour, coats, tags, brush, primer, isWet };
    return Promise.resolve(7);
  });
  let exitCode = 0;
  defineCommand(program, entry, terminal, (code) => {
    exitCode = code;
  });
  await program.parseAsync(['paint', ...words], { from: 'user' });
  expect(exitCode).toBe(7);
  return given;
}

describe('a declared command', () => {
  test('gets its arguments and options as their types say', async () => {
    expect(await run('wall', '--brush', 'flat')).toEqual({
      what: 'wall',
      how: undefined,
      more: [],
      colour: 'red',
      coats: undefined,
      tags: undefined,
      brush: 'flat',
      primer: true,
      isWet: undefined,
    });
    const words = ['wall', 'thick', 'a', 'b', '-c', 'green', '--coat-of-paint', '2', '--tag', 'x', '--tag', 'y'];
    expect(await run(...words, '--brush', 'flat', '--no-primer', '--wet')).toEqual({
      what: 'wall',
      how: 'thick',
      more: ['a', 'b'],
      colour: 'green',
      coats: 2,
      tags: ['x', 'y'],
      brush: 'flat',
      primer: false,
      isWet: true,
    });
  });

  test('refuses options that exclude each other, unless neither matters', async () => {
    const both = ['wall', '--brush', 'flat', '--wet', '--dry'];
    await expect(run(...both)).rejects.toMatchObject({
      code: 'USAGE',
      message: 'it is wet or dry',
      hint: 'Leave out one of them.',
    });
    await expect(run(...both, '--json')).resolves.toMatchObject({ isWet: true });
  });

  test('refuses what is no choice, and a lacking option that it needs', async () => {
    await expect(run('wall', '--brush', 'flat', '-c', 'blue')).rejects.toMatchObject({
      code: 'commander.invalidArgument',
    });
    await expect(run('wall')).rejects.toMatchObject({ code: 'commander.missingMandatoryOptionValue' });
  });
});

test.each(['invoke', 'simulate'])('%s is refused with --debug and --watch', async (name) => {
  const program = new Command().exitOverride();
  for (const each of createSpsCommands(undefined)) defineCommand(program, each, terminal, () => undefined);
  const words = name === 'invoke' ? ['invoke', 'authenticate'] : ['simulate'];
  for (const asking of ['--debug=', '--break']) {
    await expect(program.parseAsync([...words, asking, '--watch'], { from: 'user' })).rejects.toMatchObject({
      code: 'USAGE',
      message: '--debug waits for a debugger, --watch calls again after each change',
    });
  }
});
