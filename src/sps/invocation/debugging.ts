import { PluginHostError } from '../../base/plugin-host-error.ts';
import { quoteWord } from '../../base/quote-word.ts';
import type { LogLine } from '../../process/output/log-collector.ts';
import type { Language, Plugin } from '../plugin/plugin.ts';
import { optionsOfEnvironment } from './sdk-of-environment.ts';
import type { ReplyLine, ShimRequest } from './shim-request.ts';

/** Lets a debugger attach to a call. The call then has no deadline, and a fresh interpreter, which waits for the debugger before it imports the plugin. */
export interface Debugging {
  /** On 127.0.0.1. Undefined: the usual one of the language; 0: any that is free. */
  port: number | undefined;
  /** Path of the terminal in which Python's own debugger is used instead. */
  terminal?: string | undefined;
  /** Stop in the first line of the hook. */
  isBreaking: boolean;
  onWaiting: (waiting: WaitingForDebugger) => void;
  onAttached: () => void;
  /** @param problem Why it will not stop in the first line of the hook. */
  onCannotStop: (problem: string) => void;
}

export interface WaitingForDebugger {
  plugin: Plugin;
  port: number;
  /** Which call it is, for people, where a command makes several. */
  call?: string | undefined;
}

/** The ports that editors use: of debugpy and of Node's inspector. */
const usualPorts: Record<Language, number> = { python: 5678, typescript: 9229 };

/** @throws PluginHostError DEBUGGER_MISSING */
export function encodeDebugging(
  plugin: Pick<Plugin, 'language' | 'isLegacy' | 'name'>,
  debugging: Debugging | undefined,
): ShimRequest['debug'] {
  if (debugging === undefined) return null;
  if (plugin.isLegacy === true) {
    throw new PluginHostError('DEBUGGER_MISSING', `${plugin.name}: there is no debugger for plugins of Python 2`, {
      hint: 'Leave out --debug, and print what you want to know: the log shows it.',
    });
  }
  const { terminal = null } = debugging;
  if (terminal !== null && plugin.language !== 'python') {
    throw new PluginHostError('DEBUGGER_MISSING', `${plugin.name}: --pdb is for Python plugins`, {
      hint: `Call it with --debug, and type in another terminal: node inspect 127.0.0.1:${usualPorts[plugin.language]}`,
    });
  }
  const module = terminal === null ? 'python-debugger.py' : 'python-pdb.py';
  return { port: debugging.port ?? usualPorts[plugin.language], isBreaking: debugging.isBreaking, terminal, module };
}

/** Passes on what a shim reports about its debugger. */
export function tellDebugging({ tag, text }: ReplyLine, plugin: Plugin, debugging: Debugging): void {
  if (tag === 'debugger-waits') debugging.onWaiting({ plugin, ...(JSON.parse(text) as { port: number }) });
  else if (tag === 'debugger-attached') debugging.onAttached();
  else if (tag === 'debugger-cannot-stop') debugging.onCannotStop(text);
}

/** Why no debugger could attach, if the last line says so. */
export function debuggerFailed({ tag, text }: ReplyLine): PluginHostError | undefined {
  if (tag === 'debugger-missing') return debugpyMissing(JSON.parse(text) as MissingDebugpy);
  if (tag !== 'port-refused') return undefined;
  const { port, problem } = JSON.parse(text) as { port: number; problem: string };
  return new PluginHostError('PORT_REFUSED', `127.0.0.1:${port}: the debugger cannot listen there: ${problem}`, {
    hint: `Give another port, --debug=${port < 65_535 ? port + 1 : port - 1}, or --debug=0 for any that is free.`,
  });
}

interface MissingDebugpy {
  problem: string;
  python: string;
  /** Its pip installs, and only for it. */
  canInstall: boolean;
}

function debugpyMissing({ problem, python, canInstall }: MissingDebugpy): PluginHostError {
  const options = optionsOfEnvironment(python);
  const install = `Install it for this interpreter only: ${quoteWord(python)} -m pip install debugpy`;
  const apart = `Install it beside this interpreter, and add --python venv/bin/python: ${quoteWord(python)} -m venv venv && venv/bin/python -m pip install debugpy`;
  return new PluginHostError('DEBUGGER_MISSING', `${python}: debugpy cannot be imported: ${problem}`, {
    hint:
      options !== undefined ? `plugin-host python install ${options} --with-debugger` : canInstall ? install : apart,
  });
}

/** What Node itself writes on the plugin's standard error. */
const nodeWords = [
  /^Debugger (?:listening on|ending on) ws:/,
  /^For help, see: https:\/\/nodejs\.org\//,
  /^Debugger attached\.$/,
  /^Waiting for the debugger to disconnect\.\.\.$/,
  /^Starting inspector on .* failed: /,
];

/** The log without the messages of the debugger, which do not come from the plugin. */
export function withoutDebugger(lines: LogLine[], { language }: Pick<Plugin, 'language'>): LogLine[] {
  if (language === 'python') return lines;
  return lines.filter(({ text }) => !nodeWords.some((words) => words.test(text)));
}
