import type { Masker } from '../../secrets/masker.ts';
import { createPluginMasker } from '../../sps/plugin/plugin-secrets.ts';
import type { ChaosRow } from '../../sps/simulation/chaos/assess-chaos.ts';
import { parseDisturbance } from '../../sps/simulation/chaos/disturbance.ts';
import { type ChaosResult, runChaos } from '../../sps/simulation/chaos/run-chaos.ts';
import { maskSimulation } from '../../sps/simulation/mask-simulation.ts';
import { secretsOf } from '../../sps/store/shown-step.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { renderTable } from '../terminal/render-table.ts';
import { openCast, type SimulateOptions } from './open-cast.ts';
import { renderSimulation } from './render/render-simulation.ts';

/** What faults do to the plugins, with a verdict for each. */
export async function simulateChaos(
  terminal: Terminal,
  name: string | undefined,
  options: SimulateOptions,
  wanted: readonly string[],
): Promise<number> {
  const disturbances = wanted.includes('all') ? undefined : wanted.map(parseDisturbance);
  await using cast = await openCast(terminal, name, options);
  const result = await runChaos({
    ...cast,
    disturbances,
    signal: terminal.interrupted,
    hardSignal: terminal.interruptedAgain,
  });
  show(terminal, result, options);
  return result.rows.every(({ survived }) => survived) ? 0 : 1;
}

function show(terminal: Terminal, { calm, rows, disturbed }: ChaosResult, options: SimulateOptions): void {
  const [only, other] = disturbed;
  const { values, names } = secretsOf([...calm.played, ...disturbed.flatMap(({ played }) => played)]);
  const masker = createPluginMasker(values, names);
  const shown = options.showSecrets ? rows : rows.map((row) => maskRow(row, masker));
  if (options.json) {
    terminal.printJson({ undisturbed: calm.simulation.ended, rows: shown });
    return;
  }
  const { paint } = terminal;
  if (only !== undefined && other === undefined) {
    const simulation = options.showSecrets ? only.simulation : maskSimulation(only);
    const view = { paint, columns: terminal.columns(), hasExpectation: false };
    terminal.show(`${renderSimulation(simulation, view)}\n`);
  }
  const head = ['what goes wrong', 'ended', 'session_ended', 'credential', 'verdict'];
  terminal.show(
    renderTable(
      head,
      shown.map((row) => toCells(row, paint)),
      paint,
    ),
  );
  const survivors = shown.filter(({ survived }) => survived).length;
  const lost = [...new Set(shown.flatMap(({ missing }) => missing))];
  terminal.show(`\n${survivors} of ${shown.length} survived; undisturbed it ends ${calm.simulation.ended}`);
  if (lost.length > 0) terminal.show(`cookie keys that session_ended missed at times: ${lost.join(', ')}`);
}

/** Names of exceptions and keys of cookies are the plugin's. */
function maskRow(row: ChaosRow, masker: Masker): ChaosRow {
  return {
    ...row,
    sessionEnded: masker.text(row.sessionEnded),
    missing: row.missing.map((key) => masker.text(key)),
    why: masker.text(row.why),
  };
}

function toCells(
  { chaos, ended, sessionEnded, credential, survived, why }: ChaosRow,
  paint: Terminal['paint'],
): string[] {
  return [chaos, ended, sessionEnded, credential, survived ? paint('green', 'survived') : paint('red', why)];
}
