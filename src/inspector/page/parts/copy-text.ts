import { nameOfCase, renderCase } from '../../copying/render-case.ts';
import { renderCommand } from '../../copying/render-command.ts';
import type { OpenStep } from '../state/shown.ts';

/** A step as a command for a shell. */
export function commandOf({ step, input }: OpenStep): string {
  const { cookie, session_cookie, ...received } = step.kwargs;
  return renderCommand({
    hook: step.hook,
    path: input?.packagePath ?? step.plugin.path,
    kwargs: input?.kwargs ?? received,
    cookie: step.cookie.before,
    sessionCookie: step.sessionCookie.before,
    configuration: input?.configuration ?? null,
    proxyTimeoutMs: step.deadline.proxyTimeoutMs,
  });
}

/** A step as a case of a test. */
export function caseOf({ step, input }: OpenStep): string {
  const { cookie, session_cookie, ...received } = step.kwargs;
  return renderCase(nameOfCase(step), [{ ...step, kwargs: input?.kwargs ?? received }]);
}

/** @throws Error where the browser refuses */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const focused = document.activeElement;
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- all that a page has that was opened from a disk
    const isDone = document.execCommand('copy');
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    if (!isDone) throw new Error('The browser does not allow copying.');
  }
}
