import { boundType, castType, namedType } from './bound-type.ts';
import { ExpressionError } from './expression-error.ts';
import { NodeMaker } from './node-maker.ts';
import { operatorLevels } from './operator-levels.ts';
import { pathOf } from './path-of.ts';
import type { TextLiteral } from './read-text-literal.ts';
import { TokenReader } from './token-reader.ts';
import type { Assignment, BinaryOperator, Creation, Index, Interpolation, Lambda, Name, Tree } from './tree.ts';

const constants = new Map<string, null | boolean>([
  ['null', null],
  ['true', true],
  ['false', false],
]);

/** Deeper than any person writes, and far from what the stack of the host bears. */
const maxNesting = 60;

/** Reads an expression word by word; each rule of the grammar is a method. Source: specification c.2. */
export class Parser {
  readonly #words: TokenReader;
  readonly #make = new NodeMaker();
  #depth: number;

  constructor(text: string, start: number, end: number, depth = 0) {
    this.#words = new TokenReader(text, start, end);
    this.#depth = depth;
  }

  /** One expression, perhaps with a `;` after it, and nothing else. */
  parse(): Tree {
    const tree = this.#expression();
    this.#words.passes(';');
    if (this.#words.token.type !== 'end') throw this.#words.unexpected('an operator');
    return tree;
  }

  #nested<Result>(read: () => Result): Result {
    if (++this.#depth > maxNesting)
      throw new ExpressionError('The expression is nested too deep', this.#words.token.start);
    const result = read();
    this.#depth--;
    return result;
  }

  #expression(): Tree {
    return this.#nested(() => {
      const left = this.#conditional();
      return this.#words.is('=', '+=', '-=', '*=', '/=', '%=', '++', '--') ? this.#assignment(left) : left;
    });
  }

  #assignment(target: Tree): Assignment {
    if (target.kind !== 'name' && target.kind !== 'member' && target.kind !== 'index')
      throw new ExpressionError('Only a variable, a member or an index can be assigned to', target.start);
    const { start, end } = this.#words.advance();
    const sign = this.#words.text.slice(start, end);
    const isStep = sign === '++' || sign === '--';
    const given = isStep ? this.#make.node({ kind: 'literal', value: 1, start, end }) : this.#expression();
    const operator = sign.slice(0, 1) as BinaryOperator;
    const value = sign === '=' ? given : this.#make.binary(operator, target, given);
    return this.#make.node({ kind: 'assignment', target, value, start: target.start, end: given.end }, [target, value]);
  }

  #conditional(): Tree {
    const test = this.#binary(0);
    if (!this.#words.passes('?')) return test;
    const yes = this.#expression();
    this.#words.require(':');
    const no = this.#expression();
    return this.#make.node({ kind: 'conditional', test, yes, no, start: test.start, end: no.end }, [test, yes, no]);
  }

  /** Only here may a lambda stand: kept in a variable it could call itself for ever. */
  #argument(): Tree {
    return this.#startsLambda() ? this.#nested(() => this.#lambda()) : this.#expression();
  }

  #startsLambda(): boolean {
    return this.#words.looksLike(() => {
      this.#lambdaParameters();
      return this.#words.is('=>');
    });
  }

  #lambdaParameters(): string[] {
    if (!this.#words.passes('(')) return [this.#words.requireName().text];
    return this.#words.listUntil(')', () => this.#words.requireName().text).items;
  }

  #lambda(): Lambda {
    const { start } = this.#words.token;
    const parameters = this.#lambdaParameters();
    this.#words.require('=>');
    const body = this.#expression();
    return this.#make.node({ kind: 'lambda', parameters, body, start, end: body.end }, [body]);
  }

  #binary(level: number): Tree {
    const operators = operatorLevels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#words.is(...operators)) {
      const { start, end } = this.#words.advance();
      const operator = this.#words.text.slice(start, end) as BinaryOperator;
      left = this.#make.binary(operator, left, this.#binary(level + 1));
    }
    return left;
  }

  #unary(): Tree {
    if (this.#words.is('!', '-', '+')) {
      const { start, end } = this.#words.advance();
      const operator = this.#words.text.slice(start, end) as '!' | '-' | '+';
      const operand = this.#nested(() => this.#unary());
      return this.#make.node({ kind: 'unary', operator, operand, start, end: operand.end }, [operand]);
    }
    return this.#startsCast() ? this.#cast() : this.#postfix(this.#primary());
  }

  #startsCast(): boolean {
    return this.#words.looksLike(() => {
      if (!this.#words.passes('(') || castType(this.#words.requireName().text) === undefined) return false;
      if (!this.#words.passes(')')) return false;
      return this.#words.token.type === 'operator'
        ? this.#words.is('(', '-', '!', '%')
        : this.#words.token.type !== 'end';
    });
  }

  #cast(): Tree {
    const { start } = this.#words.require('(');
    const type = castType(this.#words.requireName().text) ?? '';
    this.#words.require(')');
    const operand = this.#nested(() => this.#unary());
    return this.#make.node({ kind: 'cast', type, operand, start, end: operand.end }, [operand]);
  }

  #postfix(first: Tree): Tree {
    let tree = first;
    for (;;) {
      if (this.#words.is('.', '?.')) tree = this.#member(tree);
      else if (this.#words.is('[', '?[')) tree = this.#index(tree);
      else if (this.#words.is('(')) tree = this.#call(tree, []);
      else if (this.#words.is('<') && tree.kind === 'member' && this.#startsTypedCall())
        tree = this.#call(tree, this.#typeArguments());
      else return tree;
    }
  }

  #member(target: Tree): Tree {
    const isConditional = this.#words.is('?.');
    this.#words.advance();
    const { text, start: nameStart, end } = this.#words.requireName();
    const place = { start: target.start, end };
    const member = { kind: 'member', target, name: text, nameStart, isConditional, ...place } as const;
    const written = pathOf(member) ?? '';
    const type = boundType(written);
    return type === undefined
      ? this.#make.node(member, [target])
      : this.#make.node({ kind: 'type', name: type, written, ...place });
  }

  #index(target: Tree): Index {
    const isConditional = this.#words.passes('?[');
    if (!isConditional) this.#words.require('[');
    const index = this.#expression();
    const { end } = this.#words.require(']');
    return this.#make.node({ kind: 'index', target, index, isConditional, start: target.start, end }, [target, index]);
  }

  #call(target: Tree, typeArguments: string[]): Tree {
    this.#words.require('(');
    const { items, end } = this.#words.listUntil(')', () => this.#argument());
    const place = { start: target.start, end };
    return this.#make.node({ kind: 'call', target, typeArguments, arguments: items, ...place }, [target, ...items]);
  }

  #startsTypedCall(): boolean {
    return this.#words.looksLike(() => {
      this.#typeArguments();
      return this.#words.is('(');
    });
  }

  #typeArguments(): string[] {
    this.#words.require('<');
    return this.#words.listUntil('>', () => this.#words.requireQualifiedName().text).items;
  }

  #primary(): Tree {
    const { token } = this.#words;
    const { start, end } = token;
    const reference = this.#words.takeReference();
    if (reference) return this.#make.node({ kind: 'name', isToken: true, ...reference });
    if (token.type === 'name') return token.text === 'new' ? this.#creation() : this.#name(token.text);
    if (this.#words.passes('(')) {
      const inner = this.#expression();
      this.#words.require(')');
      return inner;
    }
    if (token.type !== 'text' && token.type !== 'number') throw this.#words.unexpected();
    this.#words.advance();
    if (token.type === 'number') return this.#make.node({ kind: 'literal', value: token.value, start, end });
    if (token.isInterpolated) return this.#interpolation(token, start);
    const value = token.parts.filter((part) => typeof part === 'string').join('');
    return this.#make.node({ kind: 'literal', value, quote: token.quote, start, end });
  }

  #name(text: string): Tree {
    const { start, end } = this.#words.advance();
    const constant = constants.get(text);
    if (constant !== undefined) return this.#make.node({ kind: 'literal', value: constant, start, end });
    const type = boundType(text);
    const isType = type !== undefined && this.#words.is('.');
    const name: Name = { kind: 'name', name: text, isToken: false, start, end };
    return this.#make.node(isType ? { kind: 'type', name: type, written: text, start, end } : name);
  }

  #creation(): Creation {
    const { start } = this.#words.advance();
    const { text, start: typeStart } = this.#words.requireQualifiedName();
    const typeArguments = this.#words.is('<') ? this.#typeArguments() : [];
    this.#words.require('(');
    const { items, end } = this.#words.listUntil(')', () => this.#argument());
    const type = namedType(text) ?? text;
    return this.#make.node({ kind: 'new', type, typeStart, typeArguments, arguments: items, start, end }, items);
  }

  #interpolation({ parts, end }: TextLiteral, start: number): Interpolation {
    const values = parts.map((part) => {
      if (typeof part === 'string') return part;
      const value = new Parser(this.#words.text, part.start, part.end, this.#depth + 1).parse();
      return { value, width: part.width, format: part.format };
    });
    const trees = values.flatMap((part) => (typeof part === 'string' ? [] : [part.value]));
    return this.#make.node({ kind: 'interpolation', parts: values, start, end }, trees);
  }
}
