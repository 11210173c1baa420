import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtInScenarios } from '../../src/sps/simulation/built-in-scenarios.ts';
import { makeFolder } from '../integration/fixture.ts';
import { courseOf, runPluginv, vendorScenarios } from '../integration/run-pluginv.ts';
import { playPlugins } from '../integration/simulated.ts';
import { makeAuthority } from './authority.ts';
import { findFolder, type PluginName } from './find-folder.ts';
import { wholeInweboSession } from './plugins/inwebo-mfa.ts';
import { wholeOktaSession } from './plugins/okta-mfa.ts';
import { wholeSkeletonSession } from './plugins/skeleton-aa.ts';
import type { WholeSession } from './real-plugin.ts';
import { startBackend } from './start-backend.ts';

const python = process.env['PLUGIN_HOST_SDK_PYTHON'] ?? 'python3';
const folders = (process.env['PLUGIN_HOST_REAL_PLUGINS'] ?? '').split(path.delimiter).filter(Boolean);

const plugins: [PluginName, WholeSession][] = [
  ['skeleton-aa', wholeSkeletonSession],
  ['okta-mfa', wholeOktaSession],
  ['inwebo-mfa', wholeInweboSession],
];

describe.each(plugins)('%s as in `pluginv run-scenario`', (name, { respond, configure, answers }) => {
  const given = findFolder(folders, name);

  test.skipIf(given === undefined).each(vendorScenarios)(
    '%s gives the same verdicts, cookies, questions and requests',
    async (scenario) => {
      const certificates = makeFolder();
      const authority = makeAuthority(certificates);
      const environment = { REQUESTS_CA_BUNDLE: authority.file };
      const folder = makeFolder();
      cpSync(given ?? '', folder, { recursive: true, verbatimSymlinks: true });
      writeFileSync(path.join(folder, 'plugin-host.yaml'), JSON.stringify({ environment }));
      await using backend = await startBackend(authority, respond);
      const requestsOf = (): string[] => backend.takeRequests().map(({ method, url }) => `${method} ${url}`);
      const config = configure(backend.address, authority);
      const { connection = '' } = builtInScenarios[scenario] ?? {};

      const { simulation } = await playPlugins(
        { connection, answers, plugins: { aa: { path: folder, config } } },
        { interpreter: python },
      );
      const requests = requestsOf();
      const course = courseOf(simulation.steps);
      expect(course).toEqual(
        await runPluginv(scenario, { python, folder, config, answers: Object.values(answers), environment }),
      );
      expect(requests).toEqual(requestsOf());
      expect(requests.length > 0).toBe(name !== 'skeleton-aa');
      expect(course).toMatchObject({ authenticate: { verdict: 'ACCEPT' }, authorize: { verdict: 'ACCEPT' } });
    },
  );
});
