import { useLayoutEffect, useMemo } from 'preact/hooks';
import { renderDuration } from '../../base/parse-duration.ts';
import { layTimeline, type TimelineRow } from '../../timeline/lay-timeline.ts';
import type { Mark } from '../../timeline/scale-time.ts';
import type { InspectorState } from './state/inspector-state.ts';
import { matchingSteps, type OpenSession } from './state/shown.ts';
import { Word } from './parts/word.tsx';
import { showOffset, showSpan, visible } from './parts/visible.ts';
import { revealRow, useFollowEnd, useWindow } from './parts/use-window.ts';
import type { Call, Summary } from './state/step.ts';

const rowHeight = 34;
const headHeight = 30;

/** The steps of a session against their time. */
export function StepGrid({ state, open }: { state: InspectorState; open: OpenSession }): preact.JSX.Element {
  const { filter, route } = state.shown;
  const timeline = useMemo(() => layTimeline(open.steps), [open.steps]);
  const matching = useMemo(
    () => new Set(matchingSteps(open, filter).map(({ n }) => n)),
    [open.steps, open.element, filter],
  );
  const rows = useMemo(() => timeline.rows.filter(({ step }) => matching.has(step.n)), [timeline, matching]);
  const isRunningShown = open.running !== undefined && filter.words.every(({ isNegated }) => isNegated);
  const count = rows.length + (isRunningShown ? 1 : 0);
  const { scroller, first, end } = useWindow(count, rowHeight, headHeight);
  const selected = rows.findIndex(({ step }) => step.n === route.step);
  useFollowEnd(scroller, count, route.step === undefined);
  useLayoutEffect(() => {
    if (scroller.current !== null && selected >= 0) revealRow(scroller.current, selected, rowHeight, headHeight);
  }, [route.step, open.name, selected >= 0]);
  useLayoutEffect(() => {
    const grid = scroller.current;
    if (grid === null || selected < 0 || !grid.contains(document.activeElement)) return;
    grid.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: true });
  }, [route.step]);
  const drawn = rows.slice(first, Math.min(end, rows.length));
  const focusable = selected >= first && selected < end ? selected : first;
  return (
    <div class="scroller steps" ref={scroller}>
      <div
        role="grid"
        aria-label="Steps"
        aria-rowcount={open.steps.length + 1}
        class="grid"
        style={{ height: `${headHeight + count * rowHeight}px` }}
        onKeyDown={(event) => {
          moveByKey(event, state, rows, selected);
        }}
      >
        <div role="row" aria-rowindex={1} class="row head">
          <span role="columnheader" class="n">
            #
          </span>
          <span role="columnheader" class="at">
            Start
          </span>
          <span role="columnheader" class="hook">
            Hook
          </span>
          <span role="columnheader" class="result">
            Result
          </span>
          <span role="columnheader" class="time">
            Time
            <Axis marks={timeline.marks} />
          </span>
        </div>
        {drawn.map((row, index) => (
          <Row
            key={row.step.n}
            state={state}
            row={row}
            index={first + index}
            isSelected={row.step.n === route.step}
            isFocusable={first + index === focusable}
          />
        ))}
        {isRunningShown && open.running !== undefined && end > rows.length && (
          <RunningRow call={open.running} index={rows.length} />
        )}
      </div>
      <div class="waits">
        {drawn.map(({ step, waitedMs }, index) =>
          waitedMs === undefined || waitedMs < 1 ? null : (
            <span key={step.n} class="wait" style={{ top: `${headHeight + (first + index) * rowHeight}px` }}>
              waited for the user {showSpan(waitedMs)}
            </span>
          ),
        )}
      </div>
    </div>
  );
}

/** Where some times stand on the bars below. */
function Axis({ marks }: { marks: readonly Mark[] }): preact.JSX.Element {
  return (
    <span class="axis" aria-hidden="true">
      {marks.map(({ timeMs, at }) => (
        <i key={timeMs} style={{ left: `${at * 100}%` }}>
          {renderDuration(timeMs)}
        </i>
      ))}
    </span>
  );
}

