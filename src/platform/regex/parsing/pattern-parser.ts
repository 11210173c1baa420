import { anyTest, caseVariants, notNewLineTest, unitTest } from './char-set.ts';
import type { CharTest } from './char-set.ts';
import type { GroupSlots } from './group-slots.ts';
import type { AnchorKind, PatternNode } from './pattern-node.ts';
import type { PatternReader } from './pattern-reader.ts';
import { readClass } from './read-class.ts';
import { readEscape, readShorthand } from './read-escape.ts';
import { readGroupStart } from './read-group-start.ts';
import type { GroupStart } from './read-group-start.ts';
import { readQuantifier } from './read-quantifier.ts';
import { regexOptions } from './regex-options.ts';

/** Deeper than any person writes, and far from what the stack of the host bears. */
const maxNesting = 200;

const backReference = /[1-9][0-9]*/y;
const namedReference = /k?(?:<([^<>]*)>|'([^']*)')/y;

const anchors: Record<string, AnchorKind> = {
  A: 'beginning',
  b: 'boundary',
  B: 'nonBoundary',
  G: 'start',
  Z: 'endZ',
  z: 'end',
};

/**
 * Reads a pattern of .NET. It is read twice: what `\1` means depends on how many groups there are, so the first time they are
 * counted. Source: .NET, regular expression language.
 */
export class PatternParser {
  readonly #reader: PatternReader;
  readonly #slots: GroupSlots;
  readonly #isCounting: boolean;
  #options: number;
  #unnamed = 1;
  #depth = 0;

  constructor(reader: PatternReader, slots: GroupSlots, options: number, isCounting: boolean) {
    this.#reader = reader;
    this.#slots = slots;
    this.#options = options;
    this.#isCounting = isCounting;
  }

