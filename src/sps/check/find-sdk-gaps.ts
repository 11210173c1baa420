import { nearestName } from '../../base/nearest-name.ts';
import { hooksByType, type PluginType } from '../plugin/find-hook.ts';
import { placeInPlugin, type PluginPlace } from '../plugin/place-in-plugin.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { SdkClass } from '../plugin/sdk-class.ts';

/** A method of the SDK that the plugin should define and does not. */
export interface SdkGap {
  /** The hook that calls it. */
  hook: string;
  message: string;
  hint: string;
  place: PluginPlace | undefined;
}

/** What the SDK does in their place. Source: Plugin SDK 1.9.1, aa_plugin and credentialstore_plugin. */
const effects: Record<string, string> = {
  do_authenticate: "the SDK's own accepts everybody",
  do_authorize: "the SDK's own accepts everybody",
  do_get_password_list: "the SDK's own gives no password",
  do_get_private_key_list: "the SDK's own gives no key",
};

/** A plugin that overrides one of these decides by itself what is called. Source: Plugin SDK 1.9.1, aa_plugin. */
const isOwnWay = (name: string, type: PluginType): boolean =>
  /^_(?:authentication|authorization)_steps$/.test(name) || hooksByType[type].some((hook) => hook.name === name);

/** Methods with a wrong name, or the ones that matter if none is defined. */
export function findSdkGaps(plugin: Pick<Plugin, 'root' | 'type' | 'entryPoint'>, sdk: SdkClass): SdkGap[] {
  const { methods, own } = sdk;
  const names = Object.keys(own);
  const others = names.filter((name) => !methods.includes(name) && !isOwnWay(name, plugin.type));
  const missing = methods.filter((method) => !names.includes(method) && !names.includes(hookOf(method)));
  const misspelt = missing.flatMap((method) => {
    const similar = nearestMethod(method, others);
    if (similar === undefined) return [];
    const place = placeInPlugin(plugin, own[similar]) ?? placeInPlugin(plugin, sdk.place);
    return [
      describe(
        method,
        `${similar} is not called by the SDK, and ${method} is missing`,
        `Rename ${similar} to ${method}?`,
        place,
      ),
    ];
  });
  if (misspelt.length > 0 || missing.length < methods.length || names.some((name) => isOwnWay(name, plugin.type))) {
    return misspelt;
  }
  const place = placeInPlugin(plugin, sdk.place) ?? { file: plugin.entryPoint, line: null };
  return methods
    .filter((method) => method in effects)
    .map((method) => describe(method, `the class has no ${method}`, `Define ${method}(self).`, place));
}

function describe(method: string, what: string, hint: string, place: PluginPlace | undefined): SdkGap {
  const effect = effects[method];
  return { hook: hookOf(method), message: effect === undefined ? what : `${what}; ${effect}`, hint, place };
}

function hookOf(method: string): string {
  return method.replace(/^do_/, '');
}

/** The whole name counts, so that neither `do_authorize` nor a helper is taken for `do_authenticate`. */
function nearestMethod(method: string, names: readonly string[]): string | undefined {
  const bare = (name: string): string =>
    name
      .replace(/^_*(?:do_?)?/, '')
      .replaceAll('_', '')
      .toLowerCase();
  const candidates = names.filter((name) => /^_*do_?/i.test(name));
  const found = nearestName(bare(method), candidates.map(bare));
  return candidates.find((name) => bare(name) === found);
}
