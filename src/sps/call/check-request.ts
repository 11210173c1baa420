import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { nearestName } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type Problem, warning } from '../../base/problem.ts';
import type { Release } from '../manifest/release.ts';
import { unknownKwargs } from '../plugin/build-kwargs.ts';
import { argumentsOf, type Hook, isSince } from '../plugin/find-hook.ts';
import type { Plugin } from '../plugin/plugin.ts';

/** What is asked for, before it is called. */
export interface RequestedCall {
  plugin: Plugin;
  hook: Hook;
  release: Release;
  /** Laid over the connection, key by key. */
  overlay: JsonObject;
  /** Answers that came with this call. */
  newAnswers?: JsonObject;
}

/** The product never passes anything else, and the host itself needs them. @throws PluginHostError USAGE */
export function checkShapes(overlay: JsonObject): void {
  const wrong = ['cookie', 'session_cookie', 'key_value_pairs'].find(
    (name) => name in overlay && !isJsonObject(overlay[name]),
  );
  if (wrong !== undefined) {
    throw new PluginHostError('USAGE', `${wrong}: expected a JSON object, as SPS always passes one`, {
      hint: 'Give {} for none.',
    });
  }
  if ('session_id' in overlay && typeof overlay['session_id'] !== 'string') {
    throw new PluginHostError('USAGE', 'session_id: expected a string, as SPS always passes one', {
      hint: 'Leave it out for svc/example/example:0.',
    });
  }
}

/** What the product would not do, but the host does. */
export function checkRequest(call: RequestedCall): Problem[] {
  return [...checkAge(call), ...checkOverlay(call), ...checkAnswers(call)];
}

/** A hook that is newer than the appliance or than what the plugin asks for. */
function checkAge({ plugin, hook, release }: RequestedCall): Problem[] {
  const old = [release.api, plugin.api].find((api) => !isSince(hook.since, api));
  if (old === undefined) return [];
  const message = `${hook.name} came with API ${hook.since}; an appliance of API ${old} never calls it`;
  return [
    warning('HOOK_TOO_NEW', message, `Ask for \`api: "${hook.since}"\` in the MANIFEST if the plugin depends on it.`),
  ];
}

function checkAnswers({ plugin, hook, newAnswers = {}, release }: RequestedCall): Problem[] {
  const isTaken = argumentsOf(hook, release.api).some(({ name }) => name === 'key_value_pairs');
  if (isTaken || Object.keys(newAnswers).length === 0) return [];
  const hint = `\`plugin-host hooks ${plugin.type}\` lists the arguments.`;
  return [warning('HOOK_UNKNOWN_ARGUMENT', `SPS passes no answers to ${hook.name}; they were not passed`, hint)];
}

function checkOverlay({ plugin, hook, overlay, release }: RequestedCall): Problem[] {
  const known = argumentsOf(hook, release.api).map(({ name }) => name);
  return unknownKwargs(hook, overlay, release.api).map((name) => {
    const nearest = nearestName(name, known);
    const asked = nearest === undefined ? '' : `Did you mean ${nearest}? `;
    return warning(
      'HOOK_UNKNOWN_ARGUMENT',
      `${name} was given, but SPS of API ${release.api} does not pass it to ${hook.name}`,
      `${asked}\`plugin-host hooks ${plugin.type}\` lists the arguments.`,
    );
  });
}
