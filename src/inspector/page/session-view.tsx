import { ReplayView } from './details/replay-view.tsx';
import type { DialogName } from './details/edit-dialog.tsx';
import { StepView } from './details/step-view.tsx';
import { caseOf, commandOf } from './parts/copy-text.ts';
import { SessionHead } from './session-head.tsx';
import type { InspectorState } from './state/inspector-state.ts';
import type { OpenSession } from './state/shown.ts';
import { StepGrid } from './step-grid.tsx';

interface SessionViewProps {
  state: InspectorState;
  open: OpenSession;
  onCopy: (text: string | undefined, what: string) => void;
  onDialog: (dialog: DialogName) => void;
}

/** One session: its facts, its steps, and the step that is open. */
export function SessionView({ state, open, onCopy, onDialog }: SessionViewProps): preact.JSX.Element {
  const { route, step } = state.shown;
  const isLive = !state.source.isFile;
  const stepActions = (
    <div class="buttons" role="group" aria-label="Step actions">
      {isLive && <Button label="Replay" hint="r" onClick={() => void state.replay()} />}
      {isLive && (
        <Button
          label="Edit and replay"
          hint="e"
          onClick={() => {
            onDialog('edit');
          }}
        />
      )}
      <Button
        label="Copy command"
        hint="c"
        onClick={() => {
          onCopy(step && commandOf(step), 'command');
        }}
      />
      <Button
        label="Copy test"
        onClick={() => {
          onCopy(step && caseOf(step), 'test');
        }}
      />
    </div>
  );
  return (
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
        <SessionHead open={open} />
        <div class="buttons" role="group" aria-label="Session actions">
          {isLive && route.step === undefined && <Button label="Replay" hint="r" onClick={() => void state.replay()} />}
          {isLive && (
            <Button
              label="Export"
              onClick={() => {
                download(`/v1/sessions/${encodeURIComponent(open.name)}/export?format=html`);
              }}
            />
          )}
          {isLive && <Button label="End session" onClick={() => void state.end()} />}
          {isLive && (
            <Button
              label="Remove"
              onClick={() => {
                onDialog('remove');
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
  );
}

function Button({ label, hint, onClick }: { label: string; hint?: string; onClick: () => void }): preact.JSX.Element {
  return (
    <button type="button" onClick={onClick} title={hint === undefined ? undefined : `${label} (${hint})`}>
      {label}
    </button>
  );
}

/** By a link that is not in the page. */
function download(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}
