import type { Problem } from '../../base/problem.ts';
import type { KvPosition } from '../format/kv-diagnostic.ts';
import { type KvGroup, type KvItem, nameOf } from '../format/kv-group.ts';
import { renderSetting, resultKeyOf } from '../points/find-point.ts';
import type { CheckName, ItemShape, MessageShape, Point } from '../points/point.ts';
import { answerChecks } from './answer-checks.ts';
import { attributeChecks } from './attribute-checks.ts';
import { checkGroup } from './check-group.ts';
import type { Direction } from './check-value.ts';
import { createReport, type Report } from './create-report.ts';
import type { CrossCheck } from './cross-check.ts';
import { valueOf } from './groups-of.ts';
import { resourceChecks } from './resource-checks.ts';
import { sequenceChecks } from './sequence-checks.ts';

export interface ValidateOptions {
  /** The input that an output answers, for the cross checks. */
  input?: KvGroup | undefined;
  /** Which message of a streaming point an input is; default: the context. */
  part?: 'context' | 'item';
  /** The places of items in the text; a parsed message has them. */
  positionOf?: (item: KvItem) => KvPosition | undefined;
}

const crossChecks: Partial<Record<CheckName, CrossCheck>> = {
  ...resourceChecks,
  ...attributeChecks,
  ...sequenceChecks,
  ...answerChecks,
  'same-root': ({ output, input, report }) => {
    if (input === undefined || (input.k === output.k && nameOf(input) === nameOf(output))) return;
    const [sent, got] = [input, output].map(renderRoot);
    report('', output, {
      level: 'error',
      code: 'ROOT_CHANGED',
      what: `the root must be the same as in the input, ${sent ?? ''}, got ${got ?? ''}`,
      hint: 'Answer with the root of the input.',
    });
  },
};

/** What is wrong with one message of a plugin point: its keys, its values and, for an output, what it says about the input. */
export function validateMessage(
  point: Point,
  direction: Direction,
  root: KvGroup,
  { input, part = 'context', positionOf = () => undefined }: ValidateOptions = {},
): Problem[] {
  const { report, problems } = createReport(positionOf);
  const shape = shapeOf(point, direction, part);
  const isFailure = direction === 'output' && saysFailure(point, root);
  const match = checkRoot(root, shape, direction, report);
  if (match?.group !== undefined) checkGroup(root, match.group, '', { direction, report }, isFailure);
  if (direction === 'output' && !isFailure) {
    for (const name of point.checks) crossChecks[name]?.({ point, output: root, input, report });
  }
  return problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function shapeOf(point: Point, direction: Direction, part: 'context' | 'item'): MessageShape {
  if (direction === 'output') return point.output;
  return part === 'item' ? (point.item ?? point.input) : point.input;
}

function saysFailure(point: Point, root: KvGroup): boolean {
  const key = resultKeyOf(point)?.key;
  const value = key === undefined ? undefined : valueOf(root, key);
  return value !== undefined && /^[+-]?\d+$/.test(value) && Number(value) !== 0;
}

/** The shape that the root has. The caller ignores key and name of an answer's root unless the point fixes them. */
function checkRoot(root: KvGroup, { roots, root: how }: MessageShape, direction: Direction, report: Report) {
  const isNamed = ({ key, group }: ItemShape): boolean =>
    key === root.k && (group?.names?.includes(nameOf(root)) ?? true);
  const match = roots.find(isNamed);
  const isIgnored = how === 'any' || (how === 'blank' && direction === 'output');
  if (match !== undefined || isIgnored) return match ?? roots[0];
  const expected = roots.flatMap(({ key, group }) =>
    (group?.names ?? ['…']).map((name) => `${JSON.stringify(key)} ${JSON.stringify(name)}`),
  );
  report('', root, {
    level: 'error',
    code: 'ROOT_UNEXPECTED',
    what: `the root must be ${expected.join(' or ')}, got ${renderRoot(root)}`,
    hint: `Write ${expected[0] ?? ''} = { … }.`,
  });
  return how === 'blank' ? roots[0] : undefined;
}

function renderRoot(root: KvGroup): string {
  return `${JSON.stringify(root.k)} ${JSON.stringify(nameOf(root))}`;
}

/** Reported once for a point whose protocol is not published. */
export function describeUnpublished(point: Point): Problem[] {
  if (point.isPublished) return [];
  return [
    {
      level: 'warning',
      code: 'POINT_UNPUBLISHED',
      message: `${point.id} ${renderSetting(point)}: no protocol is published; little can be checked`,
      hint: "Compare with what the product's own logs show.",
      path: null,
      line: null,
      column: null,
    },
  ];
}
