import { existsSync } from 'node:fs';
import path from 'node:path';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import type { PlacedFault } from '../../documents/read-placed-text.ts';
import { readYamlFile } from '../../documents/read-yaml-file.ts';
import { showPath } from '../../testing/files-below.ts';
import { CaseReader } from './case-reader.ts';
import type { LoadedTest } from './loaded-test.ts';
import { platformTestSchema } from './platform-test-schema.ts';
import { validate } from './platform-test-validator.ts';
import type { ScriptStore } from './script-store.ts';
import type { TestFile } from './test-file.ts';

/** @param file As messages name it @throws PluginHostError FILE_NOT_FOUND */
export function readPlatformTest(
  file: string,
  currentFolder: string,
  scripts: ScriptStore,
): { loaded: LoadedTest | undefined; problems: PlacedFault[] } {
  const absolute = path.resolve(currentFolder, file);
  const { value, problems, place, lineOf } = readYamlFile(absolute);
  if (problems.length > 0) return { loaded: undefined, problems };
  const wrong = validate(value) ? [] : describeSchemaErrors(validate.errors ?? [], platformTestSchema);
  if (wrong.length > 0) return { loaded: undefined, problems: wrong.map(place) };
  const content = value as TestFile;
  const folder = path.dirname(absolute);
  const scriptPath = path.resolve(folder, content.script);
  if (!existsSync(scriptPath)) {
    const message = `script: ${content.script}: no such file`;
    return { loaded: undefined, problems: [place({ keys: ['script'], message })] };
  }
  const scriptFile = showPath(scriptPath, currentFolder);
  const script = scripts.load(scriptPath, scriptFile);
  const reader = new CaseReader(content, folder, 'script' in script ? script.script : undefined);
  const cases = content.cases.map((each, index) => reader.read(['cases', index], each));
  if (reader.faults.length > 0) return { loaded: undefined, problems: reader.faults.map(place) };
  const loaded = { file, folder, scriptFile, scriptPath, script, secrets: reader.secrets, cases, lineOf };
  return { loaded, problems: [] };
}
