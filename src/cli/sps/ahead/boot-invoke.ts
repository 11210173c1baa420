import { bootAhead, type BootedShim } from '../../../sps/invocation/boot-shim.ts';
import { findPluginHere } from '../../../sps/package/find-plugin-here.ts';
import { compiledAhead } from '../../../sps/services/provide-appliance.ts';
import { chooseAhead, valueOf } from './choose-ahead.ts';

/** Boots the plugin's interpreter before the arguments are parsed, so that both start side by side. Where the call needs another one, this one is ended unused. */
export function bootInvoke(args: readonly string[]): BootedShim | undefined {
  const plugin = valueOf(args, '-p') ?? valueOf(args, '--plugin') ?? findPluginHere(process.cwd());
  const settings = chooseAhead(args, plugin);
  return settings && bootAhead(plugin, { ...settings, ahead: compiledAhead }, !args.includes('--cold'));
}
