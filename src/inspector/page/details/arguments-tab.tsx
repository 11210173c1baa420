import { showValue, visible } from '../parts/visible.ts';
import type { Input, Mapping, Step } from '../state/step.ts';

/** What the hook received, and what its signature left out. */
export function ArgumentsTab({ step, input }: { step: Step; input: Input | undefined }): preact.JSX.Element {
  const received = withoutCookies(step.kwargs);
  const all = withoutCookies(input?.kwargs ?? {});
  const left = Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(received, name)));
  return (
    <>
      {Object.keys(received).length === 0 ? (
        <p class="dim">The hook was not reached, or declares no argument.</p>
      ) : (
        <Values label="Arguments" values={received} />
      )}
      {Object.keys(left).length > 0 && (
        <>
          <h3>Not declared by the plugin</h3>
          <Values label="Not declared by the plugin" values={left} />
        </>
      )}
    </>
  );
}

/** They have a tab of their own. */
function withoutCookies({ cookie, session_cookie, ...rest }: Mapping): Mapping {
  return rest;
}

/** A mapping as a table. */
export function Values({ label, values }: { label: string; values: Mapping }): preact.JSX.Element {
  return (
    <div class="box" tabIndex={0} role="group" aria-label={label}>
      <table class="values" aria-label={label}>
        <tbody>
          {Object.entries(values).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">
                <bdi>{visible(name)}</bdi>
              </th>
              <td>
                <code class={value === '***' ? 'secret' : kindOf(value)}>{showValue(value)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
