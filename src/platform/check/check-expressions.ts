import { nearestName } from '../../base/nearest-name.ts';
import { type ExpressionUse, globalPrefix } from '../analysis/uses-of.ts';
import { pathOf } from '../expression/path-of.ts';
import type { Tree } from '../expression/tree.ts';
import { walkTree } from '../expression/walk-tree.ts';
import { type Step, textProperty } from '../script/script.ts';
import { splitTokens } from '../script/split-tokens.ts';
import { isKnownMember, knownMembers } from '../tables/known-members.ts';
import type { Checked } from './checked.ts';
import { at, type Finding } from './finding.ts';

/** Expressions: E17, L06, L07, L15, L24, L29. */
export function* checkExpressions({ steps }: Checked): Generator<Finding> {
  const parsed = new Set(steps.map(({ step }) => parsedJsonOf(step)));
  for (const { step, uses } of steps) {
    for (const use of uses.expressions) {
      if (use.expression === undefined) {
        const message = `This is no expression: ${use.fault}`;
        yield { code: 'E17', message, hint: 'Write it as C# does.', ...at(use.node) };
        continue;
      }
      yield* checkMembers(use);
      const trees = [...walkTree(use.expression.tree)];
      if (trees.some(splitsByOne)) yield ambiguousSplit(use);
      if (trees.some((tree) => isLengthOfJson(tree, parsed))) yield lengthOfJson(use);
      if (trees.some(comparesDigits)) yield digits(use);
      if (['SetItem', 'Declare'].includes(step.verb.name) && isGroupValue(use)) yield groupValue(use);
    }
  }
}

function* checkMembers({ members, node }: ExpressionUse): Generator<Finding> {
  for (const { name, argumentCount, type } of members) {
    // What is read of a value may be any property of a JSON object.
    if ((argumentCount === undefined && type === undefined) || isKnownMember(name, type)) continue;
    const full = type === undefined ? `.${name}()` : `${type}.${name}`;
    const nearest = nearestName(name, knownMembers(type));
    const hint = nearest === undefined ? 'Nothing says that the appliance knows it.' : `Did you mean ${nearest}?`;
    yield { code: 'L24', message: `${full} is outside of what is known to work`, hint, ...at(node) };
  }
}

/** The variable that a step fills with a parsed JSON value. */
function parsedJsonOf(step: Step): string {
  const name = step.verb.name === 'ExtractJsonObject' ? textProperty(step, 'Name')?.value : undefined;
  return (name ?? '').replace(globalPrefix, '');
}

function splitsByOne(tree: Tree): boolean {
  if (tree.kind !== 'call' || tree.target.kind !== 'member' || tree.target.name !== 'Split') return false;
  if (tree.target.target.kind === 'type') return false;
  const [separator, ...others] = tree.arguments;
  if (separator?.kind !== 'literal' || others.length > 0) return false;
  return typeof separator.value === 'string' && separator.value.length === 1;
}

function ambiguousSplit({ node }: ExpressionUse): Finding {
  const message = 'Split with one character is ambiguous on the appliance';
  return { code: 'L06', message, hint: 'Use the step Split with DelimiterChars.', ...at(node) };
}

function isLengthOfJson(tree: Tree, parsed: ReadonlySet<string>): boolean {
  if (tree.kind !== 'member' || tree.name.toLowerCase() !== 'length') return false;
  let target = tree.target;
  while (target.kind === 'member' || target.kind === 'index') target = target.target;
  return target.kind === 'name' && parsed.has(target.name);
}

function lengthOfJson({ node }: ExpressionUse): Finding {
  const message = "A parsed JSON array has no Length: 'JArray' does not contain a definition for 'Length'";
  return { code: 'L07', message, hint: 'Use Count.', ...at(node) };
}

function comparesDigits(tree: Tree): boolean {
  if (tree.kind === 'binary' && (tree.operator === '==' || tree.operator === '!=')) {
    return [
      [tree.left, tree.right],
      [tree.right, tree.left],
    ].some(([one, other]) => isStatusText(one) && isDigits(other));
  }
  if (tree.kind !== 'call' || tree.target.kind !== 'member' || tree.target.name !== 'Equals') return false;
  const [argument] = tree.arguments;
  return (
    (isStatusText(tree.target.target) && isDigits(argument)) || (isDigits(tree.target.target) && isStatusText(argument))
  );
}

/** `StatusCode.ToString()` of any response. */
function isStatusText(tree: Tree | undefined): boolean {
  if (tree?.kind !== 'call' || tree.target.kind !== 'member' || tree.target.name !== 'ToString') return false;
  const path = pathOf(tree.target.target);
  return path === 'StatusCode' || path?.endsWith('.StatusCode') === true;
}

function isDigits(tree: Tree | undefined): boolean {
  return tree?.kind === 'literal' && typeof tree.value === 'string' && /^\d+$/.test(tree.value);
}

function digits({ node }: ExpressionUse): Finding {
  const message = 'The text of a StatusCode is its name, such as OK, never its number';
  return { code: 'L15', message, hint: 'Compare without ToString(): StatusCode == 200.', ...at(node) };
}

/** `….Groups[n].Value`, and nothing around it. */
function isGroupValue({ expression, node }: ExpressionUse): boolean {
  const tree = expression?.tree;
  if (tree?.kind !== 'member' || tree.name !== 'Value' || tree.target.kind !== 'index') return false;
  const [part, ...others] = splitTokens(node.value);
  const groups = tree.target.target;
  return part?.kind === 'expression' && others.length === 0 && groups.kind === 'member' && groups.name === 'Groups';
}

function groupValue({ node }: ExpressionUse): Finding {
  const message = 'To store the value of a group can fail on the appliance: Object must implement IConvertible';
  return { code: 'L29', message, hint: 'Append .ToString().', ...at(node) };
}
