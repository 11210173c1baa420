import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { quoteWord } from '../../base/quote-word.ts';
import { choosePluginName, createPlugin } from '../../sps/authoring/init/create-plugin.ts';
import { chooseTemplate } from '../../sps/authoring/init/plugin-templates.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { renderMadeFiles } from '../command/render-made-files.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import type { authoringCommands } from './commands/authoring-commands.ts';

type InitOptions = OptionsOf<typeof authoringCommands.init>;

/** `init TYPE DIR`, also written `init --type TYPE DIR`. @returns A promise, as all commands do */
export function init(terminal: Terminal, words: string[], options: InitOptions): Promise<number> {
  const [type, folder] = readWords(words, options.type);
  if (type === 'kvgroup') return initKvgroup(terminal, folder, options);
  const template = chooseTemplate(type, options.language, options.sdk ?? false);
  const name = choosePluginName(folder, options.name);
  const files = createPlugin(folder, template, name, options.editor);
  if (options.json) {
    terminal.printJson({ name, ...template, path: folder, files });
    return Promise.resolve(0);
  }
  const { paint } = terminal;
  const isRenamed = options.name === undefined && name !== path.basename(path.resolve(folder));
  const language = template.language === 'python' ? 'Python' : 'TypeScript';
  terminal.show(
    [
      `${paint('green', 'made')}  ${name}, ${type}, ${language}${template.sdk ? " on the vendor's SDK" : ''}, in ${folder}`,
      ...renderMadeFiles(files),
      ...(isRenamed
        ? [`  ${paint('dim', 'note: the name in MANIFEST has letters, digits and underscores only')}`]
        : []),
      '',
      paint('bold', 'next'),
      `  cd ${quoteWord(folder)} && plugin-host ${template.sdk ? 'python install' : 'check --strict'}`,
      '  plugin-host test',
    ].join('\n'),
  );
  return Promise.resolve(0);
}

/** A plugin of Bravura, whose tests are folders. */
async function initKvgroup(terminal: Terminal, folder: string, options: InitOptions): Promise<number> {
  if (options.sdk || options.language !== 'python') {
    throw new PluginHostError('USAGE', 'plugins of Bravura have a template in Python only, without an SDK', {
      hint: `plugin-host init kvgroup ${quoteWord(folder)}`,
    });
  }
  const name = choosePluginName(folder, options.name);
  const { createPlugin: createKvgroupPlugin } = await import('../../kvgroup/authoring/create-plugin.ts');
  const files = createKvgroupPlugin(folder, name);
  const made = { name, type: 'kvgroup', language: 'python', sdk: false, path: folder, files };
  if (options.json) {
    terminal.printJson(made);
    return 0;
  }
  const { paint } = terminal;
  terminal.print(
    [
      `${paint('green', 'made')}  ${name}, a plugin of Bravura in Python, in ${folder}`,
      ...files.map((file) => `  ${file}`),
      '',
      paint('bold', 'next'),
      `  cd ${quoteWord(folder)} && plugin-host kvgroup run ${name}.py`,
      '  plugin-host kvgroup test',
    ].join('\n'),
  );
  return 0;
}

function readWords(words: string[], option: string | undefined): [type: string, folder: string] {
  const [type, folder, ...more] = option === undefined ? words : [option, ...words];
  if (type !== undefined && folder !== undefined && more.length === 0) return [type, folder];
  if (option !== undefined && words.length === 2 && words[0] === option) return [option, words[1] ?? ''];
  const message = folder === undefined ? 'init needs a type and a folder' : 'init takes one type and one folder';
  throw new PluginHostError('USAGE', message, {
    hint: 'Write `plugin-host init aa DIR`, `init credentialstore DIR` or `init kvgroup DIR`.',
  });
}
