import { renderDuration } from '../../../base/parse-duration.ts';
import { Stack } from './result-tab.tsx';
import { visible } from '../parts/visible.ts';
import type { Input, Step } from '../state/step.ts';

/** How the process of the call ended, and what it was allowed. */
export function ProcessTab({ step, input }: { step: Step; input: Input | undefined }): preact.JSX.Element {
  const { outcome, deadline, plugin } = step;
  const rows: [string, string][] = [
    ['Outcome', outcome.kind],
    ['Phase', outcome.phase],
    ['Exit code', outcome.exitCode === undefined || outcome.exitCode === null ? '–' : String(outcome.exitCode)],
    ['Signal', outcome.signal ?? '–'],
    ['Forced', outcome.forced === undefined ? '–' : outcome.forced ? 'yes' : 'no'],
    ['Started', new Date(step.startedAt).toISOString()],
    ['Time', `${renderDuration(outcome.durationMs)} (${outcome.durationMs} ms)`],
    ['Plugin timeout', renderDuration(deadline.pluginTimeoutMs)],
    ['Proxy timeout', renderDuration(deadline.proxyTimeoutMs)],
    ['Truncated', outcome.truncated ? 'yes' : 'no'],
    ['Package', plugin.path],
    ['Language', plugin.language],
    ['Interpreter', input?.python ?? '–'],
    ['API', input?.api ?? plugin.api],
    ['SPS', input?.spsVersion ?? '–'],
  ];
  return (
    <>
      <dl class="facts wide">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{visible(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <Stack step={step} />
    </>
  );
}
