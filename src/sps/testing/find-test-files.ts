import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { tryReadText } from '../../documents/decode-text.ts';
import { readYaml } from '../../documents/read-yaml-file.ts';
import { filesBelow, showPath } from '../../testing/files-below.ts';

export interface FoundFile {
  /** Relative to the current folder where it lies in it. */
  file: string;
  kind: 'tests' | 'scenario';
}

const testName = /\.plugin-test\.ya?ml$/;
const scenarioName = /\.scenario\.ya?ml$/;
/** Names that may be meant as one of them. */
const similarName = /(?:plugin[-_. ]?tests?|scenarios?)\.(?:ya?ml|json)$/i;
const yamlName = /\.ya?ml$/;
const scenarioFolder = 'scenarios';

/**
 * Test files, and scenarios that expect something: those that are named, and in the folders that are named `*.plugin-test.yaml`,
 * `*.scenario.yaml`, and scenarios in folders called `scenarios`. Not in node_modules, virtual environments and hidden folders.
 * @param onSkipped Is told each file that looks like one and is not run.
 * @throws PluginHostError FILE_NOT_FOUND when a path is not there or nothing is found; TEST_INVALID for a named file that is neither
 */
export function findTestFiles(paths: readonly string[], currentFolder: string, onSkipped: Skip): FoundFile[] {
  const skip: Skip = (file, why) => {
    onSkipped(showPath(file, currentFolder), why);
  };
  const found = paths.flatMap((named) => {
    const file = path.resolve(currentFolder, named);
    if (!existsSync(file)) {
      throw new PluginHostError('FILE_NOT_FOUND', `${named}: no such file or folder`, {
        hint: 'Name test files, scenarios, or folders to search.',
      });
    }
    return statSync(file).isDirectory() ? searchFolder(file, skip) : [classify(file, named)];
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

function classify(file: string, named: string): FoundFile {
  if (testName.test(file)) return { file, kind: 'tests' };
  const keys = readTopKeys(file);
  if (keys.has('cases')) return { file, kind: 'tests' };
  const isScenario = keys.has('plugins') || keys.has('policy');
  if (isScenario && keys.has('expect')) return { file, kind: 'scenario' };
  throw new PluginHostError(
    'TEST_INVALID',
    isScenario ? `${named}: a scenario that expects nothing is not a test` : `${named}: neither tests nor a scenario`,
    {
      hint: isScenario
        ? 'Add `expect:`, or run it with `plugin-host simulate`.'
        : 'A test file has plugin and cases, a scenario plugins and expect.',
    },
  );
}

type Skip = (file: string, why: string) => void;

function searchFolder(folder: string, skip: Skip): FoundFile[] {
  return Array.from(filesBelow(folder)).flatMap((file): FoundFile[] => {
    const kind = kindOf(file, (why) => {
      skip(file, why);
    });
    return kind === undefined ? [] : [{ file, kind }];
  });
}

/** By its name and what it holds. A file that looks like a test and is not one is reported: nobody would notice that it does not run. */
function kindOf(file: string, skip: (why: string) => void): FoundFile['kind'] | undefined {
  const name = path.basename(file);
  const isTest = testName.test(name);
  const isScenario = scenarioName.test(name);
  const isInScenarios = path.basename(path.dirname(file)) === scenarioFolder && yamlName.test(name);
  if (!isTest && !isScenario && !isInScenarios && !similarName.test(name)) return undefined;
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    if (isTest || isScenario) skip('there is no such file');
    return undefined;
  }
  if (isTest) return 'tests';
  const keys = readTopKeys(file);
  const isTested = (keys.has('plugins') || keys.has('policy')) && keys.has('expect');
  if (isScenario || isInScenarios) {
    if (isTested) return 'scenario';
    if (keys.has('plugins') || keys.has('policy')) skip('a scenario that expects nothing tests nothing; add `expect:`');
    else if (isScenario || keys.size > 0) skip('it has no `plugins:`, so it is not a scenario');
  } else if (isTested || keys.has('cases'))
    skip('tests are called NAME.plugin-test.yaml, scenarios NAME.scenario.yaml');
  return undefined;
}

/** Of tests and scenarios, whether or not the file is what it should be. */
const ownKeys = ['plugins', 'policy', 'expect', 'cases'];

/** If a file is not YAML, or not even text, it counts as what its name says: reading it then reports the error. */
function readTopKeys(file: string): Set<string> {
  const read = tryReadText(file, file);
  if ('fault' in read) return new Set(['plugins', 'expect']);
  const { value, problems } = readYaml(read.text);
  if (problems.length === 0) {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return new Set(keys.filter((key) => ownKeys.includes(key)));
  }
  const keys = read.text.matchAll(/^(?:\{\s*)?["']?(plugins|policy|expect|cases)["']?\s*:/gm);
  return new Set([...keys].map(([, key = '']) => key));
}
