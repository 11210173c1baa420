import { renderDuration } from '../../../base/parse-duration.ts';
import { ArgumentsTab } from './arguments-tab.tsx';
import { CookiesTab } from './cookies-tab.tsx';
import type { InspectorState } from '../state/inspector-state.ts';
import type { OpenStep } from '../state/shown.ts';
import { LogTab } from './log-tab.tsx';
import { ProcessTab } from './process-tab.tsx';
import { ReplayView } from './replay-view.tsx';
import { ResultTab } from './result-tab.tsx';
import { type Tab, tabNames, tabs } from '../state/route.ts';
import { Word } from '../parts/word.tsx';
import { indentJson, visible } from '../parts/visible.ts';

/** One step with all that is known of it. */
export function StepView({
  state,
  actions,
}: {
  state: InspectorState;
  actions: preact.ComponentChildren;
}): preact.JSX.Element | null {
  const { route, step: open, replay, isReplaying } = state.shown;
  if (route.step === undefined) return null;
  const isHere = open !== undefined && open.session === route.session && open.n === route.step;
  return (
    <section class="step" aria-label={`Step ${route.step}`}>
      {isHere && (
        <>
          <header class="step-head">
            <h2>
              {visible(open.step.hook)} <span class="dim">of</span> <bdi>{visible(open.step.plugin.name)}</bdi>{' '}
              <bdi class="dim">{visible(open.step.plugin.version)}</bdi>
            </h2>
            <p class="line">
              <Word
                word={
                  open.step.outcome.kind === 'returned' ? (open.step.verdict ?? 'returned') : open.step.outcome.kind
                }
              />
              <span class="dim">
                {renderDuration(open.step.outcome.durationMs)} of {renderDuration(open.step.deadline.pluginTimeoutMs)} ·{' '}
                {new Date(open.step.startedAt).toLocaleTimeString('en-GB')}
              </span>
            </p>
            {actions}
          </header>
          {(isReplaying || replay?.key === `${open.session}/${open.n}`) && (
            <ReplayView result={replay?.result} isReplaying={isReplaying} />
          )}
          <TabList state={state} tab={route.tab} />
          <div role="tabpanel" id="panel" aria-label={tabNames[route.tab]} tabIndex={0} class="panel">
            {open.step.cut !== undefined && route.tab !== 'json' && (
              <CutNote open={open} isFile={state.source.isFile} />
            )}
            <Panel open={open} tab={route.tab} isFile={state.source.isFile} />
          </div>
        </>
      )}
    </section>
  );
}

function TabList({ state, tab: selected }: { state: InspectorState; tab: Tab }): preact.JSX.Element {
  return (
    <div
      role="tablist"
      aria-label="Details"
      class="tabs"
      onKeyDown={(event) => {
        const moves: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
        const by = moves[event.key];
        if (by === undefined) return;
        event.preventDefault();
        const tab = tabs[(tabs.indexOf(selected) + by + tabs.length) % tabs.length] ?? 'arguments';
        state.go({ tab }, { replace: true });
        (event.currentTarget.children[tabs.indexOf(tab)] as HTMLElement).focus();
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          aria-selected={tab === selected}
          aria-controls="panel"
          tabIndex={tab === selected ? 0 : -1}
          onClick={() => {
            state.go({ tab });
          }}
        >
          {tabNames[tab]}
        </button>
      ))}
    </div>
  );
}

/** A step that is too large to be shown. */
function CutNote({ open, isFile }: { open: OpenStep; isFile: boolean }): preact.JSX.Element {
  const address = `/v1/sessions/${encodeURIComponent(open.session)}/steps/${open.n}`;
  const size = `${((open.step.cut?.bytes ?? 0) / 1024 / 1024).toFixed(1)} MiB`;
  return (
    <p class="note">
      This step is shown cut; all of it is {size}.{' '}
      {!isFile && (
        <a href={address} target="_blank" rel="noreferrer">
          All of it, as JSON
        </a>
      )}
    </p>
  );
}

function Panel({ open, tab, isFile }: { open: OpenStep; tab: Tab; isFile: boolean }): preact.JSX.Element {
  switch (tab) {
    case 'arguments':
      return <ArgumentsTab step={open.step} input={open.input} />;
    case 'result':
      return <ResultTab step={open.step} />;
    case 'cookies':
      return <CookiesTab step={open.step} />;
    case 'log':
      return <LogTab open={open} isFile={isFile} />;
    case 'process':
      return <ProcessTab step={open.step} input={open.input} />;
    case 'json':
      return (
        <pre class="code" tabIndex={0} role="region" aria-label="JSON of the step">
          <code>{indentJson(open.text)}</code>
        </pre>
      );
  }
}
