import type { ProblemCode } from '../../base/code.ts';
import { error, knownPlace, type Problem, warning } from '../../base/problem.ts';
import { constructorHint } from '../check/check-code.ts';
import { findSdkGaps } from '../check/find-sdk-gaps.ts';
import type { Doubts } from '../invocation/doubts.ts';
import type { Hook } from '../plugin/find-hook.ts';
import { placeInPlugin, type PluginPlace, renderPlace } from '../plugin/place-in-plugin.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { Meaning } from './outcome.ts';

/** Codes of what a test has to say even where all is as it expects. */
export const failOpenCodes: readonly ProblemCode[] = ['RETURNED_NOTHING', 'SDK_HOOK_MISSING'];

/** A plugin that lets everybody in without meaning to, as far as a call shows it. */
export function checkFailOpen(
  doubts: Doubts,
  { plugin, hook }: { plugin: Plugin; hook: Hook },
  meaning: Meaning,
): Problem[] {
  const gaps = doubts.sdk ? findSdkGaps(plugin, doubts.sdk).filter((gap) => gap.hook === hook.name) : [];
  return [
    ...(isNothing(hook, meaning) ? [returnedNothing(hook, placeInPlugin(plugin, doubts.place))] : []),
    ...gaps.map(({ message, hint, place }) => at(warning('SDK_HOOK_MISSING', message, hint), place)),
  ];
}

function isNothing({ verdicts }: Hook, meaning: Meaning): boolean {
  return verdicts.includes('NONE') && meaning.kind === 'returned' && meaning.value === null;
}

function returnedNothing({ name }: Hook, place: PluginPlace | undefined): Problem {
  const what = `${name} returned nothing; SPS goes on without asking the user. A forgotten return?`;
  return at(
    warning('RETURNED_NOTHING', what, 'Return a verdict on every way; {"verdict": "NONE"} if this is meant.'),
    place,
  );
}

/** What is to be said of a constructor that raised. */
export function checkConstruction(
  doubts: Doubts,
  { plugin, hasConfiguration }: { plugin: Plugin; hasConfiguration: boolean },
  isRaised: boolean,
): Problem[] {
  if (doubts.construction !== undefined) {
    const what = 'the constructor does not take the configuration text, which SPS passes as its one argument';
    const place = placeInPlugin(plugin, doubts.construction);
    return [at(error('CONSTRUCTOR_WITHOUT_CONFIGURATION', what, constructorHint), place)];
  }
  if (!isRaised || hasConfiguration) return [];
  return [
    warning(
      'CONFIGURATION_EMPTY',
      'the constructor raised, and the plugin was given an empty configuration',
      'Name one with --config, or with `config:` in plugin-host.yaml, such as a filled-in copy of its default.cfg, which is never read by itself.',
    ),
  ];
}

/** With its place in front, as messages have it. */
export function at(problem: Problem, place: PluginPlace | undefined): Problem {
  if (place === undefined) return problem;
  return { ...problem, message: `${renderPlace(place)}: ${problem.message}`, ...knownPlace(place) };
}
