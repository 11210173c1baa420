import path from 'node:path';
import { type Json, type JsonObject, showJson } from '../../base/json.ts';
import { quoteWord } from '../../base/quote-word.ts';
import type { CallRecord } from '../call/call-record.ts';
import { buildKwargs } from '../plugin/build-kwargs.ts';
import { argumentsOf, type Hook } from '../plugin/find-hook.ts';
import type { GivenConfiguration, LoadedStep } from './read-test-file.ts';

export interface RepeatedCall {
  record: CallRecord;
  /** Name of the committed connection policy that has the plugin. */
  policy: string | undefined;
  hook: Hook;
  step: LoadedStep;
  configuration: GivenConfiguration | undefined;
  /** Answers of the session so far, those of this step too. */
  answers: JsonObject;
  /** API of the emulated release. */
  api: string;
  /** Undefined when it is the one that a call has anyway. */
  proxyTimeoutMs: number | undefined;
  currentFolder: string;
  /** Options of the command that ran the test, which the call needs too. */
  options: readonly string[];
  /** Applied to each word. */
  mask: (text: string) => string;
}

/** The command that makes one call of a test again, alone, to be typed into a shell. */
export function renderInvoke(call: RepeatedCall): string {
  const { record, policy, step, hook, configuration, answers, proxyTimeoutMs, currentFolder, options } = call;
  const local = (file: string): string => path.relative(currentFolder, file) || '.';
  const takesAnswers = hook.arguments.some(({ name }) => name === 'key_value_pairs');
  const { cookie, sessionCookie } = record;
  const words = [
    'plugin-host',
    'invoke',
    hook.name,
    ...(policy === undefined ? ['-p', local(record.plugin.path)] : ['--policy', policy]),
    ...(policy === undefined || step.type === undefined ? [] : ['--type', step.type]),
    ...connectionOf(call),
    ...(takesAnswers
      ? Object.entries(answers).flatMap(([key, value]) => ['--answer', `${key}=${showJson(value)}`])
      : []),
    ...jsonOption('--cookie', cookie.before),
    ...jsonOption('--session-cookie', sessionCookie.before),
    ...(configuration === undefined
      ? []
      : ['--config', configuration.file === undefined ? '-' : local(configuration.file)]),
    ...(proxyTimeoutMs === undefined ? [] : ['--proxy-timeout', `${proxyTimeoutMs}ms`]),
    ...options,
  ];
  const command = words.map((word) => quoteWord(call.mask(word))).join(' ');
  if (configuration === undefined || configuration.file !== undefined) return command;
  return `printf ${quoteWord(toFormat(call.mask(configuration.text)))} | ${command}`;
}

/** A connection without a name is written in full. */
function connectionOf({ policy, step, hook, api }: RepeatedCall): string[] {
  const { connection, connectionName, written, login, kwargs } = step;
  const isOfPolicy = policy !== undefined && written.connection === undefined;
  if (connectionName !== undefined) {
    return [
      ...(isOfPolicy ? [] : ['--connection', connectionName]),
      ...(login === undefined ? [] : ['--login', login]),
      ...(Object.keys(kwargs).length === 0 ? [] : jsonOption('-k', kwargs)),
    ];
  }
  const sources = { connection, overlay: {}, answers: {}, cookie: {}, sessionCookie: {}, sessionName: '', api };
  const all = buildKwargs(hook, sources);
  const left = ['session_id', 'cookie', 'session_cookie'];
  const own = argumentsOf(hook, api).flatMap(({ name, deprecatedFor }): [string, Json][] =>
    left.includes(name) || deprecatedFor !== undefined ? [] : [[name, all[name] ?? null]],
  );
  return jsonOption('-k', { ...Object.fromEntries(own), ...kwargs });
}

function jsonOption(option: string, value: JsonObject): string[] {
  return Object.keys(value).length === 0 ? [] : [option, JSON.stringify(value)];
}

/** On one line, for `printf`. */
function toFormat(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('%', '%%').replaceAll('\n', '\\n');
}
