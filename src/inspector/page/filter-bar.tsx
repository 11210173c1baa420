import { showCount } from './parts/visible.ts';
import type { InspectorState } from './state/inspector-state.ts';
import { matchingSteps } from './state/shown.ts';

/** What is typed, and how much it leaves in. */
export function FilterBar({ state }: { state: InspectorState }): preact.JSX.Element {
  const { route, filter, list, open } = state.shown;
  const steps =
    open === undefined
      ? undefined
      : `${showCount(matchingSteps(open, filter).length)} of ${showCount(open.steps.length)} steps`;
  const sessions = list && `${showCount(list.matched)} of ${showCount(list.total)} sessions`;
  return (
    <search class="filter">
      <input
        type="search"
        aria-label="Filter"
        placeholder="Filter: hook:auth* is:slow -verdict:accept"
        spellcheck={false}
        autocomplete="off"
        value={route.q}
        onInput={(event) => {
          state.go({ q: event.currentTarget.value }, { replace: true });
        }}
      />
      <output role="status" aria-label="Matches" class="dim">
        {steps ?? sessions ?? ''}
      </output>
      {filter.unknown.length > 0 && (
        <output role="status" aria-label="Filter words" class="tone-asked">
          {filter.unknown.join(' ')}: taken as a word
        </output>
      )}
    </search>
  );
}

/** Whether what is shown is what is. */
export function ConnectionState({ state }: { state: InspectorState }): preact.JSX.Element {
  const { connection } = state.shown;
  return (
    <span role="status" aria-label="Connection" class={`connection ${connection ?? ''}`}>
      <span class="state">{connection ?? ''}</span>
    </span>
  );
}
