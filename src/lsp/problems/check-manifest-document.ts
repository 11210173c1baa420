import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { checkEntryPoint } from '../../sps/manifest/check-entry-point.ts';
import { checkManifest } from '../../sps/manifest/check-manifest.ts';
import { maxManifestBytes } from '../../sps/manifest/read-manifest.ts';
import { defaultRelease } from '../../sps/manifest/release.ts';
import type { EditedDocument, TextProblem } from '../documents/edited-document.ts';

/** As `check` without an import: the text, and whether the file that it names is there. */
export async function checkManifestDocument({ file, text, textOf }: EditedDocument): Promise<TextProblem[]> {
  const bytes = Buffer.from(text);
  if (bytes.length > maxManifestBytes) return [tooLarge];
  const { manifest, entryPoint, problems } = checkManifest(bytes, { release: defaultRelease, strict: false });
  if (manifest === null || problems.some(({ code }) => code === 'ENTRY_POINT_FORMAT'))
    return problems.map(withoutPlace);
  const root = path.dirname(file);
  const names: string[] = await readdir(root).catch(() => []);
  const legacyPython = /^legacyPython[ \t]*:/m.test(textOf(path.join(root, 'plugin-host.yaml')) ?? '');
  const found = names.length === 0 ? [] : await checkEntryPoint(entryPoint, { root, names, legacyPython });
  return [...problems, ...found.filter((each) => each.file === 'MANIFEST')].map(withoutPlace);
}

const tooLarge: TextProblem = {
  level: 'error',
  code: 'MANIFEST_NOT_YAML',
  message: `is larger than ${maxManifestBytes} bytes`,
  hint: 'A MANIFEST has about a dozen lines.',
};

/** An editor shows where it is. A key that nobody reads is wrong, not its value. */
function withoutPlace(problem: TextProblem): TextProblem {
  const message = problem.message.replace(/^MANIFEST(?::\d+)?: /, '');
  const [, word] = problem.code === 'FIELD_UNKNOWN' ? (/^nobody reads (\S+)$/.exec(message) ?? []) : [];
  return { ...problem, message, ...(word !== undefined && { word }) };
}
