import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Host } from '../../sps/call/resolve-host.ts';
import { matrixAxes } from '../../sps/surroundings/matrix-schema.ts';
import { openTests, type OpenTestsOptions } from '../../sps/testing/open-tests.ts';
import { type Matrix, parseMatrix } from '../../testing/matrix.ts';
import { renderLcov } from '../../testing/reporters/render-lcov.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { runTestSource } from '../command/run-test-source.ts';
import { ReportFile } from '../reporting/report-file.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { testCommand } from './commands/test-command.ts';
import { hostOptionsOf, pluginHere } from './host-options-of.ts';
import { readDebugging } from './read-debugging.ts';
import { renderSimulation } from './render/render-simulation.ts';

type TestOptions = OptionsOf<typeof testCommand>;

/** Runs tests of plugins and scenarios. Exit code 1 when one fails. */
export async function runTestCommand(terminal: Terminal, files: string[], options: TestOptions): Promise<number> {
  const debugging = readDebugging(options, terminal);
  // Two calls cannot wait on the same port, and a person looks at one.
  const given = debugging === undefined ? options : { ...options, jobs: '1' };
  // What came out of one combination would be written over what came out of another.
  const matrix =
    options.matrix === undefined ? (options.update ? null : undefined) : readMatrix(options.matrix, options);
  const coverage = coverageOf(options, terminal);
  return runTestSource(terminal, files.length === 0 ? [pluginHere()] : files, given, async (paths) =>
    openTests(paths, {
      host: await hostOptionsOf(options),
      showSecrets: options.showSecrets ?? false,
      debugging,
      matrix,
      prepare: async (wanted, host) => prepare(wanted, host, options, terminal),
      coverage,
      update: options.update,
      repeatOptions: (changed) => repeatOptionsOf({ ...options, ...changed }),
      hardSignal: terminal.interruptedAgain,
      renderSession: (simulation) =>
        renderSimulation(simulation, { paint: (_style, text) => text, columns: 80, hasExpectation: false }),
      onSkipped: (file, why) => {
        terminal.say(`warning: ${sanitize(file)} is not run: ${why}`);
      },
    }),
  );
}

/** @throws PluginHostError USAGE */
function readMatrix(words: readonly string[], { python }: TestOptions): Matrix | null {
  if (words.length === 1 && words[0] === 'none') return null;
  const matrix = parseMatrix(words, matrixAxes);
  if (python === undefined || matrix['python'] === undefined) return matrix;
  throw new PluginHostError('USAGE', '--python names one interpreter, --matrix python=… several', {
    hint: 'Leave out one of them.',
  });
}

/** @throws PluginHostError as `preparePython` */
async function prepare(
  { sdk, python }: { sdk?: string; python?: string },
  { stateDir, settings }: Host,
  options: TestOptions,
  terminal: Terminal,
): Promise<string> {
  const { preparePython } = await import('../../sps/authoring/python/prepare-python.ts');
  return preparePython({
    stateDir,
    sdk,
    python: python ?? options.python,
    otherwise: settings.python,
    extras: options.coverage === undefined ? [] : ['coverage'],
    hostEnvironment: process.env,
    environment: settings.environment,
    currentFolder: process.cwd(),
    onStep: terminal.say,
    signal: terminal.interrupted,
  });
}

/** @throws PluginHostError USAGE, FILE_UNWRITABLE: before anything is run */
function coverageOf({ coverage, watch }: TestOptions, terminal: Terminal): OpenTestsOptions['coverage'] {
  if (typeof coverage !== 'string') return coverage && { onMeasured: () => undefined };
  if (watch) {
    throw new PluginHostError('USAGE', '--coverage=FILE writes a file, and --watch runs again for each that changes', {
      hint: 'Leave out the file: the table shows the same.',
    });
  }
  const file = new ReportFile(coverage, terminal);
  return {
    onMeasured: (files) => {
      if (files.length === 0) return; // a warning says why; an empty file would pass for a report
      file.write(renderLcov(files));
      file.save();
    },
  };
}

/** Options that `invoke` needs too. */
function repeatOptionsOf({ hostConfig, state, python, proxyTimeout, api, spsVersion }: TestOptions): string[] {
  const given: [string, string | undefined][] = [
    ['--host-config', hostConfig],
    ['--state', state],
    ['--python', python],
    ['--proxy-timeout', proxyTimeout === undefined ? undefined : `${proxyTimeout}ms`],
    ['--api', api === '1.9' ? undefined : api],
    ['--sps-version', spsVersion === '9.0.0' ? undefined : spsVersion],
  ];
  return given.flatMap(([option, value]) => (value === undefined ? [] : [option, value]));
}
