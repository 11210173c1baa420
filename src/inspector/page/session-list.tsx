import { useEffect, useLayoutEffect } from 'preact/hooks';
import { layRows } from './parts/lay-rows.ts';
import { plural, showAge, showCount, visible } from './parts/visible.ts';
import { revealRow, useWindow } from './parts/use-window.ts';
import { Word } from './parts/word.tsx';
import type { InspectorState } from './state/inspector-state.ts';
import type { Element } from './state/step.ts';

const rowHeight = 58;

/** All sessions, newest first. */
export function SessionList({ state, now }: { state: InspectorState; now: number }): preact.JSX.Element {
  const { list, route, running } = state.shown;
  const sessions = list?.sessions ?? [];
  const layout = layRows(sessions.length, rowHeight);
  const { scroller, first, end } = useWindow(layout);
  const selected = sessions.findIndex(({ name }) => name === route.session);
  useEffect(() => {
    if (end >= sessions.length - 20) state.readMoreSessions();
  }, [end, sessions.length]);
  useLayoutEffect(() => {
    if (scroller.current !== null && selected >= 0) revealRow(scroller.current, selected, layout, 0);
  }, [route.session, selected >= 0]);
  const left = (list?.matched ?? 0) - sessions.length;
  return (
    <nav class="sessions" aria-label="Sessions">
      <div class="scroller" ref={scroller}>
        <ul class="list" style={{ height: `${sessions.length * rowHeight}px` }}>
          {sessions.slice(first, end).map((element, index) => (
            <li
              key={element.name}
              style={{ top: `${(first + index) * rowHeight}px` }}
              aria-setsize={sessions.length}
              aria-posinset={first + index + 1}
            >
              <SessionLink
                state={state}
                element={element}
                now={now}
                isOpen={element.name === route.session}
                isRunning={running.has(element.name)}
              />
            </li>
          ))}
        </ul>
      </div>
      {left > 0 && (
        <p class="dim foot">
          showing {showCount(sessions.length)} of {showCount(list?.matched ?? 0)}
        </p>
      )}
    </nav>
  );
}

interface LinkProps {
  state: InspectorState;
  element: Element;
  now: number;
  isOpen: boolean;
  isRunning: boolean;
}

function SessionLink({ state, element, now, isOpen, isRunning }: LinkProps): preact.JSX.Element {
  const { name, ended, verdict, gatewayUser, protocol, steps, lastAt, createdAt, errors, slow, problem } = element;
  const result = isRunning ? 'running' : (ended ?? verdict);
  const facts = [gatewayUser, protocol, plural(steps, 'step')];
  return (
    <a
      href={state.href({ session: name, step: undefined })}
      aria-current={isOpen ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        state.go({ session: name, step: undefined });
      }}
    >
      <span class="line">
        <bdi class="name">{visible(name)}</bdi> <span class="age">{showAge(lastAt ?? createdAt, now)}</span>
      </span>{' '}
      <span class="line dim">
        {result !== null && <Word word={result} />}
        <span class="cut">
          {problem === null ? facts.filter(Boolean).map(String).map(visible).join(' · ') : 'not readable'}
        </span>
        {errors > 0 && <Count sign="!" tone="failed" count={errors} what={plural(errors, 'failed step')} />}
        {slow > 0 && <Count sign="◔" tone="asked" count={slow} what={plural(slow, 'slow step')} />}
      </span>
    </a>
  );
}

interface CountProps {
  sign: string;
  tone: string;
  count: number;
  what: string;
}

function Count({ sign, tone, count, what }: CountProps): preact.JSX.Element {
  return (
    <span class={`tone-${tone}`} title={what}>
      <span aria-hidden="true">
        {sign} {showCount(count)}
      </span>
      <span class="unseen"> {what}</span>
    </span>
  );
}
