import { renderDuration } from '../../base/parse-duration.ts';
import type { Problem } from '../../base/problem.ts';
import { KeyValueGroup } from '../../kvgroup/format/key-value-group.ts';
import type { KvDiagnostic } from '../../kvgroup/format/kv-diagnostic.ts';
import type { KvGroup } from '../../kvgroup/format/kv-group.ts';
import { printItem } from '../../kvgroup/format/print-message.ts';
import { renderSetting } from '../../kvgroup/points/find-point.ts';
import type { Point } from '../../kvgroup/points/point.ts';
import type { ItemAnswer, Round, RunResult } from '../../kvgroup/running/run-result.ts';
import type { Paint, Terminal } from '../terminal/create-terminal.ts';
import { levelColours } from '../terminal/level-colours.ts';
import { renderSection } from '../terminal/render-section.ts';
import { renderTable } from '../terminal/render-table.ts';

interface Circumstances {
  plugin: string;
  point: Point;
  /** For a call, or for one item; undefined: without end. */
  allowedMs: number | undefined;
  items: readonly KvGroup[];
}

/** One run for people. */
export function renderRun(result: RunResult, circumstances: Circumstances, { paint }: Pick<Terminal, 'paint'>): string {
  const { output, diagnostics, problems, stderr, rounds = [], answers, download } = result;
  return [
    renderHead(result, circumstances, paint),
    ...renderSection('runs', rounds.length < 2 ? '' : renderRounds(rounds, paint), paint),
    ...renderSection('answers', answers === undefined ? '' : renderAnswers(answers, circumstances.items, paint), paint),
    ...renderSection('output', output === null ? '' : printOutput(output), paint),
    ...renderSection(`file ${download?.filename ?? ''}`.trim(), download?.body ?? '', paint),
    ...renderSection('stderr', stderr.trimEnd(), paint),
    ...renderSection('diagnostics', diagnostics.map((each) => renderDiagnostic(each, paint)).join('\n'), paint),
    ...renderSection('problems', problems.map((each) => renderProblem(each, paint)).join('\n'), paint),
  ].join('\n');
}

function renderHead(result: RunResult, { plugin, point, allowedMs }: Circumstances, paint: Paint): string {
  const { class: runClass, retval, errmsg, exitCode, signal, durationMs, answers } = result;
  const colour = runClass === 'ok' ? 'green' : runClass === 'failure' ? 'yellow' : 'red';
  const allowed = allowedMs === undefined ? '' : ` of ${renderDuration(allowedMs)}`;
  const time = `${renderDuration(durationMs)}${allowed}${answers === undefined ? '' : ' for each item'}`;
  const facts = [
    ...(retval === null ? [] : [`retval ${retval}`]),
    ...(errmsg === null || errmsg === '' ? [] : [`errmsg ${JSON.stringify(errmsg)}`]),
    ...(exitCode === null || exitCode === 0 ? [] : [`exit code ${exitCode}`]),
    ...(signal === null ? [] : [`ended by ${signal}`]),
  ];
  const head = `${paint(colour, runClass)}  ${point.id} ${renderSetting(point)}  ${plugin}  ${paint('dim', time)}`;
  return facts.length === 0 ? head : `${head}\n  ${facts.join(', ')}`;
}

/** A value list has no canonical form. */
function printOutput(output: KvGroup): string {
  try {
    return printItem(output, 0);
  } catch {
    return JSON.stringify(output, undefined, 2);
  }
}

function renderRounds(rounds: readonly Round[], paint: Paint): string {
  const rows = rounds.map(({ run, class: runClass, retval, errmsg, output, durationMs }) => [
    String(run),
    runClass,
    retval ?? '',
    output === null ? '' : (new KeyValueGroup(output).get('try') ?? ''),
    errmsg ?? '',
    renderDuration(durationMs),
  ]);
  return renderTable(...withoutEmpty(['run', 'class', 'retval', 'try', 'errmsg', 'time'], rows), paint);
}

function renderAnswers(answers: readonly ItemAnswer[], items: readonly KvGroup[], paint: Paint): string {
  const rows = answers.map(({ item, output, shown, durationMs }) => {
    const errmsg = output === null ? '' : (new KeyValueGroup(output).get('errmsg') ?? '');
    const verdict = shown === null ? 'no answer' : shown ? 'shown' : 'hidden';
    return [
      String(item),
      nameItem(items[item - 1], output),
      verdict,
      errmsg,
      durationMs === null ? '' : renderDuration(durationMs),
    ];
  });
  return renderTable(...withoutEmpty(['', 'item', '', 'errmsg', 'time'], rows), paint);
}

/** What a person would call it: its first value that says something. */
function nameItem(item: KvGroup | undefined, output: KvGroup | null): string {
  const group = new KeyValueGroup(item ?? output ?? undefined);
  const keys = ['id', 'ID', 'userid', 'itemID', 'roleid', 'requestID', 'groupID', 'groupiD', 'longid', 'name'];
  const value = keys.map((key) => group.get(key)).find((each) => each !== undefined);
  return [group.key, value ?? group.name].filter((each) => each !== '').join(' ');
}

/** Columns that have something in them. */
function withoutEmpty(head: readonly string[], rows: readonly (readonly string[])[]): [string[], string[][]] {
  const isKept = head.map((_, column) => rows.some((row) => row[column] !== ''));
  const keep = (cells: readonly string[]): string[] => cells.filter((_, column) => isKept[column]);
  return [keep(head), rows.map(keep)];
}

function renderDiagnostic({ level, code, message, hint, line, column }: KvDiagnostic, paint: Paint): string {
  const head = `${paint(levelColours[level], level)} ${code}  ${line}:${column}: ${message}`;
  return hint === undefined ? head : `${head}\n  ${hint}`;
}

function renderProblem({ level, code, message, hint }: Problem, paint: Paint): string {
  return `${paint(levelColours[level], level)} ${code}  ${message}\n  ${hint}`;
}
