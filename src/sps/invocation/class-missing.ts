import { PluginHostError } from '../../base/plugin-host-error.ts';
import { hooksByType } from '../plugin/find-hook.ts';
import { placeInPlugin } from '../plugin/place-in-plugin.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { Place } from '../plugin/sdk-class.ts';

/** A class that the entry point has, as its shim reports it. */
interface OtherClass extends Partial<Place> {
  name: string;
  /** Public attributes. */
  names: string[];
}

/** The error for an entry point without a class `Plugin`, with the class that may be meant. @param text What the shim reported */
export function classMissing(plugin: Plugin, text: string): PluginHostError {
  const classes = text.startsWith('[') ? (JSON.parse(text) as OtherClass[]) : [];
  const countHooks = ({ names }: OtherClass): number =>
    hooksByType[plugin.type].filter(({ name }) => names.includes(name)).length;
  const [meant] = classes.filter((each) => countHooks(each) > 0).sort((a, b) => countHooks(b) - countHooks(a));
  const isPython = plugin.language === 'python';
  if (meant === undefined) {
    const how = isPython ? 'Define or import' : 'Define and export';
    return new PluginHostError('CLASS_MISSING', `${plugin.entryPoint}: has no class named Plugin`, {
      hint: `${how} a class with exactly this name in the entry point.`,
    });
  }
  const place = placeInPlugin(plugin, meant);
  const isHere = place?.file === plugin.entryPoint;
  const where = isHere && place.line !== null ? `${plugin.entryPoint}:${place.line}` : plugin.entryPoint;
  return new PluginHostError('CLASS_MISSING', `${where}: has no class named Plugin; ${meant.name} has its hooks`, {
    hint:
      isPython && !isHere
        ? `Import it by that name: import ${meant.name} as Plugin.`
        : `Rename ${meant.name} to Plugin?`,
  });
}
