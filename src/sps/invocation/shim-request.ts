/**
 * What the host and its shims say to each other. The request is one JSON document on the child's descriptor 3. The reply
 * comes on descriptor 4 in lines `TAG TEXT`; it ends with one of `lastTags`. A child that ends before that has crashed.
 */
import type { JsonObject } from '../../base/json.ts';

/** What the appliance provides to a plugin. */
export interface ApplianceRequest {
  /** Absolute path of the child-side file that provides it: Python with `install(data, watch, tell)`, or a module with `createAppliance(data, tell)`. */
  module: string;
  data: JsonObject;
  /** Python: before the plugin is imported, not only when it imports the SDK. */
  isEager: boolean;
}

export type ShimRequest = {
  /** Absolute folder of the plugin; also its working directory. */
  root: string;
  /** File name of the entry point. */
  entry: string;
  /** Put into the child's environment before the plugin is imported. */
  environment: Record<string, string>;
  appliance: ApplianceRequest | null;
  /** Let a debugger attach, and wait for it, before the plugin is imported; or use Python's own in this terminal (a path). Python: the module that does it. */
  debug: { port: number; isBreaking: boolean; terminal: string | null; module: string } | null;
  /** Folder, absolute, for which lines of the plugin were run; of Node, which keeps it itself, whether it does. */
  coverage?: string;
  /** For Node: where it keeps what it compiled. */
  compileCache?: string;
  /** For the constructor. */
  configuration: string;
  isConfigurationGiven: boolean;
} & (
  | {
      mode: 'call';
      hook: string;
      /** Without the cookies. */
      kwargs: JsonObject;
      /** JSON text by name of the argument, exactly as the plugin gave it: no number and no order is changed on the way. */
      cookies: Record<string, string>;
      /** The hook decides: its place is reported when it returns nothing. */
      isVerdictDue: boolean;
    }
  | {
      mode: 'describe';
      hooks: string[];
      /** Those whose absence is reported: the class is constructed when it lacks one. */
      needed: string[];
      /** Those of them that judge. */
      judging: string[];
    }
);

/** Where a call ended. The host itself sets `start`: the interpreter has not reached the shim's first message. */
export type Phase = 'start' | 'import' | 'constructor' | 'hook' | 'reply';

/**
 * Not last: `ready` (before the request is read), `phase PHASE`, `received {kwargs, unknown}`, `doubts {place?, sdk?, construction?}`, `cookie JSON`, `session_cookie JSON` (those of the result),
 * `described-class` (as `described`, before the class is constructed, with the names of hooks that the constructor or a field sets as `assigned`),
 * `exits {stack}` (before an exit that the plugin asked for), `never-settled` (before the exit of an idle process), `debugger-waits {port}`, `debugger-attached`, `debugger-cannot-stop TEXT`,
 * `connection {host, port, transport}` or `connection {program}` (with backends: what does not come to them), `connection {host, port, recorded}`. `stack`, here and of `raised`, is a list of
 * `[file, line, function]`, the innermost last, from Python, the text that V8 makes from Node. At its deadline and at a fatal signal Python's
 * faulthandler writes lines of its own (see python-dump.ts), whose tags are none of these.
 */
export const lastTags = new Set([
  'returned', // JSON: what the hook returned
  'raised', // {exception, message, traceback, stack}
  'not-json', // {problem, reply, isAwaitable?}
  'hook-missing', // name
  'class-missing', // [{name, names, file?, line?}] of the classes that are there; Python 2: Plugin
  'described', // see PluginDescription
  'too-old', // version of the interpreter
  'debugger-missing', // {problem, python, canInstall}
  'port-refused', // {port, problem}
  'shadowed', // the plugin brings modules of its own in place of preloaded ones that cannot be loaded twice
]);

export interface ReplyLine {
  tag: string;
  text: string;
}

export function parseReplyLine(line: string): ReplyLine {
  const blank = line.indexOf(' ');
  return blank < 0 ? { tag: line, text: '' } : { tag: line.slice(0, blank), text: line.slice(blank + 1) };
}

/** The JSON of a line; without members when it is not JSON: a plugin may have written it past the shim. */
export function readWord(line: ReplyLine | undefined): Record<string, unknown> {
  try {
    const word = JSON.parse(line?.text ?? '') as unknown;
    return typeof word === 'object' && word !== null ? (word as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
