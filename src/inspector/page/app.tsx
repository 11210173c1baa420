import { useEffect, useState } from 'preact/hooks';
import { copyText, caseOf, commandOf } from './copy-step.ts';
import { type DialogName, EditDialog, KeyboardDialog, RemoveDialog } from './dialogs.tsx';
import { type InspectorState, matchingSteps } from './inspector-state.ts';
import { ReplayView } from './replay-view.tsx';
import { SessionHead } from './session-head.tsx';
import { SessionList } from './session-list.tsx';
import { showCount } from './show-text.ts';
import { StepGrid } from './step-grid.tsx';
import { StepView } from './step-view.tsx';
import { applyTheme, nextTheme, onSystemTheme, readTheme } from './theme.ts';
import { useKeys } from './use-keys.ts';

const agesMs = 20_000;

/** The whole page: sessions, the steps of one, and one step. */
export function App({ state }: { state: InspectorState }): preact.JSX.Element {
  const { route, open, step, info, alert, note } = state.shown;
  const [theme, setTheme] = useState(readTheme);
  const [dialog, setDialog] = useState<DialogName>();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
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
    setTheme(nextTheme(theme));
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
  const isLive = !state.source.isFile;
  const view = route.session === undefined ? 'list' : route.step === undefined ? 'session' : 'step';
  const stepActions = (
    <div class="buttons" role="group" aria-label="Step actions">
      {isLive && <Button label="Replay" hint="r" onClick={() => void state.replay()} />}
      {isLive && (
        <Button
          label="Edit and replay"
          hint="e"
          onClick={() => {
            setDialog('edit');
          }}
        />
      )}
      <Button
        label="Copy command"
        hint="c"
        onClick={() => {
          copy(step && commandOf(step), 'command');
        }}
      />
      <Button
        label="Copy test"
        onClick={() => {
          copy(step && caseOf(step), 'test');
        }}
      />
    </div>
  );
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
        <Filter state={state} />
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
      <main class="main">
        {open === undefined ? (
          <Welcome state={state} />
        ) : open.isUnknown ? (
          <p role="alert" class="empty">
            No such session
          </p>
        ) : (
          <>
            <div class="middle">
              <nav class="back" aria-label="Back">
                <a
                  href={state.href({ session: undefined, step: undefined })}
                  onClick={(event) => {
                    event.preventDefault();
                    state.go({ session: undefined, step: undefined });
                  }}
                >
                  ‹ Sessions
                </a>
              </nav>
              <SessionHead state={state} open={open} />
              <div class="buttons" role="group" aria-label="Session actions">
                {isLive && route.step === undefined && (
                  <Button label="Replay" hint="r" onClick={() => void state.replay()} />
                )}
                {isLive && (
                  <a
                    class="button"
                    href={`/v1/sessions/${encodeURIComponent(open.name)}/export?format=html`}
                    role="button"
                    download
                  >
                    Export
                  </a>
                )}
                {isLive && <Button label="End session" onClick={() => void state.end()} />}
                {isLive && (
                  <Button
                    label="Remove"
                    onClick={() => {
                      setDialog('remove');
                    }}
                  />
                )}
              </div>
              {route.step === undefined && (state.shown.isReplaying || state.shown.replay?.key === `${open.name}/`) && (
                <ReplayView result={state.shown.replay?.result} isReplaying={state.shown.isReplaying} />
              )}
              <StepGrid state={state} open={open} key={open.name} />
            </div>
            <div class="detail">
              {route.step === undefined ? (
                <p class="empty dim">Choose a step to see what it was given, what it answered, and what that meant.</p>
              ) : (
                <>
                  <nav class="back" aria-label="Back to the steps">
                    <a
                      href={state.href({ step: undefined })}
                      onClick={(event) => {
                        event.preventDefault();
                        state.go({ step: undefined });
                      }}
                    >
                      ‹ Steps
                    </a>
                  </nav>
                  <StepView state={state} actions={stepActions} />
                </>
              )}
            </div>
          </>
        )}
      </main>
      {note !== undefined && (
        <p role="status" aria-label="Done" class="toast">
          {note}
        </p>
      )}
      {dialog === 'keyboard' && <KeyboardDialog onClose={close} />}
      {dialog === 'remove' && <RemoveDialog state={state} onClose={close} />}
      {dialog === 'edit' && step !== undefined && <EditDialog state={state} open={step} onClose={close} />}
    </div>
  );
}

function Button({ label, hint, onClick }: { label: string; hint?: string; onClick: () => void }): preact.JSX.Element {
  return (
    <button type="button" onClick={onClick} title={hint === undefined ? undefined : `${label} (${hint})`}>
      {label}
    </button>
  );
}

function Filter({ state }: { state: InspectorState }): preact.JSX.Element {
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

function ConnectionState({ state }: { state: InspectorState }): preact.JSX.Element {
  const { connection } = state.shown;
  return (
    <span role="status" aria-label="Connection" class={`connection ${connection ?? ''}`}>
      <span class="state">{connection ?? ''}</span>
      {connection === 'ended' && <span class="dim"> – the server was started anew: open its new address</span>}
    </span>
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
