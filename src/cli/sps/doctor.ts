import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Check } from '../../sps/authoring/doctor/check.ts';
import { diagnose } from '../../sps/authoring/doctor/diagnose.ts';
import type { Host } from '../../sps/call/resolve-host.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { wrapLine } from '../terminal/wrap-lines.ts';
import type { machineCommands } from './commands/machine-commands.ts';
import { hostOf, pluginHere } from './host-options-of.ts';

export async function doctor(terminal: Terminal, options: OptionsOf<typeof machineCommands.doctor>): Promise<number> {
  const plugin = options.plugin ?? pluginHere();
  const host = await hostOf(plugin, options).catch(describeProblem);
  const checks = await diagnose({
    plugin,
    host,
    environment: process.env,
    signal: terminal.interrupted,
  });
  const isOk = !checks.some(({ status, isRequired }) => status === 'missing' && isRequired);
  if (options.json) {
    terminal.printJson({ ok: isOk, checks: checks.map(({ isRequired, ...check }) => check) });
  } else {
    terminal.print(renderChecks(checks, process.stdout.isTTY ? terminal.columns() : Infinity, terminal));
  }
  return isOk ? 0 : 3;
}

/** A wrong plugin-host.yaml, or a state folder of another user, is reported and does not end the command. */
function describeProblem(error: unknown): Host | PluginHostError {
  const told = ['HOST_CONFIG_INVALID', 'STATE_UNTRUSTED'];
  if (error instanceof PluginHostError && told.includes(error.code)) return error;
  throw error;
}

const statusWidth = 'warning'.length;

/** Text that goes on below its own column, in lines of so many cells. */
export function renderChecks(checks: readonly Check[], columns: number, { paint }: Pick<Terminal, 'paint'>): string {
  const nameWidth = Math.max(...checks.map(({ name }) => name.length));
  const indent = ' '.repeat(statusWidth + 2 + nameWidth + 2);
  return checks
    .map(({ name, status, message, hint }) => {
      const color = status === 'ok' ? 'green' : status === 'missing' ? 'red' : 'yellow';
      const head = `${paint(color, status)}${' '.repeat(statusWidth - status.length)}  ${name.padEnd(nameWidth)}  `;
      const told = [...message.split('\n'), ...(hint === '' ? [] : hint.split('\n').map((line) => `  ${line}`))];
      const lines = told.flatMap((line) =>
        wrapLine(line, columns - indent.length, /^ */.exec(line)?.[0] ?? '').split('\n'),
      );
      return head + lines.join(`\n${indent}`);
    })
    .join('\n');
}
