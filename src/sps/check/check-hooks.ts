import { nearestName } from '../../base/nearest-name.ts';
import type { Problem } from '../../base/problem.ts';
import type { Release } from '../manifest/release.ts';
import { type Hook, argumentsOf, hooksByType, isSince } from '../plugin/find-hook.ts';
import { placeInPlugin, type PluginPlace, renderPlace } from '../plugin/place-in-plugin.ts';
import type { HookDescription, PluginDescription } from '../plugin/plugin-description.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { adviseOnName } from './advise-on-name.ts';

/** Hooks that are missing, that are newer than the plugin's API, or that declare what the product does not pass. */
export function checkHooks(plugin: Plugin, description: PluginDescription, release: Release): Problem[] {
  return hooksByType[plugin.type].flatMap((hook) => {
    const found = description.hooks.get(hook.name);
    const isCalled = isSince(hook.since, release.api);
    if (found === undefined) return isCalled ? checkMissing(plugin, hook, description) : [];
    const age = checkAge(plugin, hook, found, release);
    return isCalled ? [...age, ...checkArguments(plugin, hook, found, release)] : age;
  });
}

function checkMissing(
  { type, api, entryPoint }: Plugin,
  hook: Hook,
  { names, constructorFailure }: PluginDescription,
): Problem[] {
  const isNewer = !isSince(hook.since, api);
  if (hook.isMandatory === 'no' && !isNewer) return [];
  const similar = nearestName(
    hook.name,
    names.filter((name) => !hooksByType[type].some((each) => each.name === name)),
  );
  const effect = {
    yes: 'every plugin of this type needs it',
    accept: 'the product treats its absence as ACCEPT',
    no: `it came with API ${hook.since}, after this plugin's ${api}, and is optional`,
  }[hook.isMandatory];
  return [
    {
      level: hook.isMandatory === 'yes' ? 'error' : 'warning',
      code: 'HOOK_MISSING',
      message: `${entryPoint}: class Plugin has no ${hook.name}; ${effect}`,
      hint: [
        similar === undefined
          ? `Define ${hook.name}${hook.isMandatory === 'yes' ? '' : ' if you want it called'}.`
          : `Rename ${similar} to ${hook.name}?`,
        ...(constructorFailure === undefined
          ? []
          : [
              `The check could not see what the constructor sets: it ${constructorFailure}; \`config:\` of plugin-host.yaml gives it a configuration.`,
            ]),
      ].join(' '),
      file: entryPoint,
      line: null,
    },
  ];
}

function checkAge(plugin: Plugin, hook: Hook, description: HookDescription, release: Release): Problem[] {
  const old = [release.api, plugin.api].find((api) => !isSince(hook.since, api));
  if (old === undefined || isInherited(plugin, description)) return [];
  return [
    {
      level: 'warning',
      code: 'HOOK_TOO_NEW',
      message: `${where(plugin, description)}: ${hook.name} came with API ${hook.since}; an appliance of API ${old} never calls it`,
      hint: `Ask for \`api: "${hook.since}"\` in the MANIFEST if the plugin depends on it.`,
      ...place(plugin, description),
    },
  ];
}

function checkArguments(plugin: Plugin, hook: Hook, description: HookDescription, release: Release): Problem[] {
  const passed = argumentsOf(hook, release.api).map(({ name }) => name);
  const sinceOf = (name: string): string | undefined => hook.arguments.find((each) => each.name === name)?.since;
  return (
    description.named
      .filter(([name]) => !passed.includes(name))
      // A base class with a newer API comes with the SDK of another release, which is reported once.
      .filter(([name]) => sinceOf(name) === undefined || !isInherited(plugin, description))
      .map(([name, hasDefault]) => {
        const since = sinceOf(name);
        const what =
          since === undefined
            ? 'which SPS does not pass to it'
            : `which SPS passes since API ${since} and not yet in ${release.api}`;
        return {
          level: 'warning',
          code: 'HOOK_UNKNOWN_ARGUMENT',
          message: `${where(plugin, description)}: ${hook.name} declares ${name}, ${what}; it ${hasDefault ? 'keeps its default' : 'gets None'}`,
          hint: adviseOnArgument(plugin, { name, since, passed }),
          ...place(plugin, description),
        };
      })
  );
}

function adviseOnArgument(
  { type }: Plugin,
  { name, since, passed }: { name: string; since: string | undefined; passed: string[] },
): string {
  if (since !== undefined) return `Ask for \`api: "${since}"\` in the MANIFEST, or give the argument a default.`;
  return adviseOnName(name, passed, type);
}

function isInherited(plugin: Plugin, description: HookDescription): boolean {
  return description.file !== undefined && placeInPlugin(plugin, description) === undefined;
}

function place(plugin: Plugin, description: HookDescription): PluginPlace {
  return placeInPlugin(plugin, description) ?? { file: plugin.entryPoint, line: null };
}

function where(plugin: Plugin, description: HookDescription): string {
  return renderPlace(place(plugin, description));
}
