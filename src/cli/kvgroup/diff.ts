import { PluginHostError } from '../../base/plugin-host-error.ts';
import { diffGroups, type KvDifference } from '../../kvgroup/format/diff-groups.ts';
import type { KvGroup } from '../../kvgroup/format/kv-group.ts';
import { printItem, quote } from '../../kvgroup/format/print-message.ts';
import { isSecretPath, maskGroup, secretsIn } from '../../kvgroup/running/create-run-masker.ts';
import { maskWord } from '../../kvgroup/running/mask-word.ts';
import { createMasker } from '../../secrets/create-masker.ts';
import type { Masker } from '../../secrets/masker.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { formatCommands } from './commands/format-commands.ts';
import { readInput, reportInput } from './read-input.ts';

type DiffOptions = OptionsOf<typeof formatCommands.diff>;

/** `plugin-host kvgroup diff A B` */
export async function diff(terminal: Terminal, a: string, b: string, options: DiffOptions): Promise<number> {
  if (a === '-' && b === '-') {
    throw new PluginHostError('USAGE', 'both are standard input', { hint: 'Name a file for one of them.' });
  }
  const inputs = [await readInput(terminal, a, options), await readInput(terminal, b, options)];
  for (const input of inputs) if (reportInput(terminal, input, options.json ?? false)) return 1;
  const [old = [], now = []] = inputs.map(({ roots }) => roots);
  const masker = createMasker(
    [...old, ...now].flatMap(secretsIn).filter((value) => value !== ''),
    { maskWord },
  );
  const differences = diffAll(old, now).map((each) => (options.showSecrets ? each : maskDifference(each, masker)));
  const isEqual = differences.length === 0;
  if (options.json) terminal.printJson({ equal: isEqual, differences });
  else terminal.print(isEqual ? 'equal' : differences.map((each) => renderDifference(each, terminal)).join('\n'));
  return isEqual ? 0 : 1;
}

/** Messages of streams are compared one by one. */
function diffAll(old: readonly KvGroup[], now: readonly KvGroup[]): KvDifference[] {
  return Array.from({ length: Math.max(old.length, now.length) }, (_, index) => {
    const [before, after] = [old[index], now[index]];
    const differences = diffMessages(before, after);
    return old.length + now.length === 2
      ? differences
      : differences.map((each) => ({
          ...each,
          path: `message ${index + 1}${each.path === '' ? '' : `: ${each.path}`}`,
        }));
  }).flat();
}

function diffMessages(before: KvGroup | undefined, after: KvGroup | undefined): KvDifference[] {
  if (before === undefined) return after === undefined ? [] : [{ path: '', kind: 'added', after }];
  return after === undefined ? [{ path: '', kind: 'removed', before }] : diffGroups(before, after);
}

function maskDifference(difference: KvDifference, masker: Masker): KvDifference {
  const { path, before, after } = difference;
  const isSecret = isSecretPath(path.replace(/^message \d+: /, ''));
  const hide = (side: string | KvGroup): string | KvGroup => {
    if (typeof side === 'string') return isSecret && side !== '' ? maskWord : masker.text(side);
    return maskGroup(side, masker);
  };
  return {
    ...difference,
    ...(before === undefined ? {} : { before: hide(before) }),
    ...(after === undefined ? {} : { after: hide(after) }),
  };
}

function renderDifference({ path, kind, before, after }: KvDifference, { paint }: Terminal): string {
  const place = path === '' ? '(root)' : path;
  if (kind === 'added') return `${paint('green', '+')} ${place}${render(after)}`;
  if (kind === 'removed') return `${paint('red', '-')} ${place}${render(before)}`;
  return `${paint('yellow', '~')} ${place}${render(before)} → ${render(after).trimStart().replace(/^= /, '')}`;
}

function render(side: string | KvGroup | undefined): string {
  if (side === undefined) return '';
  return typeof side === 'string' ? ` = ${quote(side)}` : `\n${printItem(side, 1)}`;
}
