import { hasSecret } from '../conversion/has-secret.ts';
import { parseJson } from '../conversion/parse-json.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import { CommandError } from '../engine/command-error.ts';
import { plainVerb } from '../engine/verb-handler.ts';
import { Dictionary } from '../values/dictionary.ts';
import { JsonArray, JsonObject } from '../values/json-token.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import { responseType } from './response-value.ts';

/** `ExtractJsonObject`: the JSON of a response or of a text. */
export const extractJson = plainVerb((active) => {
  const source = active.read('JsonObjectName');
  const target = active.requireTarget('Name');
  const isSecret = active.flag('ContainsSecret', false) || hasSecret(source);
  const plain = reveal(source);
  if (plain instanceof JsonObject || plain instanceof JsonArray) {
    active.set(target, source, isSecret);
    return;
  }
  const text = textOf(plain, (message) => {
    active.run.record.emulationNotes.add(message);
  });
  active.run.budget.make(text.length);
  const value = parseJson(text, active.run.budget);
  active.set(target, isSecret ? Secret.of(value) : value);
  if (isSecret) active.run.secrets.add(value);
});

function textOf(value: Value, warn: (message: string) => void): string {
  if (!(value instanceof Dictionary) || value.typeName !== responseType) {
    const plain = plainValue(value);
    if (typeof plain === 'string') return plain;
    throw new CommandError('COMMAND_FAILED', 'JsonObjectName names neither a response nor a text');
  }
  const type = toText(value.get('ContentType') ?? '').toLowerCase();
  if (type.endsWith('+json')) warn(`the response is ${type}, not application/json`);
  else if (type !== 'application/json')
    throw new CommandError(
      'COMMAND_FAILED',
      `the response is ${type === '' ? 'of no content type' : type}, not application/json`,
      'Look at the StatusCode first; Content has the text.',
    );
  return toText(reveal(value.get('Content') ?? ''));
}
