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
import { indentJson, showBytes, visible } from '../parts/visible.ts';
import type { Summary } from '../state/step.ts';
import type { Source } from '../state/source.ts';
import { WholeStep } from './whole-step.tsx';

/** One step with all that is known of it. */
export function StepView({
  state,
  actions,
}: {
  state: InspectorState;
  actions: preact.ComponentChildren;
}): preact.JSX.Element | null {
  const { route, step: fetched, open: session, replay, isReplaying } = state.shown;
  if (route.step === undefined) return null;
  const open =
    fetched !== undefined && fetched.session === route.session && fetched.n === route.step ? fetched : undefined;
  // What the list of steps tells stands there at once. What has the focus is never taken away for the time of a request.
  const known = open?.step ?? session?.steps.find(({ n }) => n === route.step);
  return (
    <section class="step" aria-label={`Step ${route.step}`} aria-busy={open === undefined}>
      <header class="step-head">
        {known !== undefined && <StepTitle step={known} />}
        {actions}
      </header>
      {(isReplaying || replay?.key === `${route.session ?? ''}/${route.step}`) && (
        <ReplayView result={replay?.result} isReplaying={isReplaying} />
      )}
      <TabList state={state} tab={route.tab} />
      <div role="tabpanel" id="panel" aria-label={tabNames[route.tab]} tabIndex={0} class="panel">
        {open?.step.cut !== undefined && route.tab !== 'json' && <CutNote open={open} source={state.source} />}
        {open !== undefined && <Panel open={open} tab={route.tab} source={state.source} />}
      </div>
    </section>
  );
}

function StepTitle({
  step: { hook, plugin, outcome, verdict, deadline, startedAt },
}: {
  step: Summary;
}): preact.JSX.Element {
  return (
    <>
      <h2>
        {visible(hook)} <span class="dim">of</span> <bdi>{visible(plugin.name)}</bdi>{' '}
        <bdi class="dim">{visible(plugin.version)}</bdi>
      </h2>
      <p class="line">
        <Word word={outcome.kind === 'returned' ? (verdict ?? 'returned') : outcome.kind} />
        <span class="dim">
          {renderDuration(outcome.durationMs)} of {renderDuration(deadline.pluginTimeoutMs)} ·{' '}
          {new Date(startedAt).toLocaleTimeString('en-GB')}
        </span>
      </p>
    </>
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
function CutNote({ open, source }: { open: OpenStep; source: Source }): preact.JSX.Element {
  return (
    <p class="note">
      This step is shown cut; all of it is {showBytes(open.step.cut?.bytes)}. <WholeStep open={open} source={source} />
    </p>
  );
}

function Panel({ open, tab, source }: { open: OpenStep; tab: Tab; source: Source }): preact.JSX.Element {
  switch (tab) {
    case 'arguments':
      return <ArgumentsTab step={open.step} input={open.input} />;
    case 'result':
      return <ResultTab step={open.step} />;
    case 'cookies':
      return <CookiesTab step={open.step} />;
    case 'log':
      return <LogTab open={open} source={source} />;
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
