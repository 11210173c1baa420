import { Outcome } from './result-tab.tsx';
import { Word } from '../parts/word.tsx';
import { plural, showValue, visible } from '../parts/visible.ts';
import type { Replayed, ReplayedStep } from '../state/step.ts';

/** What came of calling again. Nothing stored is changed by it. */
export function ReplayView({
  result,
  isReplaying,
}: {
  result: Replayed | undefined;
  isReplaying: boolean;
}): preact.JSX.Element {
  const count = result?.steps.reduce((sum, { differences }) => sum + differences.length, 0) ?? 0;
  const said = result === undefined ? 'running' : result.equal ? 'equal' : plural(count, 'difference');
  const differing = result?.steps.filter(({ equal }) => !equal) ?? [];
  const isOne = result?.steps.length === 1;
  return (
    <section aria-label="Replay" class="replay" aria-busy={isReplaying}>
      <p class="line">
        <strong>Replay</strong>{' '}
        <span role="status" class={result === undefined ? 'tone-running' : result.equal ? 'tone-good' : 'tone-asked'}>
          {said}
        </span>
      </p>
      {differing.length > 0 && <Differences steps={differing} isOne={isOne} />}
      {isOne && result.steps.map((step) => <SideBySide key={step.n} step={step} />)}
    </section>
  );
}

function Differences({ steps, isOne }: { steps: readonly ReplayedStep[]; isOne: boolean }): preact.JSX.Element {
  return (
    <div class="box" tabIndex={0} role="group" aria-label="Differences">
      <table aria-label="Differences">
        <thead>
          <tr>
            <th scope="col">Path</th>
            <th scope="col">Recorded</th>
            <th scope="col">Replayed</th>
          </tr>
        </thead>
        <tbody>
          {steps.flatMap(({ n, differences }) =>
            differences.map(({ path, change, recorded, replayed }) => (
              <tr key={`${n} ${path}`}>
                <th scope="row">
                  {isOne ? '' : `${n} `}
                  <bdi>{visible(path)}</bdi>
                </th>
                <td>
                  <code>{change === 'added' ? '' : showValue(recorded)}</code>
                </td>
                <td>
                  <code>{change === 'removed' ? '' : showValue(replayed)}</code>
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

function SideBySide({ step: { recorded, replayed } }: { step: ReplayedStep }): preact.JSX.Element {
  return (
    <div class="sides">
      {(
        [
          ['Recorded', recorded],
          ['Replayed', replayed],
        ] as const
      ).map(([label, step]) => (
        <div key={label}>
          <h3>
            {label} <Word word={step.outcome.kind === 'returned' ? (step.verdict ?? 'returned') : step.outcome.kind} />
          </h3>
          <Outcome step={step} />
        </div>
      ))}
    </div>
  );
}
