import { printJsonLine } from '../../base/json.ts';
import { openGateway } from '../../gateway/running/open-gateway.ts';
import type { WrittenSettings } from '../../gateway/settings/gateway-part.ts';
import { resolveProject } from '../../project/resolve-project.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { readTextFile } from '../command/read-json-text.ts';
import { pluginHere } from '../sps/host-options-of.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { firstSignal } from '../terminal/first-signal.ts';
import { openLog } from '../terminal/open-log.ts';
import type { gatewayCommand } from './commands/gateway-command.ts';
import { renderEvent } from './render-event.ts';
import { readyDocument, renderReady } from './render-ready.ts';

type CommandOptions = OptionsOf<typeof gatewayCommand>;

const interruptedExitCode = 130;

/** Serves until it is told to end. */
export async function gateway(terminal: Terminal, options: CommandOptions): Promise<number> {
  const { json = false, config, plugin, state, log: givenLog, allowForwarding, ...others } = options;
  const written = await readWritten(options);
  const log = givenLog ?? written.log;
  const say = (text: string): void => {
    terminal.say(text);
  };
  using file = log === undefined ? undefined : openLog(log, say);
  const signal = firstSignal();
  const opened = await openGateway(
    {
      ...withoutLog(written),
      ...others,
      ...forwardingOf(allowForwarding),
      ...(plugin === undefined ? {} : { plugins: plugin }),
      ...(state === undefined ? {} : { stateDir: state }),
      ...(config === undefined ? {} : { config: await readTextFile(config) }),
      onEvent: (event) => {
        file?.write(printJsonLine(event));
        const line = renderEvent(event, terminal.paintError);
        if (line !== undefined && log !== '-') terminal.say(line);
      },
    },
    { environment: process.env, currentFolder: process.cwd(), signal: terminal.interrupted },
  );
  if (json)
    terminal.print(JSON.stringify(readyDocument(opened))); // who starts it reads one line
  else terminal.sayAnyway(renderReady(opened, terminal.paintError));
  terminal.interruptedAgain.addEventListener('abort', () => {
    opened.abandon();
    process.exit(interruptedExitCode);
  });
  const name = await signal;
  await opened.close(name);
  return name === 'SIGINT' ? interruptedExitCode : 0;
}

/** Of plugin-host.yaml. */
async function readWritten({ plugin, hostConfig, state }: CommandOptions): Promise<WrittenSettings> {
  const where = { environment: process.env, currentFolder: process.cwd() };
  const { part = {} } = await resolveProject(
    plugin?.[0] ?? pluginHere(),
    { hostConfig, stateDir: state, ...where },
    async () => (await import('../../gateway/settings/gateway-part.ts')).gatewayPart,
  );
  return part;
}

function withoutLog({ log, ...others }: WrittenSettings): Omit<WrittenSettings, 'log'> {
  return others;
}

/** Without a pattern the option is true, whatever was given before. */
function forwardingOf(given: unknown): { allowForwarding?: boolean | string[] } {
  return given === undefined ? {} : { allowForwarding: given as true | string[] };
}
