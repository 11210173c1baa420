import { readFileSync, statSync } from 'node:fs';
import { isJsonObject, type Json } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type Problem, warning } from '../../base/problem.ts';
import { describeFileFault } from '../../documents/describe-file-fault.ts';
import { findParameter } from '../../platform/run/fill-parameters.ts';
import type { EmptyReference, GivenValue, ParameterSource } from '../../platform/run/parameter-source.ts';
import type { Block } from '../../platform/script/script.ts';
import { isSecretParameter } from '../../platform/tables/reserved-parameters.ts';

interface ParameterOptions {
  set?: readonly string[];
  params?: string;
  secret?: readonly string[];
  allowSecretArguments?: boolean;
}

/** What the edge of the program has to read values with. */
export interface Surroundings {
  environment: Readonly<Record<string, string | undefined>>;
  /** Undefined where nobody can be asked. */
  ask: ((name: string, isSecret: boolean) => Promise<string | undefined>) | undefined;
}

export interface ReadParameters {
  sources: ParameterSource[];
  warnings: Problem[];
}

const prefix = 'SPP_PARAM_';

/** Where the values of parameters come from, the strongest first. @throws PluginHostError USAGE, SECRET_ON_COMMAND_LINE, FILE_NOT_FOUND */
export async function readParameterOptions(
  operation: Block,
  options: ParameterOptions,
  surroundings: Surroundings,
): Promise<ReadParameters> {
  const set = readSet(operation, options);
  const secrets = new Map<string, GivenValue | EmptyReference>();
  for (const word of options.secret ?? []) {
    const [name, where] = splitPair('--secret', word, 'NAME=env:VAR');
    secrets.set(name, await readReference(name, where, surroundings));
  }
  const file =
    options.params === undefined ? undefined : await readParameterFile(options.params, operation, surroundings);
  const environment = Object.entries(surroundings.environment)
    .filter(([name, value]) => name.startsWith(prefix) && value !== undefined)
    .map(([name, value]) => [name.slice(prefix.length), { text: value ?? '' }] as const);
  return {
    sources: [
      { name: '--set', values: set, isStrict: true },
      { name: '--secret', values: secrets, isStrict: true },
      ...(file === undefined ? [] : [{ name: options.params ?? '', values: file.values, isStrict: false }]),
      { name: 'environment', values: new Map(environment), isStrict: false },
    ],
    warnings: file?.warnings ?? [],
  };
}

function readSet(
  { parameters }: Block,
  { set = [], allowSecretArguments = false }: ParameterOptions,
): Map<string, GivenValue> {
  const values = new Map<string, GivenValue>();
  for (const word of set) {
    const [name, text] = splitPair('--set', word, 'NAME=VALUE');
    const declared = findParameter(parameters, name);
    if (declared !== undefined && isSecretParameter(declared.name, declared.type) && !allowSecretArguments)
      throw new PluginHostError(
        'SECRET_ON_COMMAND_LINE',
        `--set ${name}: the command line can be read by everybody on this machine`,
        {
          hint: `Use --secret ${name}=env:VARIABLE, file:PATH, prompt or fd:N; --allow-secret-arguments lets it be.`,
        },
      );
    values.set(name, { text });
  }
  return values;
}

/** The word is not repeated: it may be a secret. */
function splitPair(option: string, word: string, form: string): [string, string] {
  const at = word.indexOf('=');
  if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
  throw new PluginHostError('USAGE', `${option}: expected ${form}`, { hint: `Write ${option} ${form}.` });
}

async function readReference(
  name: string,
  where: string,
  { environment, ask }: Surroundings,
): Promise<GivenValue | EmptyReference> {
  if (where === 'prompt') return askFor(name, true, ask, `--secret ${name}=prompt`);
  const at = where.indexOf(':');
  const [kind, rest] = [where.slice(0, at), where.slice(at + 1)];
  if (at > 0 && kind === 'env') return readVariable(rest, environment, `--secret ${name}`);
  if (at > 0 && kind === 'file') return { text: readSecretFile(rest) };
  if (at > 0 && kind === 'fd' && /^\d{1,4}$/.test(rest)) return { text: readSecretFile(Number(rest)) };
  throw new PluginHostError('USAGE', `--secret ${name}: expected env:VAR, file:PATH, prompt or fd:N`, {
    hint: `Write --secret ${name}=env:VARIABLE.`,
  });
}

