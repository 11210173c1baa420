import type { ProblemCode } from '../../base/code.ts';
import { error, knownPlace, type Problem, warning } from '../../base/problem.ts';
import { constructorHint } from '../check/check-code.ts';
import { findSdkGaps } from '../check/find-sdk-gaps.ts';
import type { Doubts } from '../invocation/doubts.ts';
import type { Hook } from '../plugin/find-hook.ts';
import { placeInPlugin, type PluginPlace, renderPlace } from '../plugin/place-in-plugin.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { Meaning } from './outcome.ts';

/** Codes that a test reports even when everything is as expected. */
export const failOpenCodes: readonly ProblemCode[] = ['RETURNED_NOTHING', 'SDK_HOOK_MISSING'];

/** A plugin that lets everybody in by mistake, as far as a call shows it. */
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
  const what = `${name} returned nothing; SPS continues without asking the user. Is a return missing?`;
  return at(
    warning('RETURNED_NOTHING', what, 'Return a verdict on every path; {"verdict": "NONE"} if this is intended.'),
    place,
  );
}

/** Problems of a constructor that raised. */
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
      'Name one with --config, or with `config:` in plugin-host.yaml, such as a filled-in copy of its default.cfg. plugin-host never reads default.cfg itself.',
    ),
  ];
}

/** With its place in front, as messages have it. */
export function at(problem: Problem, place: PluginPlace | undefined): Problem {
  if (place === undefined) return problem;
  return { ...problem, message: `${renderPlace(place)}: ${problem.message}`, ...knownPlace(place) };
}
