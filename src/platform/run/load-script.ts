import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import { type PlacedFault, readPlacedText } from '../../documents/read-placed-text.ts';
import { checkScript } from '../check/check-script.ts';
import { readScript } from '../script/read-script.ts';
import type { Script } from '../script/script.ts';

/** Without these there is nothing that could be run. */
const fatal = ['E01', 'E02', 'E03', 'E04', 'E05'];

export interface LoadedScript {
  script: Script;
  problems: readonly Problem[];
}

/**
 * A script that can be run.
 * @param isForced Whether other errors do not matter
 * @param shown The file as messages name it
 * @param text What stands in it
 * @throws PluginHostError FILE_NOT_FOUND, SCRIPT_INVALID
 */
export function loadScript(
  file: string,
  isForced = false,
  shown = file,
  text: string | PlacedFault = readPlacedText(file),
): LoadedScript {
  if (typeof text !== 'string')
    throw invalid(shown, [{ level: 'error', code: 'E01', hint: 'A script is UTF-8.', file: shown, path: '', ...text }]);
  const { script } = readScript(text);
  const { problems } = checkScript(text, { file: shown });
  const errors = problems.filter(({ level }) => level === 'error');
  const isStopped = errors.some(({ code }) => !isForced || fatal.includes(code));
  if (script === undefined || isStopped) throw invalid(shown, errors);
  return { script, problems };
}

function invalid(file: string, problems: readonly Problem[]): PluginHostError {
  const lines = problems.map(
    ({ line, column, code, message }) => `${file}:${line ?? 1}:${column ?? 1}: ${code} ${message}`,
  );
  return new PluginHostError('SCRIPT_INVALID', lines.join('\n'), {
    hint: `plugin-host platform check ${file}`,
    problems,
  });
}
