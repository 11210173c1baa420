import type { Value } from '../values/value.ts';

interface Place {
  /** In the text of the expression, from 0; `end` is after it. */
  start: number;
  end: number;
}

/** A constant; `quote` tells how a text was written. */
interface Literal extends Place {
  kind: 'literal';
  value: Value;
  quote?: '"' | "'" | '@';
}

/** `$"…{value,8:D2}…"`. */
export interface Interpolation extends Place {
  kind: 'interpolation';
  parts: (string | { value: Tree; width: number; format: string })[];
}

/** A bare name: a variable, a parameter of a lambda, or a type that nobody bound. */
export interface Name extends Place {
  kind: 'name';
  name: string;
  /** Written `%Name%`. */
  isToken: boolean;
  /** The text of `%Name::$text%`, which stands for null and for a variable that does not exist. */
  fallback?: string;
}

/** One of the few types that are bound; `written` may be qualified. A variable of a bare name goes first. */
export interface Type extends Place {
  kind: 'type';
  name: string;
  written: string;
}

export interface Member extends Place {
  kind: 'member';
  target: Tree;
  name: string;
  nameStart: number;
  /** After `?.`, null stays null. */
  isConditional: boolean;
}

export interface Call extends Place {
  kind: 'call';
  target: Tree;
  typeArguments: string[];
  arguments: Tree[];
}

export interface Index extends Place {
  kind: 'index';
  target: Tree;
  index: Tree;
  isConditional: boolean;
}

export interface Unary extends Place {
  kind: 'unary';
  operator: '!' | '-' | '+';
  operand: Tree;
}

export type BinaryOperator =
  '+' | '-' | '*' | '/' | '%' | '<' | '>' | '<=' | '>=' | '|' | '&' | '==' | '!=' | '&&' | '||' | '??';

export interface Binary extends Place {
  kind: 'binary';
  operator: BinaryOperator;
  left: Tree;
  right: Tree;
}

export interface Conditional extends Place {
  kind: 'conditional';
  test: Tree;
  yes: Tree;
  no: Tree;
}

export interface Cast extends Place {
  kind: 'cast';
  type: string;
  operand: Tree;
}

export interface Creation extends Place {
  kind: 'new';
  type: string;
  typeStart: number;
  typeArguments: string[];
  arguments: Tree[];
}

export interface Lambda extends Place {
  kind: 'lambda';
  parameters: string[];
  body: Tree;
}

/** `x = 1`; of `x += 1` and `x++` the value is the sum already. */
export interface Assignment extends Place {
  kind: 'assignment';
  target: Name | Member | Index;
  value: Tree;
}

/** What an expression is made of. */
export type Tree =
  | Literal
  | Interpolation
  | Name
  | Type
  | Member
  | Call
  | Index
  | Unary
  | Binary
  | Conditional
  | Cast
  | Creation
  | Lambda
  | Assignment;
