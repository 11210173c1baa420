import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../errors.ts';

export interface FoundFile {
  /** Relative to the current folder where it lies in it. */
  file: string;
  kind: 'tests' | 'scenario';
}

const testName = /\.plugin-test\.ya?ml$/;
const scenarioName = /\.scenario\.ya?ml$/;
const yamlName = /\.ya?ml$/;
const scenarioFolder = 'scenarios';
const leftOut = ['node_modules', '__pycache__', 'venv', 'site-packages'];

/**
 * Test files, and scenarios that expect something: those that are named, and in the folders that are named `*.plugin-test.yaml`,
 * `*.scenario.yaml`, and scenarios in folders called `scenarios`. Not in node_modules, virtual environments and hidden folders.
 * @throws PluginHostError FILE_NOT_FOUND when a path is not there or nothing is found; TEST_INVALID for a named file that is neither
 */
export function findTestFiles(paths: readonly string[], currentFolder: string): FoundFile[] {
  const found = paths.flatMap((named) => {
    const file = path.resolve(currentFolder, named);
    if (!existsSync(file)) {
      throw new PluginHostError('FILE_NOT_FOUND', `${named}: no such file or folder`, {
        hint: 'Name test files, scenarios, or folders to search.',
      });
    }
    return statSync(file).isDirectory() ? searchFolder(file) : [classify(file, named)];
  });
  if (found.length === 0) {
    throw new PluginHostError(
      'FILE_NOT_FOUND',
      `no tests in ${paths.map((each) => path.resolve(currentFolder, each)).join(', ')}`,
      {
        hint: 'Looked for *.plugin-test.yaml, for *.scenario.yaml and for scenarios with `expect` in folders called scenarios.',
      },
    );
  }
  const unique = new Map(found.map((each) => [each.file, each]));
  return [...unique.values()].map(({ file, kind }) => ({ file: showPath(file, currentFolder), kind }));
}

/** Relative where that is shorter to read: below the current folder. */
function showPath(file: string, currentFolder: string): string {
  const relative = path.relative(currentFolder, file);
  return relative.startsWith('..') ? file : relative || '.';
}

function classify(file: string, named: string): FoundFile {
  if (testName.test(file)) return { file, kind: 'tests' };
  const keys = topKeys(file);
  if (keys.has('cases')) return { file, kind: 'tests' };
  if (keys.has('plugins') && keys.has('expect')) return { file, kind: 'scenario' };
  const isScenario = keys.has('plugins');
  throw new PluginHostError(
    'TEST_INVALID',
    isScenario ? `${named}: a scenario that expects nothing is no test` : `${named}: neither tests nor a scenario`,
    {
      hint: isScenario
        ? 'Add `expect:`, or run it with `plugin-host simulate`.'
        : 'A test file has plugin and cases, a scenario plugins and expect.',
    },
  );
}

function searchFolder(folder: string): FoundFile[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  if (entries.some(({ name }) => name === 'pyvenv.cfg')) return [];
  return entries.flatMap((entry): FoundFile[] => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name.startsWith('.') || leftOut.includes(entry.name) ? [] : searchFolder(file);
    }
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
    if (testName.test(entry.name)) return [{ file, kind: 'tests' }];
    const mayBeScenario =
      scenarioName.test(entry.name) || (path.basename(folder) === scenarioFolder && yamlName.test(entry.name));
    return mayBeScenario && isTestedScenario(file) ? [{ file, kind: 'scenario' }] : [];
  });
}

function isTestedScenario(file: string): boolean {
  const keys = topKeys(file);
  return keys.has('plugins') && keys.has('expect');
}

/** Without parsing: a file that is no YAML is told so when it is read as what it looks like. */
function topKeys(file: string): Set<string> {
  const keys = readFileSync(file, 'utf8').matchAll(/^(?:\{\s*)?["']?(plugins|expect|cases)["']?\s*:/gm);
  return new Set([...keys].map(([, key = '']) => key));
}
