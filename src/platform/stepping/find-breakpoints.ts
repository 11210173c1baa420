import path from 'node:path';
import { nearestName, renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { walkSteps } from '../analysis/walk-steps.ts';
import { findNode } from '../script/find-node.ts';
import { splitPointer } from '../script/join-pointer.ts';
import { type Block, type Script, type Step, textProperty } from '../script/script.ts';

/** Where a run stops. */
export interface Breakpoints {
  isAtStart: boolean;
  /** Whether it stops where an error arises. */
  isAtErrors: boolean;
  /** The steps before which it stops, and how each was named. */
  steps: ReadonlyMap<Step, string>;
}

const [start, error] = ['start', 'error'];

/** What these words name in a script: lines, JSON Pointers, functions, verbs, `start`, `error`. @throws PluginHostError USAGE for one that names nothing */
export function findBreakpoints(script: Script, file: string, words: readonly string[]): Breakpoints {
  const steps = new Map<Step, string>();
  for (const word of words.filter((each) => each !== start && each !== error)) {
    const found = new Finder(script, file).find(word);
    for (const step of found) if (!steps.has(step)) steps.set(step, word);
  }
  return { isAtStart: words.includes(start), isAtErrors: words.includes(error), steps };
}

/** Finds steps by what somebody calls them. */
class Finder {
  readonly #script: Script;
  readonly #file: string;
  readonly #steps: readonly Step[];

  constructor(script: Script, file: string) {
    this.#script = script;
    this.#file = file;
    this.#steps = script.blocks.flatMap(({ body }) => [...walkSteps(body)]);
  }

  find(word: string): Step[] {
    const line = this.#lineOf(word);
    if (line !== undefined) return [this.#atLine(word, line)];
    return word.startsWith('/') ? [this.#atPointer(word)] : this.#named(word);
  }

  /** `14`, or `portal.json:14` as a stop shows it. */
  #lineOf(word: string): number | undefined {
    const [, file, digits] = /^(?:(.+):)?(\d+)$/.exec(word) ?? [];
    const isOurs = file === undefined || path.basename(file) === path.basename(this.#file);
    return digits === undefined || !isOurs ? undefined : Number(digits);
  }

  /** The first step that begins on a line, else the innermost around it, else the first of the block to which the line belongs. */
  #atLine(word: string, line: number): Step {
    const { lines, blocks } = this.#script;
    const holds = ({ start, end }: { start: number; end: number }): boolean =>
      lines.lineOf(start) <= line && line <= lines.lineOf(end);
    const found =
      this.#steps.find((step) => lines.lineOf(step.start) === line) ??
      this.#steps.findLast((step) => holds({ start: step.start, end: step.payload.end })) ??
      blocks.find(({ node, nameStart }) => holds({ start: Math.min(nameStart, node.start), end: node.end }))?.body
        ?.steps[0];
    if (found !== undefined) return found;
    const starts = this.#steps.map((step) => lines.lineOf(step.start));
    const nearest = starts.sort((one, other) => Math.abs(one - line) - Math.abs(other - line))[0];
    throw this.#nothing(word, nearest === undefined ? 'It has no step.' : `The nearest step is at line ${nearest}.`);
  }

  /** The step itself, the first below the place, or the innermost around it. */
  #atPointer(word: string): Step {
    const isThere = findNode(this.#script.root, word) !== undefined;
    const found =
      this.#steps.find((step) => step.path === word || step.path.startsWith(`${word}/`)) ??
      this.#steps.findLast((step) => word.startsWith(`${step.path}/`));
    if (isThere && found !== undefined) return found;
    throw this.#nothing(word, `The nearest step is ${this.#nearestPath(word)}.`);
  }

  /** The one with the most keys in common, and then with the nearest index. */
  #nearestPath(word: string): string {
    const wanted = splitPointer(word);
    const nearness = ({ path: each }: Step): [common: number, gap: number] => {
      const keys = splitPointer(each);
      const common = wanted.findIndex((key, index) => key !== keys[index]);
      const gap = Math.abs(Number(wanted[common]) - Number(keys[common]));
      return [common, Number.isNaN(gap) ? 0 : gap];
    };
    const rated = this.#steps.map((step) => ({ path: step.path, nearness: nearness(step) }));
    rated.sort((one, other) => other.nearness[0] - one.nearness[0] || one.nearness[1] - other.nearness[1]);
    return rated[0]?.path ?? 'none';
  }

  /** The first step of a function of that name, the calls of one that is imported, and all steps with the verb. */
  #named(word: string): Step[] {
    const { blocks } = this.#script;
    const isExact = blocks.some(({ name }) => name === word);
    const isNamed = (name: string): boolean => (isExact ? name === word : name.toLowerCase() === word.toLowerCase());
    const named = blocks.filter(({ name }) => isNamed(name));
    const found = [
      ...named.flatMap(firstStep),
      ...this.#steps.filter((step) => named.length === 0 && isNamed(calledBy(step) ?? '')),
      ...this.#steps.filter(({ verb }) => verb.name.toLowerCase() === word.toLowerCase()),
    ];
    if (found.length > 0) return found;
    const names = [
      ...new Set([
        ...blocks.map(({ name }) => name),
        ...this.#steps.map(({ verb }) => verb.name),
        ...this.#steps.map(calledBy).filter((name) => name !== undefined),
        start,
        error,
      ]),
    ];
    throw this.#nothing(
      word,
      nearestName(word, names) === undefined ? knownNames(blocks) : renderSuggestion(word, names),
    );
  }

  #nothing(word: string, hint: string): PluginHostError {
    return new PluginHostError('USAGE', `breakpoint ${word} is nowhere in ${path.basename(this.#file)}`, { hint });
  }
}

function firstStep({ body }: Block): readonly Step[] {
  return body?.steps.slice(0, 1) ?? [];
}

function calledBy(step: Step): string | undefined {
  return step.verb.name === 'Function' ? textProperty(step, 'Name')?.value : undefined;
}

function knownNames(blocks: readonly Block[]): string {
  return `Name a line, a JSON Pointer, a verb, start, error, or a function: ${blocks.map(({ name }) => name).join(', ')}.`;
}
