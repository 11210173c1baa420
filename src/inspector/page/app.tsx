import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { type DialogName, EditDialog, KeyboardDialog, RemoveDialog } from './details/edit-dialog.tsx';
import { ConnectionState, FilterBar } from './filter-bar.tsx';
import { commandOf, copyText } from './parts/copy-text.ts';
import { applyTheme, keepTheme, nextTheme, onSystemTheme, readTheme } from './parts/theme.ts';
import { SessionList } from './session-list.tsx';
import { SessionView } from './session-view.tsx';
import type { InspectorState } from './state/inspector-state.ts';
import { useKeys } from './use-keys.ts';

const agesMs = 20_000;

/** The whole page: sessions, the steps of one, and one step. */
export function App({ state }: { state: InspectorState }): preact.JSX.Element {
  const { route, open, step, info, alert, note } = state.shown;
  const [theme, setTheme] = useState(readTheme);
  const [dialog, setDialog] = useState<DialogName>();
  const [now, setNow] = useState(Date.now);
  // At once: the system may change before the next paint.
  useLayoutEffect(() => {
    applyTheme(theme);
    return onSystemTheme(() => {
      applyTheme(theme);
    });
  }, [theme]);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, agesMs);
    return () => {
      clearInterval(timer);
    };
  }, []);
  useEffect(() => {
    document.title = route.session === undefined ? 'plugin-host' : `${route.session} – plugin-host`;
  }, [route.session]);
  const copy = (text: string | undefined, what: string): void => {
    if (text === undefined) return;
    copyText(text).then(
      () => {
        state.say(`${what} copied`);
      },
      (error: unknown) => {
        state.fail(error);
      },
    );
  };
  const turnTheme = (): void => {
    const next = nextTheme(theme);
    keepTheme(next);
    setTheme(next);
  };
  useKeys(state, {
    theme: turnTheme,
    help: () => {
      setDialog('keyboard');
    },
    edit: () => {
      if (step !== undefined && !state.source.isFile) setDialog('edit');
    },
    copy: () => {
      copy(step && commandOf(step), 'command');
    },
  });
  const close = (): void => {
    setDialog(undefined);
  };
  const view = route.session === undefined ? 'list' : route.step === undefined ? 'session' : 'step';
  return (
    <div class={`app view-${view}`}>
      <header class="bar">
        <a
          class="brand"
          href={state.href({ session: undefined, step: undefined })}
          onClick={(event) => {
            event.preventDefault();
            state.go({ session: undefined, step: undefined });
          }}
        >
          plugin-host
        </a>
        <FilterBar state={state} />
        <ConnectionState state={state} />
        <button type="button" class="quiet" onClick={turnTheme} title={`Theme: ${theme}`}>
          Theme <span aria-hidden="true">{theme === 'system' ? '◐' : theme === 'dark' ? '●' : '○'}</span>
        </button>
        <button
          type="button"
          class="quiet"
          aria-label="Keyboard"
          onClick={() => {
            setDialog('keyboard');
          }}
        >
          <span aria-hidden="true">?</span>
        </button>
      </header>
      {info?.masked === false && (
        <p role="alert" class="banner">
          Secrets are shown
        </p>
      )}
      {state.shown.connection === 'ended' && (
        <p role="alert" class="banner">
          The server was started anew and has another token: open the address that it printed.
        </p>
      )}
      {alert !== undefined && (
        <p role="alert" class="banner">
          {alert}{' '}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              state.dismiss();
            }}
          >
            Dismiss
          </button>
        </p>
      )}
      <SessionList state={state} now={now} />
      <main class="main" tabIndex={-1}>
        {open === undefined ? (
          <Welcome state={state} />
        ) : open.isUnknown ? (
          <p role="alert" class="empty">
            No such session
          </p>
        ) : (
          <SessionView state={state} open={open} onCopy={copy} onDialog={setDialog} />
        )}
      </main>
      {note !== undefined && (
        <p role="status" aria-label="Done" class="toast">
          {note}
        </p>
      )}
      {dialog === 'keyboard' && <KeyboardDialog onClose={close} />}
      {dialog === 'remove' && <RemoveDialog state={state} onClose={close} />}
      {dialog === 'edit' && step?.input !== undefined && <EditDialog state={state} open={step} onClose={close} />}
    </div>
  );
}

function Welcome({ state }: { state: InspectorState }): preact.JSX.Element {
  const { list, info } = state.shown;
  if (list === undefined) return <p class="empty dim">…</p>;
  if (list.total > 0) return <p class="empty dim">Choose a session, or make a call: it appears here as it happens.</p>;
  return (
    <div class="empty">
      <h1>No call yet</h1>
      <p>Make one; it appears here as it happens:</p>
      <pre class="code">npx plugin-host invoke authenticate -p sample-plugins/otp --state {info?.stateDir ?? ''}</pre>
    </div>
  );
}
