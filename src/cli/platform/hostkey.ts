import { findHostKey } from '../../platform/run/find-host-key.ts';
import { readAllowList, readConnectTo } from '../../platform/run/read-allow-list.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { hostkeyCommand } from './commands/hostkey-command.ts';
import { sayEmulated } from './say-emulated.ts';
import { withSettings } from './with-settings.ts';

type HostkeyOptions = OptionsOf<typeof hostkeyCommand>;

/** `plugin-host platform hostkey HOST[:PORT]`: standard output has nothing but what `HostKey` takes. */
export async function hostkey(terminal: Terminal, place: string, given: HostkeyOptions): Promise<number> {
  sayEmulated(terminal);
  const options = await withSettings('.', given);
  const found = await findHostKey(place, {
    allow: readAllowList(options.allow ?? []),
    connectTo: (options.connectTo ?? []).map(readConnectTo),
    signal: terminal.interrupted,
  });
  if (options.json) {
    terminal.printJson(found);
    return 0;
  }
  terminal.say(`${found.fingerprint}  ${found.type}  ${sanitize(found.software)}`);
  terminal.print(sanitize(found.key));
  return 0;
}