  parse(): PatternNode {
    const root = this.#alternation();
    if (!this.#reader.isAtEnd) this.#reader.fail("Too many )'s.");
    return root;
  }

  #has(option: keyof typeof regexOptions): boolean {
    return (this.#options & regexOptions[option]) !== 0;
  }

  #alternation(): PatternNode {
    if (++this.#depth > maxNesting) this.#reader.fail('The pattern is nested too deep.');
    const items = [this.#sequence()];
    while (this.#reader.passes('|')) items.push(this.#sequence());
    this.#depth--;
    const [only] = items;
    return items.length === 1 && only ? only : { type: 'alternation', items };
  }

  #sequence(): PatternNode {
    const items: PatternNode[] = [];
    for (;;) {
      this.#skipBlanks();
      if (this.#reader.isAtEnd || this.#reader.startsWith('|') || this.#reader.startsWith(')')) break;
      const item = this.#item();
      if (item) items.push(this.#quantified(item));
    }
    if (this.#has('RightToLeft')) items.reverse();
    const [only] = items;
    return items.length === 1 && only ? only : { type: 'sequence', items };
  }

  #skipBlanks(): void {
    this.#reader.skipBlanks(this.#has('IgnorePatternWhitespace'));
  }

  /** Undefined for `(?i)`, which is nothing in itself. */
  #item(): PatternNode | undefined {
    const { at } = this.#reader;
    if (readQuantifier(this.#reader, this.#has('IgnorePatternWhitespace')) !== undefined)
      this.#reader.fail('Quantifier {x,y} following nothing.', at);
    const unit = this.#reader.next();
    switch (unit) {
      case '(':
        return this.#group();
      case '[':
        return this.#unit(readClass(this.#reader, this.#has('IgnoreCase')));
      case '\\':
        return this.#escape();
      case '.':
        return this.#unit(this.#has('Singleline') ? anyTest : notNewLineTest);
      case '^':
        return { type: 'anchor', kind: this.#has('Multiline') ? 'bol' : 'beginning' };
      case '$':
        return { type: 'anchor', kind: this.#has('Multiline') ? 'eol' : 'endZ' };
      default:
        return this.#literal(unit.charCodeAt(0));
    }
  }

  #unit(test: CharTest, code?: number): PatternNode {
    return { type: 'unit', test, code, isBackward: this.#has('RightToLeft') };
  }

  #literal(code: number): PatternNode {
    const ignoresCase = this.#has('IgnoreCase');
    const isExact = !ignoresCase || caseVariants(code).length === 1;
    return this.#unit(unitTest(code, ignoresCase), isExact ? code : undefined);
  }

  #escape(): PatternNode {
    const kind = anchors[this.#reader.peek()];
    if (kind !== undefined && Object.hasOwn(anchors, this.#reader.peek())) {
      this.#reader.at++;
      return { type: 'anchor', kind };
    }
    const shorthand = readShorthand(this.#reader);
    if (shorthand) return this.#unit(shorthand);
    return this.#reference() ?? this.#literal(readEscape(this.#reader));
  }

  /** `\1`, `\k<name>`, `\<name>`, if it is one. */
  #reference(): PatternNode | undefined {
    const start = this.#reader.at;
    const isNamed = this.#reader.startsWith('k');
    const name = this.#reader.take(namedReference)?.replace(/^k/, '').slice(1, -1);
    if (name === undefined) {
      if (isNamed) this.#reader.fail('Malformed \\k<...> named back reference.', start);
      return this.#numberedReference(start);
    }
    const slot = this.#slots.slotOf(name);
    if (slot !== undefined || this.#isCounting) return this.#referenceTo(slot ?? 0);
    if (isNamed) this.#reader.fail(`Reference to undefined group name '${name}'.`, start);
    this.#reader.at = start;
    return undefined;
  }

  #numberedReference(start: number): PatternNode | undefined {
    const digits = this.#reader.take(backReference);
    if (digits === undefined) return undefined;
    const slot = this.#slots.slotOfNumber(Number(digits));
    if (slot !== undefined) return this.#referenceTo(slot);
    if (digits.length === 1 && !this.#isCounting)
      this.#reader.fail(`Reference to undefined group number ${digits}.`, start);
    this.#reader.at = digits.length === 1 ? this.#reader.at : start;
    return digits.length === 1 ? { type: 'empty' } : undefined;
  }

  #referenceTo(slot: number): PatternNode {
    const isBackward = this.#has('RightToLeft');
    return { type: 'reference', slot, ignoresCase: this.#has('IgnoreCase'), isBackward };
  }

  #quantified(item: PatternNode): PatternNode {
    this.#skipBlanks();
    const found = readQuantifier(this.#reader, this.#has('IgnorePatternWhitespace'));
    if (found === undefined) return item;
    this.#skipBlanks();
    const { at } = this.#reader;
    if (readQuantifier(this.#reader, this.#has('IgnorePatternWhitespace')))
      this.#reader.fail(`Nested quantifier '${this.#reader.text.charAt(at)}'.`, at);
    if (found.max === 0) return { type: 'empty' };
    if (found.min === 1 && found.max === 1) return item;
    return { type: 'loop', item, ...found };
  }

  #group(): PatternNode | undefined {
    const start = this.#reader.at - 1;
    const before = this.#options;
    const opening = readGroupStart(this.#reader, this.#options);
    this.#options = opening.options;
    if (opening.kind === 'options') return undefined;
    const item = this.#groupItem(opening);
    if (!this.#reader.passes(')')) this.#reader.fail("Not enough )'s.", start);
    this.#options = before;
    return item;
  }

  #groupItem(opening: GroupStart): PatternNode {
    switch (opening.kind) {
      case 'plain':
      case 'options':
        return this.#alternation();
      case 'unnamed': {
        const number = this.#unnamed++;
        if (this.#isCounting) this.#slots.addUnnamed();
        return { type: 'capture', slot: this.#slots.slotOfNumber(number) ?? 0, minus: -1, item: this.#alternation() };
      }
      case 'named':
        return this.#namedGroup(opening);
      case 'look':
        return { type: 'look', isNegative: opening.isNegative, item: this.#alternation() };
      case 'atomic':
        return { type: 'atomic', item: this.#alternation() };
      case 'conditional':
        return this.#conditional(opening);
    }
  }

  #namedGroup({ name, minus, at }: Extract<GroupStart, { kind: 'named' }>): PatternNode {
    if (this.#isCounting && name !== '') this.#slots.add(name);
    const slotOf = (each: string): number => {
      const slot = this.#slots.slotOf(each);
      if (slot === undefined && !this.#isCounting)
        this.#reader.fail(`Reference to undefined group name '${each}'.`, at);
      return slot ?? 0;
    };
    const slot = name === '' ? -1 : slotOf(name);
    return { type: 'capture', slot, minus: minus === undefined ? -1 : slotOf(minus), item: this.#alternation() };
  }

  #conditional({ name, at }: Extract<GroupStart, { kind: 'conditional' }>): PatternNode {
    const test = this.#conditionalTest(name, at);
    const branches = this.#alternation();
    const parts = branches.type === 'alternation' ? branches.items : [branches];
    if (parts.length > 2) this.#reader.fail('Too many | in (?()|).');
    const [yes = { type: 'empty' }, no = { type: 'empty' }] = parts;
    return { type: 'conditional', test, yes, no };
  }

  /** A group that took part, if one is called so; else what follows, as a lookahead. */
  #conditionalTest(name: string | undefined, at: number): number | PatternNode {
    if (name !== undefined) {
      const isNumber = /^[0-9]+$/.test(name);
      const slot = this.#slots.slotOf(name);
      if (slot !== undefined || (isNumber && this.#isCounting)) {
        this.#reader.at += name.length + 2;
        return slot ?? 0;
      }
      if (isNumber) this.#reader.fail(`(?(${name}) ) reference to undefined group.`, at);
    }
    const isLook = /^\(\?<?[=!]/.test(this.#reader.ahead(4));
    this.#reader.at++;
    if (isLook) return this.#group() ?? { type: 'empty' };
    const before = this.#options;
    const item = this.#alternation();
    if (!this.#reader.passes(')')) this.#reader.fail("Not enough )'s.", at);
    this.#options = before;
    return { type: 'look', isNegative: false, item };
  }
}
