import { PluginHostError } from '../base/plugin-host-error.ts';

/** A command that could not be run, for `details`. */
export function childFailed(command: string, details: string, cause?: unknown): PluginHostError {
  return new PluginHostError('CHILD_FAILED', `${command} could not be run: ${details.trim()}`, {
    hint: /too many (?:open files|files)/i.test(details)
      ? 'Raise `openFiles` of `limits:` in plugin-host.yaml, or the limit of the shell (`ulimit -n`).'
      : 'Check what the message names; a full disk or process table and a missing file are the usual causes.',
    cause,
  });
}
