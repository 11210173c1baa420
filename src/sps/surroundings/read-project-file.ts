import path from 'node:path';
import { checkDuration } from '../../documents/check-duration.ts';
import { invalidFile, readYamlFile } from '../../documents/read-yaml-file.ts';
import { checkSettings } from './check-settings.ts';
import { type LoadedSettings, loadSettings } from './load-settings.ts';
import { type ProjectSettings, projectSchema } from './project-schema.ts';

/** A project file with what it names: files are read, names are checked. */
export interface ProjectFile extends ProjectSettings {
  /** Absent when the file has neither services nor files nor faults. */
  loaded?: LoadedSettings;
}

/** @throws PluginHostError FILE_NOT_FOUND, HOST_CONFIG_INVALID (all problems, with line and column) */
export function readProjectFile(file: string): ProjectFile {
  const { value, problems, place } = readYamlFile(file);
  const found = checkSettings(value ?? {});
  const settings: ProjectFile = found.length === 0 ? (value ?? {}) : {};
  const loaded = loadSettings(settings, path.dirname(path.resolve(file)));
  const timeout = checkDuration(['proxyTimeout'], settings.proxyTimeout);
  const all = [...problems, ...[...found, ...timeout, ...(loaded?.problems ?? [])].map(place)];
  if (all.length === 0) return loaded === undefined ? settings : { ...settings, loaded };
  const known = Object.keys(projectSchema.properties as object).join(', ');
  throw invalidFile('HOST_CONFIG_INVALID', file, all, `Known keys: ${known}.`);
}
