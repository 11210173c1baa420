import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type PlacedFault } from '../../documents/read-placed-text.ts';
import { readYaml, toProblems, type YamlFile } from '../../documents/read-yaml-file.ts';
import { gatewayPart } from '../../gateway/settings/gateway-part.ts';
import { inspectorPart } from '../../inspector/settings/inspector-part.ts';
import { checkScript } from '../../platform/check/check-script.ts';
import { platformPart } from '../../platform/settings/read-platform-settings.ts';
import { platformTestHint } from '../../platform/testing/open-platform-tests.ts';
import { readPlatformTest } from '../../platform/testing/read-platform-test.ts';
import { ScriptStore } from '../../platform/testing/script-store.ts';
import { checkProjectFile, projectHint, type ProjectPart } from '../../project/read-project-file.ts';
import { servePart } from '../../rest/settings/serve-part.ts';
import { readScenario } from '../../sps/simulation/read-scenario.ts';
import { spsPart } from '../../sps/surroundings/read-sps-settings.ts';
import { readTestFile } from '../../sps/testing/read-test-file.ts';
import { testHint } from '../../sps/testing/read-test-files.ts';
import type { DocumentKind } from '../documents/document-kind.ts';
import type { EditedDocument, TextProblem } from '../documents/edited-document.ts';
import { checkHooks } from './check-hooks.ts';
import { checkManifestDocument } from './check-manifest-document.ts';
import { checkExpectDocument, checkMessageDocument } from './check-message-document.ts';

/** Everything that the commands would say of a document before anything is run, from its text as it is edited. Runs nothing. */
export async function findProblems(kind: DocumentKind, document: EditedDocument): Promise<TextProblem[]> {
  try {
    return await checks[kind](document);
  } catch (error) {
    if (error instanceof PluginHostError) return problemsOf(error);
    throw error;
  }
}

const checks: Record<DocumentKind, (document: EditedDocument) => TextProblem[] | Promise<TextProblem[]>> = {
  manifest: checkManifestDocument,
  project: ({ file, text }) =>
    toProblems(
      'HOST_CONFIG_INVALID',
      file,
      checkProjectFile(yamlOf(text), path.dirname(file), projectParts),
      projectHint,
    ),
  'plugin-test': (document) => {
    const yaml = yamlOf(document.text);
    const { problems } = readTestFile(document.file, yaml);
    return [...toProblems('TEST_INVALID', document.file, problems, testHint), ...checkHooks(document, yaml)];
  },
  scenario: ({ file, text }) => {
    readScenario(file, yamlOf(text));
    return [];
  },
  'platform-script': ({ file, text }) => checkScript(text, { file }).problems,
  'platform-test': ({ file, text, textOf }) => {
    const scripts = new ScriptStore((script) => textOf(script) ?? unreadable);
    const { problems } = readPlatformTest(file, path.dirname(file), scripts, yamlOf(text));
    return toProblems('TEST_INVALID', file, problems, platformTestHint);
  },
  'kvgroup-message': checkMessageDocument,
  'kvgroup-test': checkExpectDocument,
};

const projectParts: readonly ProjectPart<unknown>[] = [spsPart, platformPart, servePart, gatewayPart, inspectorPart];

const unreadable: PlacedFault = { line: 1, column: 1, message: 'cannot be read' };

function yamlOf(text: string): YamlFile {
  return readYaml(text.replace(/^\ufeff/, ''));
}

function problemsOf({ code, message, hint, problems }: PluginHostError): TextProblem[] {
  return problems === undefined ? [{ level: 'error', code, message, hint }] : [...problems];
}
