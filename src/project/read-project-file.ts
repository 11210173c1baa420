import path from 'node:path';
import { renderSuggestion } from '../base/nearest-name.ts';
import type { ValueFault } from '../base/problem.ts';
import { describeSchemaErrors } from '../documents/describe-schema-errors.ts';
import type { PlacedFault } from '../documents/read-placed-text.ts';
import { invalidFile, readYamlFile, type YamlFile } from '../documents/read-yaml-file.ts';
import { type CommonSettings, commonSchema } from './common-schema.ts';
import { validate } from './common-validator.ts';
import { type PartName, projectKeys } from './project-keys.ts';

/** The part of the file that one system reads. */
export interface ProjectPart<T> {
  name: Exclude<PartName, 'common'>;
  /**
   * Turns the keys of the system into what it needs. Problems have the keys that lead to them; if there is one, the value is not used.
   * @param folder Absolute; the file is in it, and what it names is relative to it.
   */
  read: (keys: Readonly<Record<string, unknown>>, folder: string) => { value: T; problems: readonly ValueFault[] };
}

export interface ProjectFile<T> {
  common: CommonSettings;
  /** Undefined when no system asked. */
  part: T | undefined;
}

/**
 * Reads plugin-host.yaml: what is for all systems, and the part of the one that asks. Other systems check their own keys.
 * @throws PluginHostError FILE_NOT_FOUND, HOST_CONFIG_INVALID (all problems, with line and column)
 */
export function readProjectFile<T>(file: string, part?: ProjectPart<T>): ProjectFile<T> {
  const { value: content, problems: textProblems, place } = readYamlFile(file);
  const settings = content ?? {};
  const found: ValueFault[] = [...findUnknownKeys(settings), ...checkCommon(settings)];
  const read = part?.read(keysOf(settings, part.name), path.dirname(path.resolve(file)));
  const problems = [...textProblems, ...[...found, ...(read?.problems ?? [])].map(place)];
  if (problems.length === 0) return { common: settings, part: read?.value };
  throw invalidFile('HOST_CONFIG_INVALID', file, problems, projectHint);
}

/** What to do about a problem of the file, where nothing else is known. */
export const projectHint = `Known keys: ${Object.keys(projectKeys).join(', ')}.`;

/** What is wrong with the file, by the parts of all systems that are named. @param folder Absolute; the file is in it */
export function checkProjectFile(
  { value, problems, place }: YamlFile,
  folder: string,
  parts: readonly ProjectPart<unknown>[],
): PlacedFault[] {
  const settings = value ?? {};
  const found: ValueFault[] = [...findUnknownKeys(settings), ...checkCommon(settings)];
  const ofParts = parts.flatMap((part) => part.read(keysOf(settings, part.name), folder).problems);
  return [...problems, ...[...found, ...ofParts].map(place)];
}

function checkCommon(settings: unknown): ValueFault[] {
  return validate(settings) ? [] : describeSchemaErrors(validate.errors ?? [], commonSchema, settings);
}

function findUnknownKeys(settings: unknown): ValueFault[] {
  const known = Object.keys(projectKeys);
  return Object.keys(asMapping(settings))
    .filter((key) => !Object.hasOwn(projectKeys, key))
    .map((key) => ({ keys: [key], message: `unknown key ${key}. ${renderSuggestion(key, known)}` }));
}

function keysOf(settings: unknown, part: PartName): Record<string, unknown> {
  const isOwn = ([key]: [string, unknown]): boolean =>
    Object.hasOwn(projectKeys, key) && projectKeys[key as keyof typeof projectKeys] === part;
  return Object.fromEntries(Object.entries(asMapping(settings)).filter(isOwn));
}

/** Empty, when it is not a mapping; the check of the common part reports that. */
function asMapping(settings: unknown): object {
  return typeof settings === 'object' && settings !== null && !Array.isArray(settings) ? settings : {};
}
