import { fileURLToPath } from 'node:url';
import type { RawFrame } from './stack-frame.ts';

/** Functions of classes and of the module, for which V8 and its debugger have different names. */
const anonymous = '<anonymous>';

/** The frames of a stack as V8 writes it, `    at async Plugin.ask (file:///…/main.ts:5:13)`, the innermost last. */
export function parseModuleStack(text: string): RawFrame[] {
  const [head = '', ...lines] = text.split('\n');
  return [...[head, ...lines].flatMap(parseLine).reverse(), ...parseHead(head)];
}

/** The first line names what cannot be compiled: `file:///…/main.ts:3`. */
function parseHead(line: string): RawFrame[] {
  const [, url, number] = /^(file:\/\/\/[^\s]{1,4096}|\/[^\s]{1,4096}):(\d{1,9})$/.exec(line) ?? [];
  return url === undefined ? [] : [[toFile(url), Number(number), anonymous]];
}

function parseLine(line: string): RawFrame[] {
  const words = line.trimStart();
  if (!words.startsWith('at ') || words.length > 4096) return [];
  const open = words.endsWith(')') ? words.lastIndexOf(' (') : -1;
  const [called, place] = open < 0 ? ['', words.slice(3)] : [words.slice(3, open), words.slice(open + 2, -1)];
  const at = readPlace(place.startsWith('async ') ? place.slice('async '.length) : place);
  return at === undefined ? [] : [[...at, readName(called)]];
}

function readPlace(place: string): [file: string, line: number] | undefined {
  const beforeColumn = place.lastIndexOf(':');
  const beforeLine = place.lastIndexOf(':', beforeColumn - 1);
  const line = Number(place.slice(beforeLine + 1, beforeColumn));
  if (beforeLine <= 0 || !Number.isInteger(line) || line < 1) return undefined;
  return [toFile(place.slice(0, beforeLine)), line];
}

/** A path, if the URL of a module has one. */
function toFile(url: string): string {
  if (!url.startsWith('file://')) return url;
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}

/** `async Plugin.ask [as hook]`, `new Plugin`: only the function. */
function readName(called: string): string {
  const as = called.indexOf(' [as ');
  const name = (as < 0 ? called : called.slice(0, as)).replace(/^async /, '').replace(/^new /, '');
  return (name.endsWith('>') ? anonymous : name.slice(name.lastIndexOf('.') + 1)) || anonymous;
}
