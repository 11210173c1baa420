import { globalOptions } from '../src/cli/command/add-global-options.ts';
import { type CommandEntry, type CommandGroup, nameOf } from '../src/cli/command/command-entry.ts';
import type { Option } from '../src/cli/command/option.ts';

interface ManPage {
  version: string;
  commands: readonly (CommandEntry | CommandGroup)[];
  environment: readonly (readonly [name: string, text: string])[];
}

type Described = Pick<Option, 'flags' | 'text'> & Partial<Pick<Option, 'details'>>;

/** `man plugin-host`, in the man(7) language: one page of all that is declared. */
export function renderManPage({ version, commands, environment }: ManPage): string {
  const entries = commands.flatMap((each) =>
    'name' in each
      ? each.commands.map((entry) => ({ name: `plugin-host ${each.name} ${nameOf(entry)}`, entry }))
      : [{ name: `plugin-host ${nameOf(each)}`, entry: each }],
  );
  const shared = sharedOptions(entries.map(({ entry }) => entry));
  return [
    '.\\" Made from the declarations of the commands by build/render-man-page.ts.',
    `.TH PLUGIN\\-HOST 1 "${releaseDate}" "plugin\\-host ${escape(version)}" "User Commands"`,
    section('NAME'),
    'plugin\\-host \\- run, debug and test plugins of privileged\\-access products',
    section('SYNOPSIS'),
    '.B plugin\\-host',
    '.I command',
    '.RI [ options ]',
    '.RI [ arguments ]',
    section('DESCRIPTION'),
    paragraph(
      'Runs, debugs and tests plugins of privileged-access products on your own machine, as the appliance would: plugins of Safeguard for Privileged Sessions, ' +
        'custom platform scripts of Safeguard for Privileged Passwords, plugins of Bravura Security Fabric.',
    ),
    '.PP',
    paragraph(
      'Data goes to standard output, talk to standard error. "plugin-host help COMMAND" shows the help of one command; with --json it is data.',
    ),
    section('COMMANDS'),
    ...entries.flatMap(({ name, entry }) => renderCommand(name, entry, shared)),
    ...[...shared].flatMap(([group, options]) => [section(group), ...renderOptions(options)]),
    section('OPTIONS OF EVERY COMMAND'),
    ...renderOptions(globalOptions),
    section('ENVIRONMENT'),
    ...environment.flatMap(([name, text]) => term(`\\fB${escape(name)}\\fR`, text)),
    section('FILES'),
    ...files.flatMap(([name, text]) => term(`\\fI${escape(name)}\\fR`, text)),
    section('EXIT STATUS'),
    ...exitCodes.flatMap(([code, text]) => term(`\\fB${code}\\fR`, text)),
    section('EXAMPLES'),
    'Call a hook of a plugin of this package:',
    ...renderExample('npx plugin-host invoke authenticate -p sample-plugins/otp'),
    section('SEE ALSO'),
    paragraph('The documents in the folder docs of the package begin with docs/README.md.'),
    '',
  ].join('\n');
}

/** Of this page; the content changes with the version. */
const releaseDate = '2026-11-28';

const files = [
  [
    'plugin-host.yaml',
    'what the appliance would provide; in the folder of the plugin or above it, then in the current one or above it',
  ],
  [
    '.plugin-host/',
    'state beside it: stored sessions, environments, unpacked packages; "plugin-host clean" removes what is not needed',
  ],
] as const;

const exitCodes = [
  ['0', 'done; a DENY is done'],
  ['1', 'the plugin, package, scenario or test is at fault'],
  ['2', 'usage'],
  ['3', 'plugin-host or its machine failed'],
  ['130', 'interrupted'],
] as const;

