import { fromJson } from '../conversion/from-json.ts';
import { hasSecret } from '../conversion/has-secret.ts';
import { renderText } from '../conversion/render-text.ts';
import { evaluate } from '../expression/evaluate.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import type { Scope } from '../members/evaluation.ts';
import type { JsonNode, StringNode } from '../script/json-node.ts';
import { splitTokens, type TextPart } from '../script/split-tokens.ts';
import { Dictionary } from '../values/dictionary.ts';
import { Double } from '../values/double.ts';
import { ScriptList } from '../values/script-list.ts';
import { Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import { FrameScope, readVariable, requireVariable } from './frame-scope.ts';
import type { Frame } from './frame.ts';
import type { Run } from './run.ts';

/** Where something is substituted. */
export interface Place {
  run: Run;
  frame: Frame;
  warn: (code: string, message: string) => void;
}

type Filling = (place: Place) => Value;

const fillings = new WeakMap<JsonNode, Filling>();

/**
 * The value of what stands in a step: `%Name%` and `%{ expression }%` are replaced, in texts that are inside of lists and objects too. A
 * token that is the whole text keeps its type; among other text it becomes text. Source: specification b.1, b.2.
 */
export function substitute(node: JsonNode, place: Place): Value {
  let filling = fillings.get(node);
  if (filling === undefined) fillings.set(node, (filling = compile(node)));
  return filling(place);
}

function compile(node: JsonNode): Filling {
  switch (node.kind) {
    case 'null':
      return () => null;
    case 'boolean': {
      const { value } = node;
      return () => value;
    }
    case 'number': {
      const value = numberOf(node.text);
      return () => value;
    }
    case 'string':
      return compileText(node);
    case 'array': {
      const items = node.items.map(compile);
      return (place) =>
        new ScriptList(
          'list',
          items.map((item) => item(place)),
        );
    }
    case 'object': {
      const members = node.entries.map(({ key, value }) => [key, compile(value)] as const);
      return (place) => new Dictionary(members.map(([key, member]) => [key, member(place)] as const));
    }
  }
}

/** `1.0` is a floating point number, `1` a whole one. */
function numberOf(text: string): Value {
  const number = Number(text);
  return /[.eE]/.test(text) ? new Double(number) : fromJson(number);
}

function compileText(node: StringNode): Filling {
  const parts = splitTokens(node.value);
  const [first, ...others] = parts;
  if (first === undefined) return () => '';
  const compiled = parts.map((part) => compilePart(part, node));
  const [only] = compiled;
  if (others.length === 0 && only !== undefined) return only;
  const sources = parts.map((part) => (part.kind === 'variable' ? part.name : part.text.trim()));
  return (place) => {
    const secrets: Value[] = [];
    let text = '';
    for (const [index, part] of compiled.entries()) {
      const value = part(place);
      if (value instanceof Secret || hasSecret(value)) secrets.push(value);
      text += typeof value === 'string' ? value : renderText(value, sources[index] ?? '');
    }
    place.run.budget.make(text.length);
    return secrets.length === 0 ? text : place.run.secrets.join(text, secrets);
  };
}

function compilePart(part: TextPart, node: StringNode): Filling {
  if (part.kind === 'text') {
    const { text } = part;
    return () => text;
  }
  if (part.kind === 'variable') {
    const { name, fallback } = part;
    if (fallback !== undefined) return ({ frame, warn }) => readVariable(frame, name, warn) ?? fallback;
    return ({ frame, warn }) => requireVariable(frame, name, node.path, warn);
  }
  const { text } = part;
  let expression: ReturnType<typeof parseExpression> | undefined;
  return ({ run, frame, warn }) => {
    expression ??= parseExpression(text);
    const scope: Scope = new FrameScope(frame, warn, node.path);
    const value = evaluate(expression, scope, run.budget);
    if (value instanceof Secret) run.secrets.add(value);
    return value;
  };
}
