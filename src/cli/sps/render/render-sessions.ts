import type { SessionSummary } from '../../../sps/store/stored-sessions.ts';
import type { Paint } from '../../terminal/create-terminal.ts';
import { renderTable } from '../../terminal/render-table.ts';
import { sanitize } from '../../terminal/sanitize.ts';

const mild = new Set(['DENY', 'denied', 'user-left', 'NEEDINFO']);
const good = new Set(['closed', 'returned', 'ACCEPT', 'NONE']);

/** A line for each session: its plugins, and how it ended; of one that has not ended, what came out last. @param now In milliseconds of the epoch */
export function renderSessions(sessions: readonly SessionSummary[], now: number, paint: Paint): string {
  const rows = sessions.map(
    ({ name, steps, pluginNames, lastHook, lastAt, ended, lastVerdict, lastOutcome, problem }) => [
      name,
      sanitize(pluginNames.join(', ')),
      problem === null ? String(steps) : '?',
      lastHook ?? '',
      renderResult(ended ?? lastVerdict ?? lastOutcome, paint),
      lastAt === null ? '' : renderAge(now - Date.parse(lastAt)),
    ],
  );
  return renderTable(['session', 'plugins', 'steps', 'last hook', 'result', 'last call'], rows, paint);
}

function renderResult(result: string | null, paint: Paint): string {
  if (result === null) return '';
  return paint(good.has(result) ? 'green' : mild.has(result) ? 'yellow' : 'red', sanitize(result));
}

const units: readonly (readonly [name: string, ms: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
];

/** `5 min ago` */
function renderAge(ageMs: number): string {
  const [name, ms] = units.find((unit) => ageMs >= unit[1]) ?? [];
  return name === undefined || ms === undefined ? 'just now' : `${Math.floor(ageMs / ms)} ${name} ago`;
}
