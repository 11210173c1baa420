import { describe, expect, test } from 'vitest';
import { reachFrom } from '../../../src/templates/write-editor-files.ts';

describe('a new folder reaches this program', () => {
  test('by relative paths where it is a package of the project', () => {
    const { command, schema } = reachFrom('/home/me/work/plugins/otp', '/home/me/work/node_modules/plugin-host');
    expect(command).toBe('${workspaceFolder}/../../node_modules/.bin/plugin-host');
    expect(schema('scenario')).toBe('./../../node_modules/plugin-host/dist/scenario.schema.json');
  });

  test.each([
    '/usr/lib/node_modules/plugin-host',
    '/home/me/plugin-host',
    '/home/me/workshop/node_modules/plugin-host',
  ])('by its name and its address where it is installed in %s', (packageRoot) => {
    const { command, schema } = reachFrom('/home/me/work/otp', packageRoot);
    expect(command).toBe('plugin-host');
    expect(schema('scenario')).toBe(`file://${packageRoot}/dist/scenario.schema.json`);
  });
});
