import path from 'node:path';
import type { Plugin } from '../plugin/plugin.ts';

/** A call that was under way. */
export type StackFrame = {
  /** Relative to the package, absolute outside of it; a name such as `<string>` or `node:net` for what is no file. */
  file: string;
  line: number;
  /** Of the function. */
  name: string;
};

/** As an interpreter tells it. */
export type RawFrame = [file: string, line: number, name: string];

/** Where a process is, as it told. */
export interface Told {
  /** Of the thread that runs the hook, the innermost last. */
  current: RawFrame[];
  /** Of the other threads. */
  others: RawFrame[][];
  /** What an idle process waits for, in Node's words. */
  waitsFor?: string[];
}

/** The innermost ones are the ones that matter, and an endless recursion has many. */
const mostFrames = 100;

/** Where our child-side programs are: in one folder when built. */
const ownFolders = [
  '.',
  ...(path.basename(import.meta.dirname) === 'stacks'
    ? ['../../process', '../../process/warm', '../shim', '../services']
    : []),
].map((folder) => path.resolve(import.meta.dirname, folder));

/** What an interpreter told, innermost last, without what is ours or the import system's; undefined when nothing is left. */
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

/** The innermost line of the plugin's own, rather than of what it bundles. */
export function findPlace(stack: readonly StackFrame[] | undefined): StackFrame | undefined {
  const inside = (stack ?? []).filter(({ file }) => !/^\/|^<|^node:/.test(file));
  return inside.findLast(({ file }) => !file.split('/').includes('node_modules')) ?? inside.at(-1);
}

/** `main.py:31 in ask` */
export function renderFrame({ file, line, name }: StackFrame): string {
  return `${file}:${line} in ${name}`;
}

/** What a shim sent, which a plugin may have written as well. */
export function readFrames(value: unknown): RawFrame[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is RawFrame => {
    const [file, line, name] = Array.isArray(each) ? (each as unknown[]) : [];
    return typeof file === 'string' && typeof line === 'number' && typeof name === 'string';
  });
}
