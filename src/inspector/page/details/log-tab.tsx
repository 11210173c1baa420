import type { OpenStep } from '../state/shown.ts';
import { visible } from '../parts/visible.ts';
import type { Source } from '../state/source.ts';
import { WholeStep } from './whole-step.tsx';

/** More is not drawn: a page with a million characters is slow. */
const mostCharacters = 100_000;

/** What the plugin wrote. */
export function LogTab({ open, source }: { open: OpenStep; source: Source }): preact.JSX.Element {
  const { log, truncated } = open.step.outcome;
  const isCut = log.length > mostCharacters;
  return (
    <>
      {truncated && <p class="note">The log or the reply was truncated: the plugin wrote more than is kept.</p>}
      {isCut && (
        <p class="note">
          Shown are {mostCharacters.toLocaleString('en-US')} of {log.length.toLocaleString('en-US')} characters.{' '}
          <WholeStep open={open} source={source} />
        </p>
      )}
      <pre class="code log" role="log" aria-label="Log" tabIndex={0}>
        {log === '' ? '' : visible(isCut ? log.slice(0, mostCharacters) : log)}
      </pre>
      {log === '' && <p class="dim">The plugin wrote nothing.</p>}
    </>
  );
}
