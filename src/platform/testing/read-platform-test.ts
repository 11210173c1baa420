import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ValueFault } from '../../base/problem.ts';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import type { PlacedFault } from '../../documents/read-placed-text.ts';
import { readYamlFile, type YamlFile } from '../../documents/read-yaml-file.ts';
import { showPath } from '../../testing/files-below.ts';
import { CaseReader } from './case-reader.ts';
import type { LoadedTest } from './loaded-test.ts';
import { platformTestSchema } from './platform-test-schema.ts';
import { validate } from './platform-test-validator.ts';
import type { ScriptStore } from './script-store.ts';
import type { TestFile } from './test-file.ts';

/**
 * @param file As messages name it
 * @param yaml What stands in the file, where that is not what is on the disk
 * @throws PluginHostError FILE_NOT_FOUND
 */
export function readPlatformTest(
  file: string,
  currentFolder: string,
  scripts: ScriptStore,
  yaml: YamlFile = readYamlFile(path.resolve(currentFolder, file)),
): { loaded: LoadedTest | undefined; problems: PlacedFault[] } {
  const absolute = path.resolve(currentFolder, file);
  const { value, problems, place, lineOf } = yaml;
  if (problems.length > 0)
    return { loaded: undefined, problems: problems.map((each) => ({ ...each, hint: yamlHint })) };
  const content = value as TestFile;
  const placed = (fault: ValueFault): PlacedFault => ({ ...place(fault), hint: hintOf(fault, scriptOf(value)) });
  const wrong = validate(value) ? [] : describeSchemaErrors(validate.errors ?? [], platformTestSchema, value);
  if (wrong.length > 0) return { loaded: undefined, problems: wrong.map(placed) };
  const folder = path.dirname(absolute);
  const scriptPath = path.resolve(folder, content.script);
  if (!existsSync(scriptPath)) {
    const message = `script: ${content.script}: no such file`;
    return { loaded: undefined, problems: [{ ...place({ keys: ['script'], message }), hint: scriptHint }] };
  }
  const scriptFile = showPath(scriptPath, currentFolder);
  const script = scripts.load(scriptPath, scriptFile);
  const reader = new CaseReader(content, folder, 'script' in script ? script.script : undefined);
  const cases = content.cases.map((each, index) => reader.read(['cases', index], each));
  if (reader.faults.length > 0) return { loaded: undefined, problems: reader.faults.map(placed) };
  const loaded = { file, folder, scriptFile, scriptPath, script, secrets: reader.secrets, cases, lineOf };
  return { loaded, problems: [] };
}

const yamlHint = 'A test is YAML: look at blanks, colons and quotes at this place, and in the line above.';
const scriptHint = 'The path of a script is relative to the file of the test.';

/** What to do depends on what is wrong: keys of targets, names of the script, or keys of the test. */
function hintOf({ keys, message }: ValueFault, script: string): string {
  if (keys.some((key) => key === 'target' || key === 'targets'))
    return 'docs/targets.md explains the keys of targets, routes and commands.';
  if (/ no operation /.test(message))
    return `plugin-host platform show ${script} lists operations and their parameters.`;
  return 'docs/platform-test-file.md explains the keys; the schema plugin-host/platform-test.schema.json has all of them.';
}

function scriptOf(value: unknown): string {
  const script = (value as Partial<TestFile> | null)?.script;
  return typeof script === 'string' ? script : 'SCRIPT';
}
