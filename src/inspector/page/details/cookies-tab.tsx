import { showValue, visible } from '../parts/visible.ts';
import type { CookieChange, Step } from '../state/step.ts';

/** Both cookies before and after the call. */
export function CookiesTab({ step }: { step: Step }): preact.JSX.Element {
  return (
    <>
      {step.outcome.kind !== 'returned' && <p class="note">The call failed: cookie changes lost.</p>}
      <CookieTable label="Cookie" change={step.cookie} />
      <CookieTable label="Session cookie" change={step.sessionCookie} />
    </>
  );
}

type Kind = 'added' | 'removed' | 'changed' | '';
const signs: Record<Kind, string> = { added: '+ ', removed: '− ', changed: '~ ', '': '' };

function CookieTable({
  label,
  change: { before, after },
}: {
  label: string;
  change: CookieChange;
}): preact.JSX.Element {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <>
      <h3>{label}</h3>
      <div class="box" tabIndex={0} role="group" aria-label={label}>
        <table aria-label={label} class="cookies">
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col" tabIndex={-1} data-focus="before">
                Before
              </th>
              <th scope="col" tabIndex={-1} data-focus="after">
                After
              </th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => {
              const [old, now] = [own(before, key), own(after, key)];
              const kind = kindOf(old, now);
              return (
                <tr key={key} class={kind}>
                  <th scope="row">
                    <bdi>{visible(key)}</bdi>
                  </th>
                  <td>
                    <code>{showValue(old)}</code>
                  </td>
                  <td>
                    <code>{showValue(now)}</code>
                  </td>
                  <td class="change">
                    <span aria-hidden="true">{signs[kind]}</span>
                    {kind}
                  </td>
                </tr>
              );
            })}
            {keys.length === 0 && (
              <tr>
                <td colSpan={4} class="dim">
                  empty before and after
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </>
  );
}

function own<T>(mapping: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

function kindOf(old: unknown, now: unknown): Kind {
  if (old === undefined) return 'added';
  if (now === undefined) return 'removed';
  return JSON.stringify(old) === JSON.stringify(now) ? '' : 'changed';
}
