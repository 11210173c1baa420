import type { Resumption } from './stop.ts';

/** What somebody wants at a stop. */
export type StopCommand =
  | { kind: 'resume'; how: Resumption }
  | { kind: 'print'; expression: string }
  | { kind: 'set'; name: string; value: string }
  | { kind: 'variables' | 'calls' | 'source' | 'help' | 'nothing' }
  | { kind: 'wrong'; message: string };

const resumptions: Record<string, Resumption> = {
  n: 'next',
  next: 'next',
  s: 'into',
  step: 'into',
  o: 'out',
  out: 'out',
  finish: 'out',
  c: 'on',
  continue: 'on',
  q: 'quit',
  quit: 'quit',
};

const looks: Record<string, 'variables' | 'calls' | 'source' | 'help'> = {
  v: 'variables',
  variables: 'variables',
  w: 'calls',
  where: 'calls',
  bt: 'calls',
  l: 'source',
  list: 'source',
  h: 'help',
  help: 'help',
  '?': 'help',
};

/** A line that was typed at a stop: the letters of gdb, or whole words. */
export function parseCommand(line: string): StopCommand {
  const trimmed = line.trim();
  const word = /^\S*/.exec(trimmed)?.[0] ?? '';
  const rest = trimmed.slice(word.length).trim();
  if (word === '') return { kind: 'nothing' };
  if (word === 'p' || word === 'print')
    return rest === '' ? wrong('p needs an expression: p Name') : { kind: 'print', expression: rest };
  if (word === 'set') return parseSetting(rest);
  const resumption = Object.hasOwn(resumptions, word) ? resumptions[word] : undefined;
  const look = Object.hasOwn(looks, word) ? looks[word] : undefined;
  if (rest !== '' || (resumption === undefined && look === undefined))
    return wrong(`no such command: ${line.trim()}; h shows what there is, p shows the value of an expression`);
  if (resumption !== undefined) return { kind: 'resume', how: resumption };
  return { kind: look ?? 'help' };
}

function parseSetting(rest: string): StopCommand {
  const [, name, value = ''] = /^((?:global:)?[A-Za-z_]\w*)\s*=\s?(.*)$/is.exec(rest) ?? [];
  return name === undefined ? wrong('set needs a name and a value: set Name=text') : { kind: 'set', name, value };
}

function wrong(message: string): StopCommand {
  return { kind: 'wrong', message };
}
