import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { isJsonObject, type Json, type JsonObject, parseExactJson } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { withoutQuote } from '../../base/without-quote.ts';
import { decodeText, TextFault } from '../../documents/decode-text.ts';
import { describeFileFault } from '../../documents/describe-file-fault.ts';

/** @param file `-` is standard input. @throws PluginHostError FILE_NOT_FOUND, NOT_UTF8 */
export async function readTextFile(file: string): Promise<string> {
  try {
    return decodeText(file === '-' ? await buffer(process.stdin) : await readFile(file));
  } catch (cause) {
    if (cause instanceof TextFault) {
      throw new PluginHostError('NOT_UTF8', cause.in(file === '-' ? 'standard input' : file), {
        hint: 'Write UTF-8: other bytes would reach the plugin as other characters.',
        cause,
      });
    }
    throw new PluginHostError('FILE_NOT_FOUND', `${file}: ${describeFileFault(cause)}`, {
      hint: 'Name a readable file, or - for standard input.',
      cause,
    });
  }
}

/** The text of a JSON object, given as text, `@FILE` or `-`. @throws PluginHostError JSON_INVALID, FILE_NOT_FOUND */
export async function readJsonText(option: string, given: string): Promise<string> {
  const isFile = given === '-' || given.startsWith('@');
  const json = isFile ? await readTextFile(given.replace(/^@/, '')) : given;
  const where = isFile ? `${option} ${given}` : option;
  const problem = describeProblem(json);
  if (problem === undefined) return json;
  throw new PluginHostError('JSON_INVALID', `${where}: ${problem}`, {
    hint: `Give a JSON object such as ${option === '--kwargs' ? '{"server_username": "root"}' : '{"tries": 1}'}.`,
  });
}

export async function readJsonObject(option: string, given: string | undefined): Promise<JsonObject | undefined> {
  return given === undefined ? undefined : (parseExactJson(await readJsonText(option, given)) as JsonObject);
}

function describeProblem(json: string): string | undefined {
  try {
    return isJsonObject(parseExactJson(json)) ? undefined : 'expected a JSON object';
  } catch (error) {
    return withoutQuote((error as SyntaxError).message);
  }
}

/** `NAME=VALUE` pairs; the last of a name wins. @throws PluginHostError USAGE */
export function readPairs(option: string, pairs: readonly string[], parse: (value: string) => Json): JsonObject {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at > 0) return [pair.slice(0, at), parse(pair.slice(at + 1))];
      // The text may be an answer, so it is not repeated.
      throw new PluginHostError('USAGE', `${option}: expected NAME=VALUE`, { hint: `Write ${option} name=value.` });
    }),
  );
}

/** `KEY=VALUE` pairs; the values of a key that is there several times are used up in order. @throws PluginHostError USAGE */
export function readAnswers(pairs: readonly string[]): Record<string, string | string[]> {
  const answers: Record<string, string | string[]> = {};
  for (const pair of pairs) {
    for (const [key, value] of Object.entries(readPairs('--answer', [pair], (text) => text)) as [string, string][]) {
      const earlier = answers[key];
      answers[key] = earlier === undefined ? value : [earlier, value].flat();
    }
  }
  return answers;
}

/** JSON if it parses, else the text itself. */
export function jsonOrText(value: string): Json {
  try {
    return parseExactJson(value);
  } catch {
    return value;
  }
}