/** The options of groups, each as most commands have it; where it is another one, it stands at the command. */
function sharedOptions(entries: readonly CommandEntry[]): Map<string, Option[]> {
  const groups = new Map<string, Option[]>();
  const options = entries.flatMap(({ declared }) => declared.options);
  const count = (option: Option): number => options.filter((each) => isSame(each, option)).length;
  for (const each of options) {
    if (each.group === undefined) continue;
    const known = groups.get(each.group) ?? [];
    const former = known.find(({ flags }) => flags === each.flags);
    if (former === undefined) groups.set(each.group, [...known, each]);
    else if (count(each) > count(former)) known[known.indexOf(former)] = each;
  }
  return groups;
}

function isSame(one: Option, other: Option): boolean {
  return one.flags === other.flags && renderText(one) === renderText(other);
}

function renderCommand(
  name: string,
  { declared }: CommandEntry,
  shared: ReadonlyMap<string, readonly Option[]>,
): string[] {
  const { usage, shownUsage, summary, example, options } = declared;
  const isShared = (option: Option): boolean =>
    option.group !== undefined && shared.get(option.group)?.some((each) => isSame(each, option)) === true;
  const others = options.filter(isShared).map(({ flags }) => `\\fB${escape(longOf(flags))}\\fR`);
  const words = shownUsage ?? ['[options]', ...usage.split(' ').slice(1)].join(' ');
  return [
    `.SS ${escape(name)}`,
    `\\fB${escape(name)}\\fR ${escape(words)}`,
    '.PP',
    paragraph(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`),
    ...renderOptions(options.filter((each) => !isShared(each))),
    ...(others.length === 0 ? [] : ['.PP', fill(`Described below: ${others.join(', ')}.`)]),
    ...renderExample(example),
  ];
}

function renderOptions(options: readonly Described[]): string[] {
  return options.flatMap((each) => term(renderFlags(each.flags), renderText(each)));
}

/** `-p, --plugin <path>`: what is typed is bold, what stands for something else in italics. */
function renderFlags(flags: string): string {
  return flags
    .split(/(?<=,) | (?=[<[])/)
    .map((part) => (/^[<[]/.test(part) ? `\\fI${escape(part)}\\fR` : `\\fB${escape(part)}\\fR`))
    .join(' ');
}

function renderText({ text, details }: Described): string {
  const { choices, default: byDefault } = details ?? {};
  return [
    text,
    ...(choices === undefined ? [] : [`(choices: ${choices.join(', ')})`]),
    ...(byDefault === undefined ? [] : [`(default: ${byDefault})`]),
  ].join(' ');
}

function longOf(flags: string): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}

function renderExample(example: string): string[] {
  const lines = example.split('\n').map((line) => fill(guard(escape(line.trim())), ' \\\n'));
  return ['.PP', '.RS', '.EX', ...lines, '.EE', '.RE'];
}

function section(title: string): string {
  return `.SH ${title.toUpperCase()}`;
}

function term(head: string, text: string): string[] {
  return ['.TP', head, paragraph(text)];
}

function paragraph(text: string): string {
  return fill(guard(escape(text)));
}

/** At the start of a line a dot or a quote would be a request. */
function guard(line: string): string {
  return line.replace(/^(?=[.'])/, '\\&');
}

/** Lines that an editor shows whole. @param end What ends a line: a line end is a blank in text, and must be hidden in an example */
function fill(text: string, end = '\n'): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + word.length < lineLength) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(guard(word));
  }
  return lines.join(end);
}

const lineLength = 78;

const spellings: Readonly<Record<string, string>> = {
  '\\': '\\(rs',
  '-': '\\-',
  "'": '\\(aq',
  '`': '\\(ga',
  '"': '\\(dq',
  '^': '\\(ha',
  '~': '\\(ti',
};

/** Characters that have a meaning in roff or another look in print; what is not ASCII by its number. */
function escape(text: string): string {
  return text.replace(/[\\\-'`"^~]|[^\x20-\x7e]/gu, (character) => {
    const spelling = spellings[character];
    return spelling ?? `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}
