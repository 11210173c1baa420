import { type Json, parseExactJson } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { withoutQuote } from '../../base/without-quote.ts';
import { getPath } from '../../kvgroup/format/get-path.ts';
import { isGroup, isValue, type KvGroup, type KvItem } from '../../kvgroup/format/kv-group.ts';
import { printItem, printMessage } from '../../kvgroup/format/print-message.ts';
import { groupFromJson } from '../../kvgroup/reading/group-from-json.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { readTextFile } from '../command/read-json-text.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { formatCommands } from './commands/format-commands.ts';
import { readInput, type ReadOptions, reportInput } from './read-input.ts';

type FmtOptions = OptionsOf<typeof formatCommands.fmt>;

/** `plugin-host kvgroup fmt [FILE]` */
export async function fmt(terminal: Terminal, file = '-', options: FmtOptions): Promise<number> {
  const { json, check, sort } = options;
  const input = await readInput(terminal, file, options);
  if (reportInput(terminal, input, json ?? false)) return 1;
  const text = input.roots.map((root) => printCanonical(root, input.name, sort)).join('');
  const isCanonical = Buffer.from(text).equals(input.text);
  if (json) terminal.printJson({ canonical: isCanonical, text, diagnostics: input.diagnostics });
  else if (!check) terminal.print(text);
  if (!check || isCanonical) return 0;
  if (!json) terminal.say(`${input.name}: not canonical\n  ${whereItDiffers(text, input.text)}`);
  return 1;
}

function printCanonical(root: KvGroup, name: string, sort?: 'product'): string {
  if (hasValues(root)) {
    throw new PluginHostError('KVGROUP_INVALID', `${name}: a list of values, which only V2.0 has`, {
      hint: 'The canonical form is V1.0: write each value as a pair, "value" = "a".',
    });
  }
  return printMessage(root, sort === undefined ? {} : { sort });
}

function hasValues({ c }: KvGroup): boolean {
  return c.some((item) => isValue(item) || (isGroup(item) && hasValues(item)));
}

function whereItDiffers(canonical: string, text: Uint8Array): string {
  const expected = canonical.split('\n');
  const line = Buffer.from(text)
    .toString('utf8')
    .split('\n')
    .findIndex((each, index) => each !== expected[index]);
  return `The first difference is in line ${line < 0 ? expected.length : line + 1}. \`kvgroup fmt\` prints the canonical form.`;
}

/** `plugin-host kvgroup to-json [FILE]` */
export async function toJson(terminal: Terminal, file = '-', options: ReadOptions): Promise<number> {
  const input = await readInput(terminal, file, options);
  if (reportInput(terminal, input, true)) return 1;
  terminal.printJson(options.stream ? input.roots : input.roots[0]);
  return 0;
}

/** `plugin-host kvgroup from-json [FILE]` */
export async function fromJson(
  terminal: Terminal,
  file = '-',
  { json }: OptionsOf<typeof formatCommands.fromJson>,
): Promise<number> {
  const name = file === '-' ? 'standard input' : file;
  const document = parseJson(await readTextFile(file), name);
  const all = Array.isArray(document) ? document : [document];
  const read = all.map(groupFromJson);
  const problems = read.flatMap(({ problems: each }, index) =>
    each.map(({ path, message }) => `${name}: ${renderPlace(path, index, all.length)}${message}`),
  );
  if (problems.length > 0) {
    throw new PluginHostError('KVGROUP_INVALID', problems.slice(0, 100).join('\n'), {
      hint: '`plugin-host kvgroup to-json` prints what is expected: {"k": "", "n": "", "c": [{"k": "retval", "v": "0"}]}.',
    });
  }
  const text = read.map(({ group }) => (group === undefined ? '' : printCanonical(group, name))).join('');
  if (json) terminal.printJson({ text });
  else terminal.print(text);
  return 0;
}

function renderPlace(path: string, index: number, count: number): string {
  const place = [count > 1 ? `[${index}]` : '', path].filter((each) => each !== '').join('.');
  return place === '' ? '' : `${place}: `;
}

function parseJson(text: string, name: string): Json {
  try {
    return parseExactJson(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    const problem = withoutQuote((cause as SyntaxError).message);
    throw new PluginHostError('KVGROUP_INVALID', `${name}: ${problem}`, {
      hint: 'Expected a group as `plugin-host kvgroup to-json` prints it.',
      cause,
    });
  }
}

/** `plugin-host kvgroup get PATH [FILE]` */
export async function get(terminal: Terminal, path: string, file = '-', options: ReadOptions): Promise<number> {
  const input = await readInput(terminal, file, options);
  if (reportInput(terminal, input, options.json ?? false)) return 1;
  const found = input.roots.flatMap((root) => findAt(root, path));
  if (options.json) terminal.printJson(found.map((item) => (isGroup(item) ? item : item.v)));
  else if (found.length > 0) terminal.print(found.map(renderItem).join('\n'));
  else
    terminal.say(
      `${input.name}: nothing at ${path}\n  Keys and names are case-sensitive; a path starts inside the root.`,
    );
  return found.length > 0 ? 0 : 1;
}

function findAt(root: KvGroup, path: string): KvItem[] {
  try {
    return getPath(root, path);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new PluginHostError('USAGE', cause.message, {
      hint: 'Write request/resource[4F12]/operation, or attribute[EMAIL]/value[]/value[*] for all values.',
      cause,
    });
  }
}

function renderItem(item: KvItem): string {
  return isGroup(item) ? printItem(item, 0) : item.v;
}
