import { readFileSync } from 'node:fs';
import path from 'node:path';
import { renderSuggestion } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { quoteWord } from '../../base/quote-word.ts';
import { packageFolder } from '../../templates/copy-template.ts';
import { shells } from './shells.ts';

/** @param program How this program is started, for a shell that finds no other @throws PluginHostError USAGE */
export function completionScript(shell: string, program: readonly string[]): string {
  const known = shells.find((each) => each === shell);
  if (known === undefined)
    throw new PluginHostError('USAGE', `${shell}: no completion for this shell`, { hint: hintFor(shell) });
  const script = readFileSync(path.join(packageFolder(), 'completions', `plugin-host.${known}`), 'utf8');
  return script.replaceAll('@PROGRAM@', () => program.map(quoteWord).join(' '));
}

function hintFor(shell: string): string {
  return /^(?:powershell|pwsh)$/i.test(shell)
    ? 'On Windows plugin-host runs in WSL, where the shell is one of bash, zsh, fish.'
    : renderSuggestion(shell, shells);
}
