import { useLayoutEffect, useMemo } from 'preact/hooks';
import { renderDuration } from '../../base/parse-duration.ts';
import { layTimeline, type TimelineRow } from '../../timeline/lay-timeline.ts';
import type { Mark } from '../../timeline/scale-time.ts';
import { layRows } from './parts/lay-rows.ts';
import { revealRow, useFollowEnd, useWindow } from './parts/use-window.ts';
import { showOffset, showSpan, visible } from './parts/visible.ts';
import { Word } from './parts/word.tsx';
import type { InspectorState } from './state/inspector-state.ts';
import { matchingCall, matchingSteps, type OpenSession } from './state/shown.ts';
import type { Call, Summary } from './state/step.ts';

const rowHeight = 34;
const headHeight = 30;
const waitHeight = 22;

/** The steps of a session against their time. */
export function StepGrid({ state, open }: { state: InspectorState; open: OpenSession }): preact.JSX.Element {
  const { filter, route } = state.shown;
  const timeline = useMemo(() => layTimeline(open.steps), [open.steps]);
  const matching = useMemo(
    () => new Set(matchingSteps(open, filter).map(({ n }) => n)),
    [open.steps, open.element, filter],
  );
  const rows = useMemo(() => timeline.rows.filter(({ step }) => matching.has(step.n)), [timeline, matching]);
  const call = matchingCall(open, filter);
  const count = rows.length + (call === undefined ? 0 : 1);
  const layout = useMemo(
    () =>
      layRows(
        count,
        rowHeight,
        rows.flatMap((row, index) => (hasWaited(row) ? [index] : [])),
        waitHeight,
      ),
    [rows, count],
  );
  const { scroller, first, end } = useWindow(layout, headHeight);
  const selected = rows.findIndex(({ step }) => step.n === route.step);
  useFollowEnd(scroller, count, route.step === undefined);
  useLayoutEffect(() => {
    if (scroller.current !== null && selected >= 0) revealRow(scroller.current, selected, layout, headHeight);
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
        style={{ height: `${headHeight + layout.topOf(count)}px` }}
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
            top={headHeight + layout.topOf(first + index)}
            isSelected={row.step.n === route.step}
            isFocusable={first + index === focusable}
          />
        ))}
        {call !== undefined && end > rows.length && (
          <RunningRow call={call} top={headHeight + layout.topOf(rows.length)} />
        )}
      </div>
      <div class="waits">
        {drawn.map((row, index) =>
          hasWaited(row) ? (
            <p
              key={row.step.n}
              class="wait"
              style={{ top: `${headHeight + layout.topOf(first + index) - waitHeight}px` }}
            >
              <span>waited for the user {showSpan(row.waitedMs ?? 0)}</span>
            </p>
          ) : null,
        )}
      </div>
    </div>
  );
}

/** Time that is no plugin's, and stands between the rows. */
function hasWaited({ waitedMs = 0 }: TimelineRow<Summary>): boolean {
  return waitedMs >= 1;
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
  /** In pixels. */
  top: number;
  isSelected: boolean;
  isFocusable: boolean;
}

function Row({ state, row, top, isSelected, isFocusable }: RowProps): preact.JSX.Element {
  const { step, atMs, result, share, length } = row;
  const { outcome, deadline } = step;
  const text = `${renderDuration(outcome.durationMs)} of ${renderDuration(deadline.pluginTimeoutMs)}`;
  const problems = step.problems.filter(({ level }) => level !== 'info');
  return (
    <div
      role="row"
      aria-rowindex={step.n + 1}
      aria-selected={isSelected}
      tabIndex={isFocusable ? 0 : -1}
      class="row"
      style={{ top: `${top}px` }}
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

function RunningRow({ call, top }: { call: Call; top: number }): preact.JSX.Element {
  return (
    <div role="row" aria-rowindex={call.n + 1} class="row running" style={{ top: `${top}px` }}>
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
