import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtInScenarios } from '../../src/sps/simulation/built-in-scenarios.ts';
import { sdkPython, withSdk } from './configured-fixture.ts';
import { courseOf, runPluginv, vendorScenarios } from './run-pluginv.ts';
import { playPlugins } from './simulated.ts';

const python = sdkPython ?? '';

const plugins = [
  {
    name: 'sdk-asks-twice',
    config: '[question_1]\nkey=vp\nprompt=Path:\n',
    answers: { otp: '123456', vp: 'secret/path' },
    verdicts: ['ACCEPT', 'ACCEPT', 'ACCEPT', 'ACCEPT'],
  },
  {
    name: 'sdk-asks-twice',
    config: '[auth]\nprompt=Code\ndisable_echo=yes\n',
    answers: { otp: '654321' },
    verdicts: ['DENY', 'DENY', 'DENY', 'DENY'],
  },
  {
    name: 'sdk-decides-twice',
    config: '[usermapping source=explicit]\ngatewayuser=mapped\n',
    answers: {},
    verdicts: ['ACCEPT', 'ACCEPT', 'DENY', 'DENY'],
  },
];

const rows = plugins.flatMap(({ verdicts, ...plugin }) =>
  vendorScenarios.map((scenario, n) => ({ ...plugin, scenario, verdict: verdicts[n] })),
);

describe.skipIf(sdkPython === undefined)(withSdk('as in `pluginv run-scenario`'), () => {
  test.each(rows)('$name in $scenario gives verdicts, cookies and questions, to $verdict', async (row) => {
    const { name, config, answers, scenario, verdict } = row;
    const folder = path.resolve(import.meta.dirname, '../fixtures/plugins', name);
    const { connection = '' } = builtInScenarios[scenario] ?? {};
    const { simulation } = await playPlugins(
      { connection, answers, plugins: { aa: { path: folder, config } } },
      { interpreter: python },
    );
    const course = courseOf(simulation.steps);
    expect(course).toEqual(await runPluginv(scenario, { python, folder, config, answers: Object.values(answers) }));
    expect(course.authorize ?? course.authenticate).toMatchObject({ verdict });
    expect(course.isEnded).toBe(true);
  });
});
