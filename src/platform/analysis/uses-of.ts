import { ExpressionError } from '../expression/expression-error.ts';
import { type ExpressionNames, expressionNames } from '../expression/expression-names.ts';
import { type Expression, parseExpression } from '../expression/parse-expression.ts';
import type { JsonNode, StringNode } from '../script/json-node.ts';
import { type Property, type Step, textProperty } from '../script/script.ts';
import { hasToken, splitTokens } from '../script/split-tokens.ts';
import type { VerbProperty } from '../tables/verb.ts';

/** An expression somewhere in a step. */
export interface ExpressionUse {
  /** The text that it stands in, and the property that this belongs to. */
  node: StringNode;
  property: string;
  /** What was read of it; undefined when it is none, and `fault` says why. */
  expression: Expression | undefined;
  fault: string;
  variables: ExpressionNames['variables'];
  members: ExpressionNames['members'];
}

/** A variable somewhere in a step. */
export interface VariableUse {
  node: StringNode;
  property: string;
  name: string;
  use: ExpressionNames['variables'][number]['use'];
  mayBeMissing: boolean;
  /** Written `%Name%` outside of an expression. */
  isToken: boolean;
}

/** All that a step reads and sets. */
export interface Uses {
  expressions: readonly ExpressionUse[];
  variables: readonly VariableUse[];
  /** Names that it sets by a property such as `ResultVariable`; those of a global begin with its prefix. */
  sets: readonly { name: string; node: StringNode; isSecret: boolean }[];
  /** Texts that are substituted. */
  texts: readonly StringNode[];
}

const nothing: Pick<ExpressionUse, 'variables' | 'members'> = { variables: [], members: [] };

/** Reads every text of a step as what it is. */
export function usesOf(step: Step): Uses {
  const collector = new Collector(step);
  for (const role of step.verb.properties) {
    const property = step.properties.get(role.name);
    if (property !== undefined) collector.add(property, role);
  }
  for (const { value } of step.cases) if (value !== undefined) collector.addTexts(value, 'CaseValue');
  return collector;
}

class Collector implements Uses {
  readonly expressions: ExpressionUse[] = [];
  readonly variables: VariableUse[] = [];
  readonly sets: { name: string; node: StringNode; isSecret: boolean }[] = [];
  readonly texts: StringNode[] = [];
  readonly #step: Step;

  constructor(step: Step) {
    this.#step = step;
  }

  add({ value }: Property, { name, role }: VerbProperty): void {
    if (role === 'block' || role === 'cases' || role === 'plain') return;
    if (name === 'Url' && !substitutesUrl(this.#step)) return;
    if (role === 'expression') {
      if (value.kind === 'string') this.#addExpression(value.value, value, name);
      return;
    }
    const isName = ['sets', 'reports', 'reads', 'seeks', 'collection'].includes(role);
    if (isName && value.kind === 'string' && !hasToken(value.value)) this.#addName(value, name, role);
    else this.addTexts(value, name);
  }

  /** What is substituted: texts in lists and objects too, but not keys. */
  addTexts(node: JsonNode, property: string): void {
    if (node.kind === 'array') for (const item of node.items) this.addTexts(item, property);
    if (node.kind === 'object') for (const { value } of node.entries) this.addTexts(value, property);
    if (node.kind !== 'string') return;
    this.texts.push(node);
    for (const part of splitTokens(node.value)) {
      if (part.kind === 'expression') this.#addExpression(part.text, node, property);
      if (part.kind !== 'variable') continue;
      const { name, fallback } = part;
      this.variables.push({ node, property, name, use: 'read', mayBeMissing: fallback !== undefined, isToken: true });
    }
  }

  #addName(node: StringNode, property: string, role: VerbProperty['role']): void {
    const isRead = role === 'reads' || role === 'seeks' || role === 'collection' || isFormKept(this.#step, property);
    const name = node.value;
    if (!isRead) {
      this.sets.push({ name, node, isSecret: role === 'sets' && keepsSecret(this.#step) });
      return;
    }
    const [own = ''] = name.replace(globalPrefix, '').split(/[.[]/);
    this.variables.push({ node, property, name: own, use: 'read', mayBeMissing: role === 'seeks', isToken: false });
  }

  #addExpression(text: string, node: StringNode, property: string): void {
    const read = tryParse(text);
    const use = { ...read, node, property };
    this.expressions.push(use);
    for (const { name, use: how, mayBeMissing } of use.variables) {
      this.variables.push({ node, property, name, use: how, mayBeMissing, isToken: false });
    }
  }
}

function tryParse(text: string): Pick<ExpressionUse, 'expression' | 'fault' | 'variables' | 'members'> {
  try {
    const expression = parseExpression(text);
    return { expression, fault: '', ...expressionNames(expression) };
  } catch (error) {
    if (error instanceof ExpressionError) return { expression: undefined, fault: error.message, ...nothing };
    throw error;
  }
}

/** The prefix by which a variable becomes a global one. */
export const globalPrefix = /^global:/i;

/** Whether tokens in the URL of a `Request` are replaced. */
export function substitutesUrl(step: Step): boolean {
  return isOn(step, 'SubstitutionInUrl');
}

/** Whether a flag is set; one that is computed counts as set. */
export function isOn({ properties }: Step, name: string): boolean {
  const value = properties.get(name)?.value;
  if (value?.kind === 'boolean') return value.value;
  return value?.kind === 'string' && value.value.toLowerCase() !== 'false';
}

/** `SetFormValue` makes a form unless it is told not to. */
function isFormKept(step: Step, property: string): boolean {
  return property === 'FormObjectName' && textProperty(step, 'CreateForm')?.value.toLowerCase() === 'donotcreate';
}

/** Whether what a step sets is a secret. */
function keepsSecret(step: Step): boolean {
  if (step.verb.name === 'GetCookie') return true;
  if (textProperty(step, 'Type')?.value.toLowerCase() === 'secret') return true;
  return ['IsSecret', 'ContainsSecret', 'OutputContainsSecret'].some((name) => isOn(step, name));
}
