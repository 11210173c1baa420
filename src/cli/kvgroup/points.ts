import { listPoints, renderSetting } from '../../kvgroup/points/find-point.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { pointCommands } from './commands/point-commands.ts';

/** `plugin-host kvgroup points` */
export function points(terminal: Terminal, { json }: OptionsOf<typeof pointCommands.points>): Promise<number> {
  const all = listPoints();
  if (json) {
    terminal.printJson(
      all.map((point) => ({
        id: point.id,
        setting: renderSetting(point),
        caller: point.caller,
        kind: point.kind,
        published: point.isPublished,
      })),
    );
    return Promise.resolve(0);
  }
  const rows = all.flatMap(({ id, kind, isPublished, settings, caller }) =>
    settings.map((setting, index) =>
      index === 0 ? [id, kind, isPublished ? 'published' : 'unknown', setting, caller] : ['', '', '', setting],
    ),
  );
  terminal.show(renderTable(['#', 'kind', 'protocol', 'setting', 'caller'], rows, terminal.paint));
  return Promise.resolve(0);
}
