import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { PluginHostError } from '../../errors.ts';
import { checkSettings } from './check-settings.ts';
import { findYamlPlace } from './find-yaml-place.ts';
import { type LoadedSettings, loadSettings } from './load-settings.ts';
import { type ProjectSettings, projectSchema } from './project-schema.ts';

/** A project file with what it names: files are read, names are checked. */
export interface ProjectFile extends ProjectSettings {
  /** Absent when the file has neither services nor files nor faults. */
  loaded?: LoadedSettings;
}

/** @throws PluginHostError FILE_NOT_FOUND, HOST_CONFIG_INVALID (all problems, with line and column) */
export function readProjectFile(file: string): ProjectFile {
  const text = readText(file);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const problems = document.errors.map(({ message, pos: [offset] }) => ({ offset, message }));
  let value: unknown = {};
  try {
    if (problems.length === 0) value = document.toJS();
  } catch (error) {
    // An alias without its anchor, or a score of them that would fill the memory.
    problems.push({ offset: 0, message: (error as Error).message });
  }
  const found = checkSettings(value ?? {});
  const settings: ProjectFile = found.length === 0 ? (value ?? {}) : {};
  const loaded = loadSettings(settings, path.dirname(path.resolve(file)));
  for (const { keys, message } of [...found, ...(loaded?.problems ?? [])]) {
    problems.push({ offset: findYamlPlace(document, keys), message });
  }
  if (problems.length === 0) return loaded === undefined ? settings : { ...settings, loaded };
  problems.sort((one, other) => one.offset - other.offset);
  const lines = problems.map(({ offset, message }) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${path.basename(file)}:${line}:${col}: ${message}`;
  });
  throw new PluginHostError('HOST_CONFIG_INVALID', lines.join('\n'), {
    hint: `Known keys: ${Object.keys(projectSchema.properties as object).join(', ')}.`,
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PluginHostError('FILE_NOT_FOUND', `${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      hint: 'Name a readable file.',
      cause,
    });
  }
}
