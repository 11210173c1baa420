import type { Json, JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { substitute } from '../../targets/description/substitute.ts';
import type { HttpDescription } from '../../targets/description/target-description.ts';
import { createTemplater } from '../../targets/recording/create-templater.ts';
import { decodeBody } from '../../targets/recording/decode-body.ts';
import { describeAnswer } from '../../targets/recording/describe-answer.ts';
import { describeRoutes } from '../../targets/recording/describe-routes.ts';
import { findTokens } from '../../targets/recording/find-tokens.ts';
import { renderRecording } from '../../targets/recording/render-recording.ts';
import { StandIns } from '../../targets/recording/stand-ins.ts';
import type { PassedExchange } from '../../targets/recording/start-traffic-recorder.ts';
import { TextGuard } from '../../targets/recording/text-guard.ts';
import { optionValues } from '../plugin/option-values.ts';
import { describeExchange, type Redact } from './describe-exchange.ts';

export interface RecordedBackends {
  exchanges: readonly PassedExchange[];
  /** Configuration texts of the plugins. */
  configurations: readonly string[];
  /** Values that must not be written. */
  secrets: readonly string[];
}

/**
 * What real systems were asked and answered, as the text of a file with `backends:`. Secrets of the configuration become the names of their options,
 * those that a system gave made-up texts; where a request has one that was typed, anything will do.
 * @throws PluginHostError RECORDING_UNSAFE
 */
export function renderBackends({ exchanges, configurations, secrets }: RecordedBackends): string {
  const options = configurations.flatMap((text) => Object.entries(optionValues(text)));
  const texts = exchanges.flatMap(({ result }) =>
    result === undefined ? [] : [decodeBody(result), ...result.headers.map(([, value]) => value)],
  );
  const standIns = new StandIns(texts, []);
  for (const [name, value] of options) if (secrets.includes(value)) standIns.addParameter(name, value);
  const tokens = findTokens(exchanges, texts).filter(({ text }) => !standIns.has(text));
  for (const { origin, text } of tokens) standIns.addRecorded(origin, text);
  const given = new Map(standIns.recorded.map(({ name, text }) => [name, text]));
  for (const secret of secrets) if (!standIns.has(secret)) standIns.addRecorded('typed', secret);
  const typed = standIns.recorded.filter(({ name }) => !given.has(name)).map(({ name }) => `\${${name}}`);

  const guard = new TextGuard(standIns.all, false);
  const templater = createTemplater(standIns.all, { isBounded: false });
  const made = Object.fromEntries(standIns.recorded.map(({ name, text }) => [name, text]));
  /** What a system gave is given as a made-up text again. */
  const fill = (text: string): string =>
    text.replace(/\$\{([^{}]*)\}/g, (whole, name: string) =>
      Object.hasOwn(made, name) ? (made[name] ?? whole) : whole,
    );
  const redact: Redact = (text) => {
    const templated = templater.text(text);
    return typed.some((each) => templated.includes(each)) ? undefined : fill(templated);
  };
  const filled = {
    text: (text: string) => fill(templater.text(text)),
    json: (value: Json) => fillAll(templater.json(value), fill),
  };
  const values = Object.fromEntries(options);
  const asPlayed = (text: string): string => substitute(fill(templater.text(text)), values);

  const backends = [...Map.groupBy(exchanges, nameOf).values()].flatMap((all): JsonObject[] => {
    const [first] = all;
    if (first === undefined) return [];
    const routes = describeRoutes(
      all.map((each) => ({
        match: describeExchange(each, redact),
        answer: describeAnswer(each, filled, ''),
        received: {
          method: each.request.method,
          url: asPlayed(each.request.url.pathname + each.request.url.search),
          headers: each.request.headers.map(([name, value]): [string, string] => [name, asPlayed(value)]),
          body: Buffer.from(asPlayed(each.request.body.toString())),
        },
        isChallenge: false,
      })),
      values,
    );
    const http: HttpDescription = { tls: first.isSecure ? 'trusted' : 'none', routes };
    return [{ ...placeOf(first), http: http as unknown as JsonObject }];
  });
  const text = renderRecording({ backends }, [
    'Recorded by plugin-host --record-backends. Secrets are those of the configuration, by the names of their options, or made up.',
    'Put it into plugin-host.yaml, a scenario or a plugin test.',
  ]);
  guard.check(text);
  const [leak] = guard.leaks;
  if (leak === undefined) return text;
  throw new PluginHostError(
    'RECORDING_UNSAFE',
    `nothing is recorded: ${leak} stands in it in a spelling that cannot be replaced`,
    {
      hint: 'Record with other secrets, or write the backends by hand: docs/backends.md.',
    },
  );
}

function nameOf({ destination: { host, port } }: PassedExchange): string {
  return `${host} ${port}`;
}

/** The usual port goes without saying. */
function placeOf({ destination: { host, port }, isSecure }: PassedExchange): JsonObject {
  return { address: host, ...(port !== (isSecure ? 443 : 80) && { port }) };
}

function fillAll(value: Json, fill: (text: string) => string): Json {
  return JSON.parse(fill(JSON.stringify(value))) as Json;
}
