import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { escapeHidden, visible } from '../parts/visible.ts';
import { findJsonFault } from './find-json-fault.ts';
import type { InspectorState } from '../state/inspector-state.ts';
import type { OpenStep } from '../state/shown.ts';
import type { Mapping } from '../state/step.ts';

export type DialogName = 'remove' | 'edit' | 'keyboard';

interface DialogProps {
  label: string;
  onClose: () => void;
  children: preact.ComponentChildren;
}

/** A modal dialog. The browser keeps the focus in it, closes it by Escape, and gives the focus back. */
function Dialog({ label, onClose, children }: DialogProps): preact.JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close(); // as long as it is open, nothing beside it takes the focus
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-label={label} onClose={onClose} class="dialog">
      <h2>{label}</h2>
      {children}
    </dialog>
  );
}

export function RemoveDialog({ state, onClose }: { state: InspectorState; onClose: () => void }): preact.JSX.Element {
  const { session = '' } = state.shown.route;
  return (
    <Dialog label="Remove session" onClose={onClose}>
      <p>
        <bdi>{visible(session)}</bdi> with all its steps is removed. This cannot be undone.
      </p>
      <div class="buttons">
        <button type="button" onClick={onClose} autofocus>
          Cancel
        </button>
        <button
          type="button"
          class="danger"
          onClick={() => {
            onClose();
            void state.remove();
          }}
        >
          Remove
        </button>
      </div>
    </Dialog>
  );
}

export function EditDialog({
  state,
  open,
  onClose,
}: {
  state: InspectorState;
  open: OpenStep;
  onClose: () => void;
}): preact.JSX.Element {
  // As it was when the dialog was opened: what is recorded meanwhile changes nothing that is being edited.
  const [given] = useState(() => ({
    text: escapeHidden(JSON.stringify(open.input?.kwargs ?? {}, undefined, 2)),
    configuration: open.input?.configuration ?? '',
  }));
  const [text, setText] = useState(given.text);
  const [config, setConfig] = useState(given.configuration);
  const [fault, setFault] = useState<string>();
  const send = (): void => {
    const found = describeFault(text);
    setFault(found);
    if (found !== undefined) return;
    const kwargs = JSON.parse(text) as Mapping;
    onClose();
    void state.replay({ kwargs, ...(config === given.configuration ? {} : { config }) });
  };
  return (
    <Dialog label="Edit and replay" onClose={onClose}>
      <label>
        Arguments
        <textarea
          rows={14}
          spellcheck={false}
          value={text}
          autofocus
          onInput={(event) => {
            setText(event.currentTarget.value);
            setFault(undefined);
          }}
        />
      </label>
      <label>
        Configuration
        <textarea
          rows={5}
          spellcheck={false}
          value={config}
          onInput={(event) => {
            setConfig(event.currentTarget.value);
          }}
        />
      </label>
      <p class="dim">*** stands for what was recorded there. Nothing stored is changed.</p>
      {fault !== undefined && (
        <p role="alert" class="tone-failed strong">
          {fault}
        </p>
      )}
      <div class="buttons">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="primary" onClick={send}>
          Replay
        </button>
      </div>
    </Dialog>
  );
}

function describeFault(text: string): string | undefined {
  const fault = findJsonFault(text);
  if (fault !== undefined) return `Not JSON: line ${fault.line}, column ${fault.column}`;
  return text.trimStart().startsWith('{') ? undefined : 'line 1, column 1: a JSON object is expected, {…}';
}

const keys: [string, string][] = [
  ['j  k', 'next, previous step'],
  [']  [', 'next, previous session'],
  ['1 – 6', 'tabs'],
  ['b  a', 'cookies before, after'],
  ['r', 'replay'],
  ['e', 'edit and replay'],
  ['c', 'copy command'],
  ['t', 'theme'],
  ['/', 'filter'],
  ['?', 'this help'],
  ['Escape', 'close a dialog, else empty the filter'],
];

export function KeyboardDialog({ onClose }: { onClose: () => void }): preact.JSX.Element {
  return (
    <Dialog label="Keyboard" onClose={onClose}>
      <dl class="facts wide">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div class="buttons">
        <button type="button" onClick={onClose} autofocus>
          Close
        </button>
      </div>
    </Dialog>
  );
}
