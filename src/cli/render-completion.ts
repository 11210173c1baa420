import type { Command } from 'commander';
import { renderSuggestion } from '../base/nearest-name.ts';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { hooksByType } from '../sps/plugin/find-hook.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;

/** Words after which a command line may go on: the path of commands, its sub-commands, hooks and options. */
interface Completion {
  path: string;
  words: string[];
}

/** @throws PluginHostError USAGE */
export function renderCompletion(shell: string, program: Command): string {
  const completions = collect(program, '');
  switch (shell) {
    case 'bash':
      return renderBash(completions);
    case 'zsh':
      return `#compdef plugin-host\nautoload -U +X bashcompinit && bashcompinit\n${renderBash(completions)}`;
    case 'fish':
      return renderFish(completions);
    default:
      throw new PluginHostError('USAGE', `${shell}: no completion for this shell`, {
        hint: renderSuggestion(shell, shells),
      });
  }
}

function collect(command: Command, path: string): Completion[] {
  const hooks = [...new Set(Object.values(hooksByType).flatMap((each) => each.map(({ name }) => name)))];
  const takesHook = command.registeredArguments.some((argument) => argument.name() === 'hook');
  const words = [
    ...command.commands.map((each) => each.name()),
    ...(takesHook ? hooks : []),
    ...(['hooks', 'init'].includes(command.name()) ? Object.keys(hooksByType) : []),
    ...(command.name() === 'completion' ? shells : []),
    ...command.options.flatMap(({ long }) => long ?? []),
  ];
  return [{ path, words }, ...command.commands.flatMap((each) => collect(each, `${path} ${each.name()}`.trim()))];
}

function renderBash(completions: Completion[]): string {
  const cases = completions
    .filter(({ path }) => path !== '')
    .map(({ path, words }) => `    '${path}'*) words='${words.join(' ')}' ;;`);
  return [
    '_plugin_host() {',
    '  local words path="${COMP_WORDS[*]:1:COMP_CWORD-1}"',
    '  case "$path" in',
    ...cases.reverse(), // the longer path first
    `    *) words='${(completions[0]?.words ?? []).join(' ')}' ;;`,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    'complete -o default -F _plugin_host plugin-host',
    '',
  ].join('\n');
}

function renderFish(completions: Completion[]): string {
  const lines = completions.map(({ path, words }) => {
    const condition =
      path === ''
        ? '__fish_use_subcommand'
        : path
            .split(' ')
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join('; and ');
    return `complete -c plugin-host -n '${condition}' -a '${words.join(' ')}'`;
  });
  return `${lines.join('\n')}\n`;
}
