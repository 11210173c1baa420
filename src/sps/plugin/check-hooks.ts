import path from 'node:path';
import { nearestName } from '../../nearest-name.ts';
import type { Problem } from '../package/problem.ts';
import type { Release } from '../package/release.ts';
import { type Hook, argumentsOf, hooksByType, isSince } from './hooks.ts';
import type { Plugin } from './plugin.ts';

export interface HookDescription {
  /** Name and whether it has a default. */
  named: [string, boolean][];
  takesAll: boolean;
  file?: string;
  line?: number;
}

export interface PluginDescription {
  hooks: ReadonlyMap<string, HookDescription>;
  /** Public attributes of the class. */
  names: readonly string[];
}

/** Hooks that are missing, newer than what the plugin asks for, or want what the product does not pass. */
export function checkHooks(plugin: Plugin, { hooks, names }: PluginDescription, release: Release): Problem[] {
  return hooksByType[plugin.type]
    .filter(({ since }) => isSince(since, release.api))
    .flatMap((hook) => {
      const description = hooks.get(hook.name);
      return description === undefined
        ? checkMissing(plugin, hook, names)
        : [...checkAge(plugin, hook, description), ...checkArguments(plugin, hook, description, release)];
    });
}

function checkMissing({ type, api, entryPoint }: Plugin, hook: Hook, names: readonly string[]): Problem[] {
  const isNewer = !isSince(hook.since, api);
  if (hook.isMandatory === 'no' && !isNewer) return [];
  const similar = nearestName(
    hook.name,
    names.filter((name) => !hooksByType[type].some((each) => each.name === name)),
  );
  const effect = {
    yes: 'every plugin of this type needs it',
    accept: 'the product takes its absence for ACCEPT',
    no: `it came with API ${hook.since}, after this plugin's ${api}, and is optional`,
  }[hook.isMandatory];
  return [
    {
      level: hook.isMandatory === 'yes' ? 'error' : 'warning',
      code: 'HOOK_MISSING',
      message: `${entryPoint}: class Plugin has no ${hook.name}; ${effect}`,
      hint:
        similar === undefined
          ? `Define ${hook.name}${hook.isMandatory === 'yes' ? '' : ' if you want it called'}.`
          : `Rename ${similar} to ${hook.name}?`,
      file: entryPoint,
      line: null,
    },
  ];
}

function checkAge(plugin: Plugin, hook: Hook, description: HookDescription): Problem[] {
  const isInherited = description.file !== undefined && !isInside(plugin.root, description.file);
  if (isSince(hook.since, plugin.api) || isInherited) return [];
  return [
    {
      level: 'warning',
      code: 'HOOK_TOO_NEW',
      message: `${where(plugin, description)}: ${hook.name} came with API ${hook.since}; an appliance of API ${plugin.api} never calls it`,
      hint: `Ask for \`api: "${hook.since}"\` in the MANIFEST if the plugin depends on it.`,
      ...place(plugin, description),
    },
  ];
}

function checkArguments(plugin: Plugin, hook: Hook, description: HookDescription, release: Release): Problem[] {
  const passed = argumentsOf(hook, release.api).map(({ name }) => name);
  return description.named
    .filter(([name]) => !passed.includes(name))
    .map(([name, hasDefault]) => {
      const nearest = nearestName(name, passed);
      return {
        level: 'warning',
        code: 'HOOK_UNKNOWN_ARGUMENT',
        message: `${where(plugin, description)}: ${hook.name} declares ${name}, which SPS does not pass to it; it ${hasDefault ? 'keeps its default' : 'gets None'}`,
        hint:
          nearest === undefined
            ? `\`plugin-host hooks ${plugin.type}\` lists the arguments.`
            : `Did you mean ${nearest}?`,
        ...place(plugin, description),
      };
    });
}

function isInside(root: string, file: string): boolean {
  return !path.relative(root, file).startsWith('..');
}

function place({ root, entryPoint }: Plugin, { file, line }: HookDescription): { file: string; line: number | null } {
  // What lies outside, an SDK's base class say, is not the author's to mend.
  if (file === undefined || !isInside(root, file)) return { file: entryPoint, line: null };
  return { file: path.relative(root, file).replaceAll(path.sep, '/'), line: line ?? null };
}

function where(plugin: Plugin, description: HookDescription): string {
  const { file, line } = place(plugin, description);
  return line === null ? file : `${file}:${line}`;
}
