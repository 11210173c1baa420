import type { OpenStep } from '../state/shown.ts';
import type { Source } from '../state/source.ts';

/** A link to all of a step that is shown cut. */
export function WholeStep({ open: { session, n }, source }: { open: OpenStep; source: Source }): preact.JSX.Element {
  const rest = source.isFile ? { download: `${session}-${n}.json` } : { target: '_blank', rel: 'noreferrer' };
  return (
    <a href={source.addressOfStep(session, n)} {...rest}>
      All of it, as JSON
    </a>
  );
}
