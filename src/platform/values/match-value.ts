import { ScriptObject } from './script-object.ts';
import type { Budget } from './budget.ts';

/** One place where a group matched. */
export class CaptureValue extends ScriptObject {
  readonly typeName: string = 'Capture';
  readonly input: string;
  readonly index: number;
  readonly length: number;

  constructor(input: string, index: number, length: number) {
    super();
    this.input = input;
    this.index = index;
    this.length = length;
  }

  override get text(): string {
    return this.input.slice(this.index, this.index + this.length);
  }
}

/** A group: its last capture, and all of them. One that did not take part has none and an empty text. */
export class GroupValue extends CaptureValue {
  override readonly typeName: string = 'Group';
  readonly number: number;
  /** Of one without a name, its number. */
  readonly name: string;
  readonly captures: readonly CaptureValue[];

  constructor(number: number, name: string, input: string, captures: readonly CaptureValue[]) {
    const last = captures.at(-1);
    super(input, last?.index ?? 0, last?.length ?? 0);
    this.number = number;
    this.name = name;
    this.captures = captures;
  }

  get success(): boolean {
    return this.captures.length > 0;
  }
}

/** A match, or the lack of one. */
export class MatchValue extends GroupValue {
  override readonly typeName = 'Match';
  /** In the order of their numbers; the first is the match itself. */
  readonly groups: readonly GroupValue[];
  /** Finds the match after this one. */
  readonly next: (budget: Budget) => MatchValue;

  constructor(
    input: string,
    own: CaptureValue | undefined,
    others: readonly GroupValue[],
    next: ((budget: Budget) => MatchValue) | undefined,
  ) {
    super(0, '0', input, own === undefined ? [] : [own]);
    this.groups = [new GroupValue(0, '0', input, this.captures), ...others];
    this.next = next ?? ((): MatchValue => this);
  }
}

/** `Groups` of a match, `Captures` of a group. */
export class CaptureList extends ScriptObject {
  readonly typeName: 'GroupCollection' | 'CaptureCollection' | 'MatchCollection';
  readonly items: readonly CaptureValue[];

  constructor(typeName: CaptureList['typeName'], items: readonly CaptureValue[]) {
    super();
    this.typeName = typeName;
    this.items = items;
  }
}
