import { renderSuggestion } from '../base/nearest-name.ts';
import { PluginHostError } from '../base/plugin-host-error.ts';
import { type CommandEntry, type CommandGroup, nameOf } from './command/command-entry.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;

/** Words that may follow a path of commands: sub-commands, values of arguments, options. */
interface Completion {
  path: string;
  words: string[];
}

/** @throws PluginHostError USAGE */
export function renderCompletion(shell: string, commands: readonly (CommandEntry | CommandGroup)[]): string {
  const completions = [{ path: '', words: commands.map(nameOf) }, ...commands.flatMap((each) => collect(each, ''))];
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

function collect(entry: CommandEntry | CommandGroup, above: string): Completion[] {
  const path = `${above} ${nameOf(entry)}`.trim();
  if ('name' in entry) {
    return [{ path, words: entry.commands.map(nameOf) }, ...entry.commands.flatMap((each) => collect(each, path))];
  }
  const { values = [], options } = entry.declared;
  const long = options.flatMap(({ flags }) => /--[\w-]+/.exec(flags) ?? []);
  return [{ path, words: [...values, ...long] }];
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
