import type { Problem } from '../../base/problem.ts';
import { profileOf } from '../manifest/profile-of.ts';
import type { Release } from '../manifest/release.ts';
import type { PluginDescription } from '../plugin/plugin-description.ts';
import type { Plugin } from '../plugin/plugin.ts';

/** An SDK that the emulated release does not have: its base classes declare other arguments, and some features may be missing. */
export function checkSdk({ entryPoint }: Plugin, { sdk }: PluginDescription, { api }: Release): Problem[] {
  const expected = profileOf(api)?.sdk;
  if (sdk === undefined || expected === undefined || apiOf(sdk) === api) return [];
  return [
    {
      level: 'warning',
      code: 'SDK_DIFFERS',
      message: `${entryPoint}: runs on SDK ${sdk} here; an appliance of API ${api} has SDK ${api}`,
      hint: `Try it on its own SDK (\`plugin-host python install --sdk ${expected}\`), or emulate the release of this one with --api ${apiOf(sdk)}.`,
      file: entryPoint,
      line: null,
    },
  ];
}

/** Of the Pythons that plugins run on here: 3.8. */
const oldestMinor = 8;

/** One line about a Python that the emulated release does not have; undefined when it has it. */
export function noteOnPython(
  { isLegacy }: Plugin,
  { python }: PluginDescription,
  { api }: Release,
): string | undefined {
  const expected = profileOf(api)?.python;
  if (isLegacy === true || python === undefined || expected === undefined || python === expected) return undefined;
  const note = `Python ${python} here, ${expected} on an appliance of API ${api}`;
  if (Number(expected.split('.')[1]) < oldestMinor) return note;
  return `${note}: \`uv python install ${expected}\` or pyenv gets one, \`--python python${expected}\` takes it`;
}

function apiOf(sdk: string): string {
  return sdk.split('.').slice(0, 2).join('.');
}
