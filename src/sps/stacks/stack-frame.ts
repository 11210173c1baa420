import path from 'node:path';
import type { Plugin } from '../plugin/plugin.ts';

/** A call that was running. */
export type StackFrame = {
  /** Relative to the package, absolute outside of it; a name such as `<string>` or `node:net` for what is not a file. */
  file: string;
  line: number;
  /** Of the function. */
  name: string;
};

/** As an interpreter reports it. */
export type RawFrame = [file: string, line: number, name: string];

/** Where a process is, as it reported. */
export interface Told {
  /** Of the thread that runs the hook, the innermost last. */
  current: RawFrame[];
  /** Of the other threads. */
  others: RawFrame[][];
  /** What an idle process waits for, in Node's words. */
  waitsFor?: string[];
}

/** The innermost frames matter, and an endless recursion has many. */
const mostFrames = 100;

/** Where our child-side programs are: in one folder when built. */
const ownFolders = [
  '.',
  ...(path.basename(import.meta.dirname) === 'stacks'
    ? ['../../process', '../../process/warm', '../shim', '../services']
    : []),
].map((folder) => path.resolve(import.meta.dirname, folder));

/** The frames that an interpreter reported, innermost last, without ours and those of the import system; undefined when none are left. */
export function toStack(frames: readonly RawFrame[], { root }: Pick<Plugin, 'root'>): StackFrame[] | undefined {
  const stack = frames
    .filter(([file]) => isInside(file, root) || !isOwn(file))
    .map(([file, line, name]) => ({ file: isInside(file, root) ? path.relative(root, file) : file, line, name }));
  return stack.length === 0 ? undefined : stack.slice(-mostFrames);
}

function isInside(file: string, root: string): boolean {
  return file.startsWith(`${root}/`);
}

function isOwn(file: string): boolean {
  return /^<frozen importlib\b|^node:internal\//.test(file) || ownFolders.includes(path.dirname(file));
}

/** The innermost line of the plugin itself, if possible not of a library that it bundles. */
export function findPlace(stack: readonly StackFrame[] | undefined): StackFrame | undefined {
  const inside = (stack ?? []).filter(({ file }) => !/^\/|^<|^node:/.test(file));
  return inside.findLast(({ file }) => !file.split('/').includes('node_modules')) ?? inside.at(-1);
}

/** `main.py:31 in ask` */
export function renderFrame({ file, line, name }: StackFrame): string {
  return `${file}:${line} in ${name}`;
}

/** What a shim sent; a plugin may have written it too. */
export function readFrames(value: unknown): RawFrame[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is RawFrame => {
    const [file, line, name] = Array.isArray(each) ? (each as unknown[]) : [];
    return typeof file === 'string' && typeof line === 'number' && typeof name === 'string';
  });
}
