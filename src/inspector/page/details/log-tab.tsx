import type { OpenStep } from '../state/shown.ts';
import { visible } from '../parts/visible.ts';

/** More is not drawn: a page with a million characters is slow. */
const mostCharacters = 100_000;

/** What the plugin wrote. */
export function LogTab({ open, isFile }: { open: OpenStep; isFile: boolean }): preact.JSX.Element {
  const { log, truncated } = open.step.outcome;
  const isCut = log.length > mostCharacters;
  return (
    <>
      {truncated && <p class="note">The log or the reply was truncated: the plugin wrote more than is kept.</p>}
      {isCut && (
        <p class="note">
          Shown are {mostCharacters.toLocaleString('en-US')} of {log.length.toLocaleString('en-US')} characters.{' '}
          {!isFile && (
            <a
              href={`/v1/sessions/${encodeURIComponent(open.session)}/steps/${open.n}`}
              target="_blank"
              rel="noreferrer"
            >
              All of it, as JSON
            </a>
          )}
        </p>
      )}
      <pre class="code log" role="log" aria-label="Log" tabIndex={0}>
        {log === '' ? '' : visible(isCut ? log.slice(0, mostCharacters) : log)}
      </pre>
      {log === '' && <p class="dim">The plugin wrote nothing.</p>}
    </>
  );
}