/** @param of The reference, as a message names it */
function readVariable(
  variable: string,
  environment: Surroundings['environment'],
  of: string,
): GivenValue | EmptyReference {
  const text = environment[variable];
  if (text !== undefined) return { text };
  return { reason: `the environment variable ${variable} of ${of} is not set`, hint: 'Set it, or name another one.' };
}

/** @param of The reference, as a message names it */
async function askFor(
  name: string,
  isSecret: boolean,
  ask: Surroundings['ask'],
  of: string,
): Promise<GivenValue | EmptyReference> {
  if (ask === undefined)
    return { reason: `${of}: there is no terminal to ask on`, hint: 'Refer to a variable or a file instead.' };
  const text = await ask(name, isSecret);
  return text === undefined ? { reason: `${of}: nobody answered`, hint: 'Run it again, and type it.' } : { text };
}

/** One line break at the end is cut. */
function readSecretFile(file: string | number): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new PluginHostError(
      'FILE_NOT_FOUND',
      `${typeof file === 'number' ? `descriptor ${file}` : file}: ${describeFileFault(cause)}`,
      {
        hint: 'Name a readable file.',
        cause,
      },
    );
  }
}

async function readParameterFile(
  file: string,
  { parameters }: Block,
  surroundings: Surroundings,
): Promise<{ values: Map<string, GivenValue | EmptyReference>; warnings: Problem[] }> {
  const { readYamlFile } = await import('../../documents/read-yaml-file.ts');
  const { value, problems } = readYamlFile(file);
  const [problem] = problems;
  const place = problem === undefined ? '' : `:${problem.line}:${problem.column}: ${problem.message}`;
  if (problem !== undefined || !isJsonObject(value))
    throw new PluginHostError(
      'USAGE',
      `--params ${file}${place === '' ? ': expected a mapping of names to values' : place}`,
      {
        hint: 'Write NAME: value, or NAME: {env: VARIABLE}.',
      },
    );
  const values = new Map<string, GivenValue | EmptyReference>();
  let hasClearSecret = false;
  for (const [name, item] of Object.entries(value)) {
    const declared = findParameter(parameters, name);
    if (declared === undefined) continue;
    const isSecret = isSecretParameter(declared.name, declared.type);
    const given = await readItem({ name, item, isSecret, file }, surroundings);
    hasClearSecret ||= isSecret && 'data' in given && given.data !== null;
    values.set(name, given);
  }
  return { values, warnings: hasClearSecret && mayOthersRead(file) ? [readable(file)] : [] };
}

async function readItem(
  { name, item, isSecret, file }: { name: string; item: Json; isSecret: boolean; file: string },
  { environment, ask }: Surroundings,
): Promise<GivenValue | EmptyReference> {
  const [only, ...others] = isJsonObject(item) ? Object.entries(item) : [];
  if (only === undefined || others.length > 0) return { data: item };
  const [kind, where] = only;
  const of = `${name} in ${file}`;
  if (kind === 'env' && typeof where === 'string') return readVariable(where, environment, of);
  if (kind === 'file' && typeof where === 'string') return { text: readSecretFile(where) };
  if (kind === 'prompt' && where === true) return askFor(name, isSecret, ask, `{prompt: true} for ${of}`);
  return { data: item };
}

function mayOthersRead(file: string): boolean {
  return process.platform !== 'win32' && (statSync(file).mode & 0o044) !== 0;
}

function readable(file: string): Problem {
  return warning(
    'PARAMS_READABLE',
    `${file} holds a secret in clear and can be read by others`,
    `chmod 600 ${file}, or refer to secrets with {env: VAR}.`,
  );
}
