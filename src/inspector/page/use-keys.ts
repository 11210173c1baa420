import { useLayoutEffect } from 'preact/hooks';
import type { InspectorState } from './state/inspector-state.ts';
import { tabs } from './state/route.ts';
import { matchingSteps } from './state/shown.ts';

export interface KeyActions {
  copy: () => void;
  edit: () => void;
  help: () => void;
  theme: () => void;
}

/** Keys of the whole page, while nobody types and no dialog is open. */
export function useKeys(state: InspectorState, actions: KeyActions): void {
  // Before the next key can come: what it does depends on what is shown.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return;
      if (event.key === 'Escape') {
        if (state.shown.route.q !== '') state.go({ q: '' }, { replace: true });
        return;
      }
      const target = event.target as HTMLElement;
      if (target.matches('input, textarea, select')) return;
      const run = actionOf(event.key, state, actions);
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  });
}

function actionOf(key: string, state: InspectorState, actions: KeyActions): (() => void) | undefined {
  const tab = tabs[Number(key) - 1];
  if (/^[1-6]$/.test(key) && tab !== undefined) {
    return () => {
      state.go({ tab }, { replace: true });
    };
  }
  const known: Record<string, () => void> = {
    j: () => {
      moveStep(state, 1);
    },
    k: () => {
      moveStep(state, -1);
    },
    ']': () => {
      moveSession(state, 1);
    },
    '[': () => {
      moveSession(state, -1);
    },
    b: () => {
      focusCookies(state, 'before');
    },
    a: () => {
      focusCookies(state, 'after');
    },
    r: () => void state.replay(),
    e: actions.edit,
    c: actions.copy,
    t: actions.theme,
    '?': actions.help,
    '/': () => {
      document.querySelector<HTMLElement>('input[type="search"]')?.focus();
    },
  };
  return Object.hasOwn(known, key) ? known[key] : undefined;
}

function moveStep(state: InspectorState, by: number): void {
  const { open, filter, route } = state.shown;
  if (open === undefined) return;
  const steps = matchingSteps(open, filter);
  const at = steps.findIndex(({ n }) => n === route.step);
  const next = steps[at < 0 && by < 0 ? steps.length - 1 : at + by];
  if (next !== undefined) state.go({ step: next.n }, { replace: route.step !== undefined });
}

function moveSession(state: InspectorState, by: number): void {
  const { list, route } = state.shown;
  const sessions = list?.sessions ?? [];
  const at = sessions.findIndex(({ name }) => name === route.session);
  const next = sessions[at + by];
  if (next !== undefined) state.go({ session: next.name, step: undefined }, { replace: true });
}

/** For so long it is waited for a step that is being fetched. */
const waitMs = 5000;

function focusCookies(state: InspectorState, column: 'before' | 'after'): void {
  const { session, step } = state.shown.route;
  if (step === undefined) return;
  if (state.shown.route.tab !== 'cookies') state.go({ tab: 'cookies' }, { replace: true });
  const until = performance.now() + waitMs;
  const look = (): void => {
    const { route } = state.shown;
    const isSame = route.session === session && route.step === step && route.tab === 'cookies';
    if (!isSame || performance.now() > until) return;
    const header = document.querySelector<HTMLElement>(`[data-focus="${column}"]`);
    if (header === null) requestAnimationFrame(look);
    else header.focus();
  };
  requestAnimationFrame(look);
}
