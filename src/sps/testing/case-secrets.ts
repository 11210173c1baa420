import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { isMatcher } from '../../testing/check-matchers.ts';
import type { Host } from '../call/resolve-host.ts';
import { collectPluginSecrets, type PluginSecrets } from '../plugin/plugin-secrets.ts';
import type { LoadedCase, LoadedStep } from './read-test-file.ts';

type Known = Pick<Host, 'secretNames' | 'configuration'>;

/** The secrets of a case in any of its steps: a step that fails may show what only a later step marks as secret. */
export function caseSecrets(
  { steps }: Pick<LoadedCase, 'steps'>,
  { secretNames, configuration }: Known,
): PluginSecrets {
  const invisible = new Set(steps.flatMap(({ expect }) => invisibleKey(expect.value)));
  const all = steps.map((step) =>
    collectPluginSecrets({
      kwargs: { ...step.connection, ...step.kwargs, key_value_pairs: pairsOf(step) },
      result: literalsOf(step.expect.value ?? null),
      cookies: [step.cookie, step.sessionCookie, ...expectedCookies(step)].filter((cookie) => isJsonObject(cookie)),
      answers: Object.entries(step.answers).flatMap(([key, value]) =>
        invisible.has(key) && typeof value === 'string' ? [{ key, value }] : [],
      ),
      names: secretNames,
      ...(configuration === undefined ? {} : { configuration }),
    }),
  );
  return {
    values: [...new Set(all.flatMap(({ values }) => values))],
    names: [...new Set([...all.flatMap(({ names }) => names), ...invisible])],
  };
}

function pairsOf({ connection, kwargs, answers }: LoadedStep): JsonObject {
  const [of, over] = [connection, kwargs].map((each) => each['key_value_pairs'] ?? null);
  return { ...(isJsonObject(of) ? of : {}), ...(isJsonObject(over) ? over : {}), ...answers };
}

function expectedCookies({ expect }: LoadedStep): (Json | undefined)[] {
  return [expect.cookie, expect.sessionCookie].map((cookie) => cookie && literalsOf(cookie));
}

/** The key of a question with echo off that is expected. */
function invisibleKey(value: Json | undefined): string[] {
  const question = isJsonObject(value) ? value['question'] : undefined;
  const [key, , disableEcho] = Array.isArray(question) ? question : [];
  return typeof key === 'string' && disableEcho === true ? [key] : [];
}

/** Without what only describes a value: the kind of a secret is not a secret. */
function literalsOf(expected: Json): Json {
  if (Array.isArray(expected)) return expected.map(literalsOf);
  if (!isJsonObject(expected)) return expected;
  const entries: [string, Json][] = Object.entries(expected);
  if (!isMatcher(expected)) return Object.fromEntries(entries.map(([name, item]) => [name, literalsOf(item)]));
  return entries.filter(([name]) => name !== 'any' && name !== 'absent').map(([, item]) => item);
}
