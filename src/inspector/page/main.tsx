import { render } from 'preact';
import { App } from './app.tsx';
import { createFileSource } from './state/create-file-source.ts';
import { keepFocus } from './parts/keep-focus.ts';
import { InspectorState } from './state/inspector-state.ts';
import { createLiveSource } from './state/create-live-source.ts';
import { applyTheme, readTheme } from './parts/theme.ts';

/** Shows the page, of a server or of a file. */
export function main(): void {
  applyTheme(readTheme());
  const root = document.getElementById('app');
  if (root === null) return;
  const source = createFileSource() ?? createLiveSource();
  let isDue = false;
  const state = new InspectorState(source, () => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      render(<App state={state} />, root);
    });
  });
  keepFocus(root);
  state.start();
  render(<App state={state} />, root);
  // A file with one session shows it.
  if (source.isFile && state.shown.route.session === undefined) {
    void source.sessions('', 0).then(({ sessions: [only] }) => {
      if (only !== undefined) state.go({ session: only.name }, { replace: true });
    });
  }
}

main();
