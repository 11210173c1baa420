import { pathToFileURL } from 'node:url';
import { quoteWord } from '../../base/quote-word.ts';
import { createScript } from '../../platform/authoring/create-script.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { renderMadeFiles } from '../command/render-made-files.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { initCommand } from './commands/init-command.ts';
import { sayEmulated } from './say-emulated.ts';

type InitOptions = OptionsOf<typeof initCommand>;

/** `plugin-host platform init NAME` */
export function init(terminal: Terminal, folder: string, { kind, json, editor }: InitOptions): Promise<number> {
  sayEmulated(terminal);
  const made = createScript(folder, kind, editor);
  const { paint } = terminal;
  if (json) terminal.printJson(made);
  else {
    const association = { fileMatch: [`${made.name}.json`], url: pathToFileURL(made.schema).href };
    terminal.show(
      [
        `${paint('green', 'made')}  ${made.id}, ${kind}, in ${folder}`,
        ...renderMadeFiles(made.files),
        '',
        paint('bold', 'next'),
        `  plugin-host platform check --strict ${quoteWord(folder)}`,
        `  plugin-host platform test ${quoteWord(folder)}`,
        ...(editor
          ? []
          : [
              '',
              `${paint('bold', 'editor')}  a script must not name its schema; settings.json of VS Code may:`,
              `  "json.schemas": [${JSON.stringify(association)}]`,
            ]),
      ].join('\n'),
    );
  }
  return Promise.resolve(0);
}
