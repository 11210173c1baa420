import type { CallGraph } from '../analysis/call-graph.ts';
import { type ExpressionUse, globalPrefix, isOn, type Uses } from '../analysis/uses-of.ts';
import type { Tree } from '../expression/tree.ts';
import { childrenOf } from '../expression/walk-tree.ts';
import type { JsonNode } from '../script/json-node.ts';
import type { Block, Step } from '../script/script.ts';
import { isSecretParameter } from '../tables/reserved-parameters.ts';
import type { Checked, KnownStep } from './checked.ts';
import { at, type Finding } from './finding.ts';

/** Secrets where everybody can read them: L13. */
export function* checkSecrets({ script, graph, steps }: Checked): Generator<Finding> {
  const globals = secretGlobals(steps);
  const byBlock = Map.groupBy(steps, ({ block }) => block);
  for (const block of script.blocks) {
    const own = byBlock.get(block) ?? [];
    const secrets = new Set([...globals, ...secretParameters(block, graph)]);
    while (addSecrets(own, secrets));
    for (const { step, uses } of own) yield* checkStep(step, uses, secrets);
  }
}

function secretGlobals(steps: readonly KnownStep[]): string[] {
  const sets = steps.flatMap(({ uses }) => uses.sets.filter(({ isSecret }) => isSecret));
  return sets.filter(({ name }) => globalPrefix.test(name)).map(({ name }) => name.replace(globalPrefix, ''));
}

/** Its own, and those of the operations that it sees. */
function secretParameters(block: Block, graph: CallGraph): string[] {
  const own = block.parameters.map(({ name }) => name);
  const outer = graph.operationsReaching(block).flatMap(({ parameters }) => parameters);
  const seen = [...block.parameters, ...outer.filter(({ name }) => !own.includes(name))];
  return seen.filter(({ name, type }) => isSecretParameter(name, type)).map(({ name }) => name);
}

/** Variables that are set to secrets, or to what is made of them. @returns whether there was a new one */
function addSecrets(steps: readonly KnownStep[], secrets: Set<string>): boolean {
  const before = secrets.size;
  for (const { step, uses } of steps) {
    const isCopied = ['SetItem', 'Declare'].includes(step.verb.name) && exposed(uses, secrets, 'Value').length > 0;
    for (const { name, isSecret } of uses.sets) if (isSecret || isCopied) secrets.add(name.replace(globalPrefix, ''));
  }
  return secrets.size > before;
}

function* checkStep(step: Step, uses: Uses, secrets: ReadonlySet<string>): Generator<Finding> {
  const { name } = step.verb;
  const [property, where] =
    name === 'Log'
      ? ['Text', 'log']
      : name === 'Status'
        ? ['Message', 'status']
        : name === 'Request'
          ? ['Url', 'URL']
          : [];
  if (property === undefined || (name === 'Request' && isOn(step, 'UrlIsSecret'))) return;
  const hint =
    name === 'Request'
      ? 'Add "UrlIsSecret": true, or send it in the body or a header.'
      : 'Leave it out; say what was done with it.';
  for (const { secret, node } of exposed(uses, secrets, property)) {
    yield { code: 'L13', message: `The secret ${secret} is put into a ${where ?? ''}`, hint, ...at(node) };
  }
}

/** The secrets whose text gets into a property. */
function exposed(
  { expressions, variables }: Uses,
  secrets: ReadonlySet<string>,
  property: string,
): { secret: string; node: JsonNode }[] {
  const plain = variables
    .filter((use) => use.property === property && use.isToken && secrets.has(use.name))
    .map(({ name, node }) => ({ secret: name, node }));
  const computed = expressions.filter((use) => use.property === property).flatMap((use) => ofExpression(use, secrets));
  return [...plain, ...computed];
}

function ofExpression(
  { expression, node }: ExpressionUse,
  secrets: ReadonlySet<string>,
): { secret: string; node: JsonNode }[] {
  const names = expression === undefined ? [] : [...revealed(expression.tree)].filter((name) => secrets.has(name));
  return [...new Set(names)].map((secret) => ({ secret, node }));
}

const judging = [
  'IsNullOrEmpty',
  'IsNullOrWhiteSpace',
  'IsMatch',
  'Contains',
  'StartsWith',
  'EndsWith',
  'Equals',
  'ContainsKey',
];
const harmless = ['length', 'count', 'success', 'statuscode', 'contenttype'];

/** Variables whose text can be in what an expression gives: to compare reveals nothing. */
function* revealed(tree: Tree): Generator<string> {
  if (tree.kind === 'name') yield tree.name;
  if (tree.kind === 'binary' && !['+', '??'].includes(tree.operator)) return;
  if (tree.kind === 'unary' && tree.operator === '!') return;
  if (tree.kind === 'member' && harmless.includes(tree.name.toLowerCase())) return;
  if (tree.kind === 'call' && tree.target.kind === 'member' && judging.includes(tree.target.name)) return;
  const parts = tree.kind === 'conditional' ? [tree.yes, tree.no] : childrenOf(tree);
  for (const part of parts) yield* revealed(part);
}
