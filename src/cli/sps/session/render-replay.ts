import { renderDuration } from '../../../base/parse-duration.ts';
import type { LogLine } from '../../../process/output/log-collector.ts';
import type { CallRecord } from '../../../sps/call/call-record.ts';
import type { RecordDifference } from '../../../sps/replay/compare-records.ts';
import type { ShownReplay } from '../../../sps/replay/shown-replay.ts';
import type { Paint } from '../../terminal/create-terminal.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { cellsOf, padCells, wrapCells } from '../../terminal/wrap-cells.ts';

export interface ReplayLayout {
  columns: number;
  paint: Paint;
  /** What the plugins wrote this time, by number of the step; without it no log is shown. */
  logs?: ReadonlyMap<number, readonly LogLine[]> | undefined;
}

const gap = '  ';
const signs = { added: '+', removed: '-', changed: '~' } as const;
const colours = { added: 'green', removed: 'red', changed: 'yellow' } as const;

/** A line for each step; below it what differs: recorded → replayed. */
export function renderReplay(replays: readonly ShownReplay[], { columns, paint, logs }: ReplayLayout): string {
  const rows = replays.map(({ n, hook, recorded, replayed }) => {
    const [before, after] = [resultOf(recorded), resultOf(replayed)];
    const time = `${renderDuration(replayed.outcome.durationMs)}, was ${renderDuration(recorded.outcome.durationMs)}`;
    return [String(n), hook, before === after ? after : `${before} → ${after}`, time] as const;
  });
  const widest = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => cellsOf(row[column])));
  const [first, second, third] = [widest(0), widest(1), widest(2)];
  const indent = ' '.repeat(first + gap.length);
  const wrap = (text: string, more = ''): string[] =>
    wrapCells(sanitize(text), Math.max(20, columns - indent.length - more.length)).map(
      (line, index) => indent + (index === 0 ? '' : more) + line,
    );
  const lines = replays.flatMap(({ n, equal, differences }, index) => {
    const [number = '', hook = '', result = '', time = ''] = rows[index] ?? [];
    return [
      [
        number.padStart(first),
        padCells(hook, second),
        paint(equal ? 'green' : 'red', padCells(result, third)),
        equal ? 'as recorded' : 'differs    ',
        paint('dim', time),
      ].join(gap),
      ...differences.flatMap((each) =>
        wrap(renderDifference(each), gap).map((line) => paint(colours[each.change], line)),
      ),
      ...(logs?.get(n) ?? []).flatMap(({ text }) => wrap(text).map((line) => paint('dim', line))),
    ];
  });
  const equal = replays.filter((each) => each.equal).length;
  const sum = replays.length === equal ? 'all as recorded' : `${replays.length - equal} of ${replays.length} differ`;
  return replays.length === 1 ? lines.join('\n') : [...lines, '', sum].join('\n');
}

function resultOf({ outcome, verdict }: CallRecord): string {
  return outcome.kind === 'returned' ? (verdict ?? 'returned') : outcome.kind;
}

function renderDifference({ path, change, recorded, replayed }: RecordDifference): string {
  const [before, after] = [JSON.stringify(recorded), JSON.stringify(replayed)];
  if (change === 'added') return `${signs[change]} ${path}: ${after}`;
  if (change === 'removed') return `${signs[change]} ${path}: was ${before}`;
  const isHidden = before === after ? ' (they differ in a masked part; --show-secrets shows it)' : '';
  return `${signs[change]} ${path}: ${before} → ${after}${isHidden}`;
}