interface RowProps {
  state: InspectorState;
  row: TimelineRow<Summary>;
  index: number;
  isSelected: boolean;
  isFocusable: boolean;
}

function Row({ state, row, index, isSelected, isFocusable }: RowProps): preact.JSX.Element {
  const { step, atMs, result, waitedMs, share, length } = row;
  const { outcome, deadline } = step;
  const text = `${renderDuration(outcome.durationMs)} of ${renderDuration(deadline.pluginTimeoutMs)}`;
  const problems = step.problems.filter(({ level }) => level !== 'info');
  return (
    <div
      role="row"
      aria-rowindex={step.n + 1}
      aria-selected={isSelected}
      tabIndex={isFocusable ? 0 : -1}
      class={`row${waitedMs !== undefined && waitedMs >= 1 ? ' waited' : ''}`}
      style={{ top: `${headHeight + index * rowHeight}px` }}
      onClick={() => {
        state.go({ step: step.n });
      }}
    >
      <span role="gridcell" class="n">
        {step.n}
      </span>
      <span role="gridcell" class="at">
        {showOffset(atMs)}
      </span>
      <span role="gridcell" class="hook" title={`${step.hook} of ${visible(step.plugin.name)}`}>
        <bdi>{visible(step.hook)}</bdi> <bdi class="dim">{visible(step.plugin.name)}</bdi>
      </span>
      <span role="gridcell" class="result">
        <Word word={result} />
        {problems.length > 0 && (
          <span class="tone-asked" title={problems.map(({ code }) => code).join(', ')}>
            {' '}
            ⚠<span class="unseen"> {problems.length} problems</span>
          </span>
        )}
      </span>
      <span role="gridcell" class="time">
        <span
          role="meter"
          aria-label="Time allowed"
          aria-valuemin={0}
          aria-valuenow={outcome.durationMs}
          aria-valuemax={deadline.pluginTimeoutMs}
          aria-valuetext={text}
          class={`meter ${share >= 0.5 ? 'over' : ''} ${share >= 0.8 ? 'high' : ''}`}
        >
          <i style={{ width: `${Math.max(0.6, length * 100)}%` }} />
        </span>
        <span class="ms">{renderDuration(outcome.durationMs)}</span>
      </span>
    </div>
  );
}

function RunningRow({ call, index }: { call: Call; index: number }): preact.JSX.Element {
  return (
    <div
      role="row"
      aria-rowindex={call.n + 1}
      class="row running"
      style={{ top: `${headHeight + index * rowHeight}px` }}
    >
      <span role="gridcell" class="n">
        {call.n}
      </span>
      <span role="gridcell" class="at" />
      <span role="gridcell" class="hook">
        <bdi>{visible(call.hook)}</bdi> <bdi class="dim">{visible(call.plugin)}</bdi>
      </span>
      <span role="gridcell" class="result">
        <Word word="running" />
      </span>
      <span role="gridcell" class="time">
        <span class="meter busy" />
      </span>
    </div>
  );
}

const pageRows = 12;

function moveByKey(
  event: KeyboardEvent,
  state: InspectorState,
  rows: readonly TimelineRow<Summary>[],
  selected: number,
): void {
  const moves: Record<string, number> = {
    ArrowDown: selected + 1,
    ArrowUp: selected - 1,
    Home: 0,
    End: rows.length - 1,
    PageDown: selected + pageRows,
    PageUp: selected - pageRows,
  };
  const focused = Number((event.target as HTMLElement).getAttribute('aria-rowindex')) - 1;
  const to =
    event.key === 'Enter' || event.key === ' ' ? rows.findIndex(({ step }) => step.n === focused) : moves[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = rows[Math.min(rows.length - 1, Math.max(0, to))];
  if (next !== undefined) state.go({ step: next.step.n }, { replace: selected >= 0 });
}
