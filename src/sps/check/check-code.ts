import type { ProblemCode } from '../../base/code.ts';
import type { Problem } from '../../base/problem.ts';
import type { Release } from '../manifest/release.ts';
import { argumentsOf, findHook } from '../plugin/find-hook.ts';
import { placeInPlugin, type PluginPlace, renderPlace } from '../plugin/place-in-plugin.ts';
import type { PluginDescription } from '../plugin/plugin-description.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { Place } from '../plugin/sdk-class.ts';
import { findSdkGaps } from './find-sdk-gaps.ts';

export const asyncHint = 'Make it a plain `def`; run inside it, with asyncio.run(…), what must be awaited.';
export const constructorHint =
  'Write `def __init__(self, configuration)`: SPS passes the configuration text, also when it is empty.';

/** What the loaded class and its text say about hooks that cannot work, or that let in whom they should not. */
export function checkCode(plugin: Plugin, description: PluginDescription, release: Release): Problem[] {
  return [
    ...checkConstructor(plugin, description),
    ...checkAsync(plugin, description),
    ...checkSelf(plugin, description, release),
    ...checkEndings(plugin, description),
    ...checkThrown(plugin, description),
    ...checkSdkClass(plugin, description),
  ];
}

function problemAt(
  level: Problem['level'],
  code: ProblemCode,
  { file, line }: PluginPlace,
  [what, hint]: readonly [string, string],
): Problem {
  return { level, code, message: `${renderPlace({ file, line })}: ${what}`, hint, file, line };
}

function placeOf(plugin: Plugin, place: Partial<Place> | undefined): PluginPlace {
  return placeInPlugin(plugin, place) ?? { file: plugin.entryPoint, line: null };
}

function checkConstructor(plugin: Plugin, { construction }: PluginDescription): Problem[] {
  if (construction === undefined) return [];
  const what = 'the constructor does not take the configuration text, which SPS passes as its one argument';
  return [
    problemAt('error', 'CONSTRUCTOR_WITHOUT_CONFIGURATION', placeOf(plugin, construction), [what, constructorHint]),
  ];
}

function checkAsync(plugin: Plugin, { hooks, asyncSteps = [], sdkClass }: PluginDescription): Problem[] {
  const ofHooks = [...hooks].filter(([, { isAsync }]) => isAsync === true);
  const ofSteps = asyncSteps.map((name) => [name, sdkClass?.own[name] ?? {}] as const);
  return [...ofHooks, ...ofSteps].map(([name, place]) =>
    problemAt('error', 'HOOK_IS_ASYNC', placeOf(plugin, place), [describeAsync(name), asyncHint]),
  );
}

function describeAsync(hook: string): string {
  return `${hook} is \`async def\`, and nobody awaits it: it would never start`;
}

/** Then the instance is passed as that argument. */
function checkSelf(plugin: Plugin, { hooks }: PluginDescription, release: Release): Problem[] {
  return [...hooks].flatMap(([name, description]) => {
    const { first } = description;
    const hook = findHook(plugin.type, name);
    if (first === undefined || hook === undefined || placeInPlugin(plugin, description) === undefined) return [];
    const isArgument = argumentsOf(hook, release.api).some((each) => each.name === first);
    if (first !== '' && !isArgument) return [];
    const what =
      first === ''
        ? `${name} has no first parameter for the instance, and cannot be called`
        : `${name} begins with ${first}, which is the plugin's instance there`;
    const hint = first === '' ? `Write ${name}(self, …).` : `Write ${name}(self, ${first}, …).`;
    return [problemAt('warning', 'SELF_MISSING', placeOf(plugin, description), [what, hint])];
  });
}

/** What SPS, or the SDK, does with None. Source: plugin guide 6.0.10; Plugin SDK 1.9.1, aa_plugin. */
const nothingMeans: Record<string, string> = {
  authenticate: 'SPS then continues without asking the user',
  authorize: 'SPS then has no verdict, and the session ends',
  do_authenticate: 'the SDK then denies without a reason',
  do_authorize: 'SPS then has no verdict, and the session ends',
};

function checkEndings(plugin: Plugin, { syntax }: PluginDescription): Problem[] {
  return (syntax?.endings ?? []).map(({ name, ...place }) =>
    problemAt('warning', 'RETURNED_NOTHING', placeOf(plugin, place), [
      `${name} can reach its end without a return${name in nothingMeans ? `; ${nothingMeans[name]}` : ''}`,
      hintOnEnding(name),
    ]),
  );
}

/** The methods that the SDK calls return its class. Source: Plugin SDK 1.9.1, aa_plugin. */
function hintOnEnding(name: string): string {
  if (name.startsWith('do_')) return 'Return AAResponse.accept() or AAResponse.deny() on every path.';
  return name === 'authenticate'
    ? 'Return a verdict on every path; {"verdict": "NONE"} says that there is nothing to decide.'
    : 'Return a verdict on every path.';
}

function checkThrown(plugin: Plugin, { syntax }: PluginDescription): Problem[] {
  return (syntax?.thrown ?? []).map((place) =>
    problemAt('warning', 'VERDICT_THROWN_AWAY', placeOf(plugin, place), [
      'this verdict is created and then discarded',
      'Put `return` before it.',
    ]),
  );
}

function checkSdkClass(plugin: Plugin, { sdkClass }: PluginDescription): Problem[] {
  if (sdkClass === undefined) return [];
  return findSdkGaps(plugin, sdkClass).map(({ message, hint, place }) =>
    problemAt('warning', 'SDK_HOOK_MISSING', place ?? { file: plugin.entryPoint, line: null }, [message, hint]),
  );
}
