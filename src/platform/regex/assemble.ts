import { firstUnits, leadingAnchor } from './first-units.ts';
import { notNewLineTest } from './parsing/char-set.ts';
import type { CharTest } from './parsing/char-set.ts';
import { unbounded } from './parsing/pattern-node.ts';
import type { ParsedPattern, PatternNode } from './parsing/pattern-node.ts';
import { op } from './program.ts';
import type { Program } from './program.ts';

type Unit = Extract<PatternNode, { type: 'unit' }>;

/** Writes the instructions of a tree, in the order in which they are carried out. */
class Assembler {
  readonly code: number[] = [];
  readonly tests: CharTest[] = [];
  readonly texts: string[] = [];
  usesReferences = false;

  write(node: PatternNode): void {
    switch (node.type) {
      case 'empty':
        return;
      case 'unit':
        this.#unit(node);
        return;
      case 'anchor':
        this.#emit(op[node.kind]);
        return;
      case 'reference':
        this.usesReferences = true;
        this.#emit(op.reference, node.slot, Number(node.ignoresCase), Number(node.isBackward));
        return;
      case 'sequence':
        this.#sequence(node.items);
        return;
      case 'alternation':
        this.#alternation(node.items);
        return;
      case 'loop':
        this.#loop(node);
        return;
      case 'capture':
        this.#emit(op.mark);
        this.write(node.item);
        this.#emit(op.capture, node.slot, node.minus);
        return;
      case 'look':
        this.#look(node);
        return;
      case 'atomic':
        this.#emit(op.setJump);
        this.write(node.item);
        this.#emit(op.foreJump);
        return;
      case 'conditional':
        this.usesReferences = true;
        this.#conditional(node);
    }
  }

  #emit(...words: number[]): number {
    return this.code.push(...words) - 1;
  }

  /** To be filled in when the place is known: the address that the last word stands for. */
  #patch(word: number): void {
    this.code[word] = this.code.length;
  }

  #testNumber(test: CharTest): number {
    return this.tests.push(test) - 1;
  }

  #unit({ test, code, isBackward }: Unit): void {
    if (code !== undefined) this.#emit(isBackward ? op.oneBack : op.one, code);
    else this.#emit(isBackward ? op.setBack : op.set, this.#testNumber(test));
  }

  #sequence(items: readonly PatternNode[]): void {
    let text = '';
    const flush = (): void => {
      if (text.length > 1) this.#emit(op.text, this.texts.push(text) - 1);
      else if (text !== '') this.#emit(op.one, text.charCodeAt(0));
      text = '';
    };
    for (const item of items) {
      if (item.type === 'unit' && item.code !== undefined && !item.isBackward) {
        text += String.fromCharCode(item.code);
        continue;
      }
      flush();
      this.write(item);
    }
    flush();
  }

  #alternation(items: readonly PatternNode[]): void {
    const ends: number[] = [];
    for (const [at, item] of items.entries()) {
      const isLast = at === items.length - 1;
      const other = isLast ? -1 : this.#emit(op.branch, 0);
      this.write(item);
      if (isLast) break;
      ends.push(this.#emit(op.goto, 0));
      this.#patch(other);
    }
    for (const end of ends) this.#patch(end);
  }

  #loop({ item, min, max, isLazy }: Extract<PatternNode, { type: 'loop' }>): void {
    if (item.type === 'unit') {
      const [forward, backward] = isLazy ? [op.lazyRun, op.lazyRunBack] : [op.run, op.runBack];
      this.#emit(item.isBackward ? backward : forward, this.#testNumber(item.test), min, max);
      return;
    }
    const counts = max < unbounded || min > 1;
    if (counts) this.#emit(min === 0 ? op.nullCount : op.setCount, min === 0 ? 0 : 1 - min);
    else this.#emit(min === 0 ? op.nullMark : op.mark);
    const skip = min === 0 ? this.#emit(op.goto, 0) : -1;
    const start = this.code.length;
    this.write(item);
    if (skip >= 0) this.#patch(skip);
    if (counts) this.#emit(isLazy ? op.lazyBranchCount : op.branchCount, start, max === unbounded ? max : max - min);
    else this.#emit(isLazy ? op.lazyBranchMark : op.branchMark, start);
  }

  #look({ isNegative, item }: Extract<PatternNode, { type: 'look' }>): void {
    this.#emit(op.setJump);
    if (isNegative) {
      const other = this.#emit(op.branch, 0);
      this.write(item);
      this.#emit(op.backJump);
      this.#patch(other);
    } else {
      this.#emit(op.mark);
      this.write(item);
      this.#emit(op.getMark);
    }
    this.#emit(op.foreJump);
  }

  #conditional({ test, yes, no }: Extract<PatternNode, { type: 'conditional' }>): void {
    const isGroup = typeof test === 'number';
    this.#emit(op.setJump);
    if (!isGroup) this.#emit(op.mark);
    const other = this.#emit(op.branch, 0);
    if (isGroup) {
      this.#emit(op.testGroup, test);
    } else {
      this.write(test);
      this.#emit(op.getMark);
    }
    this.#emit(op.foreJump);
    this.write(yes);
    const end = this.#emit(op.goto, 0);
    this.#patch(other);
    if (!isGroup) this.#emit(op.getMark);
    this.#emit(op.foreJump);
    this.write(no);
    this.#patch(end);
  }
}

/** The instructions of a pattern. */
export function assemble({ root, groups }: ParsedPattern): Program {
  const assembler = new Assembler();
  assembler.write(root);
  assembler.code.push(op.stop);
  const { code, tests, texts, usesReferences } = assembler;
  const isOnlyOfLine = (test: CharTest): boolean => test === notNewLineTest && !usesReferences;
  const anchor = leadingAnchor(root, isOnlyOfLine);
  return { code: Int32Array.from(code), tests, texts, groups, first: firstUnits(root), anchor };
}
