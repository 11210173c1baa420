import { renderDuration } from '../../../base/parse-duration.ts';
import { Values } from './arguments-tab.tsx';
import { findPlace } from './find-place.ts';
import { showValue, visible } from '../parts/visible.ts';
import type { Problem, Step, Value } from '../state/step.ts';

/** What came of the call. */
export function ResultTab({ step }: { step: Step }): preact.JSX.Element {
  return (
    <>
      <Outcome step={step} />
      {step.question !== null && <Question step={step} />}
      {step.problems.length > 0 && <Problems problems={step.problems} />}
    </>
  );
}

/** How it ended, with its value. */
export function Outcome({ step }: { step: Step }): preact.JSX.Element {
  const { outcome } = step;
  switch (outcome.kind) {
    case 'returned':
      return <Returned value={outcome.value} />;
    case 'raised':
      return (
        <>
          <p class="tone-failed strong">
            {visible(outcome.exception ?? '')}: <bdi>{visible(outcome.message ?? '')}</bdi>
          </p>
          <Code label="Traceback" text={outcome.traceback ?? ''} />
        </>
      );
    case 'timed-out':
      return (
        <>
          <p class="tone-failed strong">
            Over its time of {renderDuration(outcome.pluginTimeoutMs ?? 0)}; cookie changes lost.
          </p>
          <p>
            {outcome.forced === true
              ? 'It ignored the polite signal and was killed.'
              : 'It ended at the polite signal.'}
          </p>
          <Stack step={step} />
        </>
      );
    case 'crashed':
      return (
        <>
          <p class="tone-failed strong">
            {outcome.signal ? `Ended by ${outcome.signal}` : `Ended with exit code ${String(outcome.exitCode)}`} before
            a reply.
          </p>
          <Stack step={step} />
        </>
      );
    default:
      return (
        <>
          <p class="tone-failed strong">{visible(outcome.problem ?? '')}</p>
          <MarkedReply step={step} />
        </>
      );
  }
}

function Returned({ value }: { value: Value | undefined }): preact.JSX.Element {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isMapping && Object.keys(value).length > 0) return <Values label="Value" values={value} />;
  return <Code label="Value" text={showValue(value ?? null)} />;
}

/** Where the plugin was, innermost last. */
export function Stack({ step }: { step: Step }): preact.JSX.Element | null {
  const { stack } = step.outcome;
  if (stack === undefined || stack.length === 0) return null;
  return <Code label="Stack" text={stack.map(({ file, line, name }) => `${file}:${line} in ${name}`).join('\n')} />;
}

/** The rule is that of the first error. */
function MarkedReply({ step }: { step: Step }): preact.JSX.Element {
  const { reply = '', problem = '' } = step.outcome;
  const rule = (step.problems as readonly Problem[]).find(({ level }) => level === 'error');
  const [start, end] = findPlace(reply, rule?.message ?? problem) ?? [0, reply.length];
  return (
    <>
      {rule !== undefined && (
        <p>
          Rule: <code>{rule.code}</code>
        </p>
      )}
      {reply === '' ? (
        <p class="dim">The reply was empty.</p>
      ) : (
        <pre class="code" tabIndex={0} role="region" aria-label="Reply">
          {visible(reply.slice(0, start))}
          <mark>{visible(reply.slice(start, end))}</mark>
          {visible(reply.slice(end))}
        </pre>
      )}
    </>
  );
}

function Question({ step }: { step: Step }): preact.JSX.Element {
  const { question, answer } = step;
  return (
    <dl class="facts">
      <div>
        <dt>Question</dt>
        <dd>
          <bdi>{visible(question?.prompt ?? '')}</bdi> <code>{visible(question?.key ?? '')}</code>
          {question?.echo === false && <span class="dim"> echo off</span>}
        </dd>
      </div>
      <div>
        <dt>Answer</dt>
        <dd>
          {answer === null ? (
            <span class="dim">none</span>
          ) : (
            <code>{answer === '' ? '"" (empty)' : visible(answer)}</code>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Problems({ problems }: { problems: readonly Problem[] }): preact.JSX.Element {
  return (
    <>
      <h3>Problems</h3>
      <ul class="problems">
        {problems.map(({ level, code, message, hint, file, line }) => (
          <li key={code + message}>
            <p class={level === 'error' ? 'tone-failed strong' : 'tone-asked strong'}>
              {level}: <code>{code}</code>
            </p>
            <p>
              {visible(message)}
              {file !== null && file !== undefined && (
                <code> {visible(`${file}${line === null || line === undefined ? '' : `:${line}`}`)}</code>
              )}
            </p>
            <p class="dim">{visible(hint)}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function Code({ label, text }: { label: string; text: string }): preact.JSX.Element {
  return (
    <pre class="code" tabIndex={0} role="region" aria-label={label}>
      {visible(text)}
    </pre>
  );
}
