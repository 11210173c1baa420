import { existsSync } from 'node:fs';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { quoteWord } from '../../base/quote-word.ts';
import { findHook, hooksByType, pluginTypes } from '../../sps/plugin/find-hook.ts';
import { loadPlugin } from '../../sps/plugin/load-plugin.ts';
import { valueOf } from './ahead/choose-ahead.ts';
import { hostOf, pluginHere } from './host-options-of.ts';

/** The hooks of the plugin that these words name, as a sentence; undefined where there is no plugin. */
export async function suggestHooks(words: readonly string[]): Promise<string | undefined> {
  const named = valueOf(words, '-p') ?? valueOf(words, '--plugin') ?? pluginHere();
  try {
    const host = await hostOf(named, {});
    const { type, name } = await loadPlugin(named, { ...host, force: true });
    return `Hooks of ${name}: ${hooksByType[type].map((each) => each.name).join(', ')}.`;
  } catch {
    return undefined; // the command itself would say why
  }
}

/** Other commands take the path of a plugin bare. @throws PluginHostError HOOK_UNKNOWN */
export function refusePath(hook: string): void {
  const isHook = pluginTypes.some((type) => findHook(type, hook) !== undefined);
  if (isHook || !existsSync(hook)) return;
  throw new PluginHostError('HOOK_UNKNOWN', `${hook} is a path, not a hook`, {
    hint: `Write \`plugin-host invoke HOOK -p ${quoteWord(hook)}\`; \`plugin-host hooks\` lists the hooks.`,
  });
}
