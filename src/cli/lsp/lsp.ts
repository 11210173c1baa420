import { createRequire } from 'node:module';
import { serveEditor } from '../../lsp/server/serve-editor.ts';
import { platformScriptSchema } from '../../platform/schema/platform-script-schema.ts';
import { platformTestSchema } from '../../platform/testing/platform-test-schema.ts';
import { scenarioSchema } from '../../sps/simulation/scenario-schema.ts';
import { testFileSchema } from '../../sps/testing/test-file-schema.ts';
import { completeSchema } from '../../targets/backends/lone-backends-schema.ts';
import { projectSchema } from '../project-schema.ts';
import type { Terminal } from '../terminal/create-terminal.ts';

const interruptedExitCode = 130;

/** `plugin-host lsp`: until the editor ends. */
export async function lsp({ say, interrupted }: Terminal): Promise<number> {
  const { version } = createRequire(import.meta.url)('plugin-host/package.json') as { version: string };
  if (process.stdin.isTTY) say('An editor starts this, see docs/editor.md; Ctrl-C ends it.');
  const exitCode = await serveEditor({
    input: process.stdin,
    output: process.stdout,
    version,
    currentFolder: process.cwd(),
    schemas: {
      project: completeSchema(projectSchema),
      'plugin-test': completeSchema(testFileSchema),
      scenario: completeSchema(scenarioSchema),
      'platform-script': platformScriptSchema,
      'platform-test': platformTestSchema,
    },
    signal: interrupted,
    say,
  });
  return interrupted.aborted ? interruptedExitCode : exitCode;
}
