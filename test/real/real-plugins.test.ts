import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionName, JsonObject } from '../../src/index.ts';
import { type Authority, makeAuthority } from './authority.ts';
import { openBothSides } from './both-sides.ts';
import { findFolder, pluginNames } from './find-folder.ts';
import { realPlugins } from './plugins.ts';
import { startModes } from './start-modes.ts';
import { type Tally, writeTally } from './tally.ts';

const bin = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');
const python = process.env['PLUGIN_HOST_SDK_PYTHON'] ?? 'python3';
const folders = (process.env['PLUGIN_HOST_REAL_PLUGINS'] ?? '').split(path.delimiter).filter(Boolean);
const table = process.env['PLUGIN_HOST_REAL_TABLE'];

let scratch = '';
let authority: Authority;
let environment: Record<string, string>;

beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'ph-test-real-'));
  const certificates = path.join(scratch, 'certificates');
  mkdirSync(certificates);
  authority = makeAuthority(certificates);
  environment = { REQUESTS_CA_BUNDLE: authority.file };
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

async function host(...args: string[]): Promise<unknown> {
  const { stdout } = await execa(process.execPath, [bin, ...args], { reject: false });
  return JSON.parse(stdout);
}

const known = new Map<string, Promise<unknown>>();

/** From the command line, so that the oracle does not get them from the library that it judges. */
async function kwargsOf(hook: string, connection: ConnectionName): Promise<JsonObject> {
  const key = `${hook} ${connection}`;
  const found = known.get(key) ?? host('kwargs', hook, '--connection', connection);
  known.set(key, found);
  return (await found) as JsonObject;
}

describe.each(Object.entries(startModes))('%s', (mode, modeOptions) => {
  describe.each(pluginNames)('%s', (name) => {
    const { warnings, prepare, sessions } = realPlugins[name];
    const given = findFolder(folders, name);
    const tally: Tally = {
      name,
      mode,
      check: '',
      hooks: new Map(),
      requests: 0,
      sessions: Object.keys(sessions).length,
    };
    let folder = '';

    // A copy, as Python writes its caches beside the sources; the project file has what the appliance's machine would provide.
    beforeAll(() => {
      if (given === undefined) return;
      folder = path.join(scratch, mode, name);
      cpSync(given, folder, { recursive: true, verbatimSymlinks: true });
      prepare?.(folder, authority);
      writeFileSync(path.join(folder, 'plugin-host.yaml'), JSON.stringify({ environment }));
    });

    afterAll(() => {
      if (given !== undefined && table !== undefined) writeTally(table, tally);
    });

    test.skipIf(given === undefined)('is what check expects it to be', async () => {
      const document = (await host('check', folder, '--python', python, '--json')) as {
        ok: boolean;
        hooks: string[];
        problems: { level: string; code: string }[];
      };
      expect(document).toMatchObject({ ok: true });
      expect(document.problems.map(({ level, code }) => `${level} ${code}`)).toEqual(
        warnings.map((code) => `warning ${code}`),
      );
      for (const hook of document.hooks) tally.hooks.set(hook, 0);
      tally.check = warnings.length === 0 ? 'clean' : warnings.join(', ');
    });

    test.skipIf(given === undefined).each(Object.entries(sessions))('%s', async (_, run) => {
      await run({
        authority,
        open: (options) =>
          openBothSides(
            {
              folder,
              python,
              environment,
              pluginOptions: { ...modeOptions, stateDir: path.join(scratch, 'state') },
              kwargsOf,
              onCompared(hook, requests) {
                tally.hooks.set(hook, (tally.hooks.get(hook) ?? 0) + 1);
                tally.requests += requests;
              },
            },
            options,
          ),
      });
    });

    test.skipIf(given === undefined)('was called by every hook it has', () => {
      expect([...tally.hooks].filter(([, count]) => count === 0)).toEqual([]);
    });
  });
});
