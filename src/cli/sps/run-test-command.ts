import { openTests } from '../../sps/testing/open-tests.ts';
import { runTestSource, type TestOptions } from '../command/run-test-source.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { hostOptionsOf, type SharedOptions } from './host-options-of.ts';
import { renderSimulation } from './render/render-simulation.ts';

/** Runs tests of plugins and scenarios. Exit code 1 when one fails. */
export async function runTestCommand(
  terminal: Terminal,
  files: string[],
  options: SharedOptions & TestOptions,
): Promise<number> {
  return runTestSource(terminal, files, options, async (paths) =>
    openTests(paths, {
      host: await hostOptionsOf(options),
      showSecrets: options.showSecrets ?? false,
      repeatOptions: repeatOptionsOf(options),
      hardSignal: terminal.interruptedAgain,
      renderSession: (simulation) =>
        renderSimulation(simulation, { paint: (_style, text) => text, columns: 80, hasExpectation: false }),
      onSkipped: (file, why) => {
        terminal.say(`warning: ${sanitize(file)} is not run: ${why}`);
      },
    }),
  );
}

/** What `invoke` has to be told too. */
function repeatOptionsOf({ hostConfig, state, python, proxyTimeout, api, spsVersion }: SharedOptions): string[] {
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
