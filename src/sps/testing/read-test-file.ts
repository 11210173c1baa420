import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Json, JsonObject } from '../../base/json.ts';
import { parseDuration } from '../../base/parse-duration.ts';
import type { ValueFault } from '../../base/problem.ts';
import { checkDuration } from '../../documents/check-duration.ts';
import { tryReadText } from '../../documents/decode-text.ts';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import type { PlacedFault } from '../../documents/read-placed-text.ts';
import { readYamlFile, type YamlFile } from '../../documents/read-yaml-file.ts';
import { renderKeys } from '../../documents/render-keys.ts';
import type { BackendDescription } from '../../targets/backends/backend-description.ts';
import { layBackends } from '../../targets/backends/lay-backends.ts';
import type { PluginType } from '../plugin/find-hook.ts';
import { buildConnection } from '../simulation/build-connection.ts';
import { type LoadedSettings, loadSettings } from '../surroundings/load-settings.ts';
import { checkExpectation } from './check-expectation.ts';
import { testFileSchema } from './test-file-schema.ts';
import { validate } from './test-file-validator.ts';
import type { Expectation, Surroundings, TestFile, TestStep } from './test-file.ts';

type Keys = ValueFault['keys'];

/** A test file with what it names: files are read, defaults are filled in. */
export interface LoadedTestFile {
  /** As it was named. */
  file: string;
  subject: TestSubject;
  cases: LoadedCase[];
  /** Line, from 1, of what keys lead to. */
  lineOf: (keys: Keys) => number;
}

/** What is tested: a plugin, absolute, or the plugins of a committed connection policy. */
export type TestSubject = { plugin: string; policy?: undefined } | { policy: string; plugin?: undefined };

export interface LoadedCase {
  name: string;
  keys: Keys;
  configuration: GivenConfiguration | undefined;
  proxyTimeoutMs: number | undefined;
  /** Undefined when neither file nor case has any. */
  services: LoadedSettings | undefined;
  /** Of file and case; undefined when neither has any. */
  backends: readonly BackendDescription[] | undefined;
  steps: LoadedStep[];
}

/** Either `text` or what was read from `file`, absolute. */
export interface GivenConfiguration {
  text: string;
  file?: string;
}

export interface LoadedStep {
  hook: string;
  /** Of two plugins that both have the hook. */
  type: PluginType | undefined;
  keys: Keys;
  /** As the file has them: what a policy says comes between. */
  written: { connection: TestStep['connection']; answers: JsonObject };
  /** Arguments, with what the login name says. */
  connection: JsonObject;
  /** Undefined when the arguments are not exactly those of this name. */
  connectionName: string | undefined;
  login: string | undefined;
  kwargs: JsonObject;
  answers: JsonObject;
  cookie: JsonObject | undefined;
  sessionCookie: JsonObject | undefined;
  expect: Expectation;
}

/** @param yaml What stands in the file, where that is not what is on the disk @throws PluginHostError FILE_NOT_FOUND */
export function readTestFile(
  file: string,
  yaml: YamlFile = readYamlFile(file),
): { loaded: LoadedTestFile | undefined; problems: PlacedFault[] } {
  const { value, problems, place, lineOf } = yaml;
  if (problems.length > 0) return { loaded: undefined, problems };
  const found = validate(value) ? [] : describeSchemaErrors(validate.errors ?? [], testFileSchema, value);
  if (found.length > 0) return { loaded: undefined, problems: found.map(place) };
  const content = value as TestFile;
  const loader = new Loader(path.dirname(path.resolve(file)));
  const ofFile = loader.surroundings([], content);
  const cases = content.cases.map((each, index): LoadedCase => {
    const keys = ['cases', index];
    const own = loader.surroundings(keys, each);
    const { steps, name, ...single } = each;
    loader.check(keys, each);
    const above = {
      ...(content.connection === undefined ? {} : { connection: content.connection }),
      ...(steps === undefined ? {} : single),
    };
    return {
      name,
      keys,
      configuration: own.configuration ?? ofFile.configuration,
      proxyTimeoutMs: own.proxyTimeoutMs ?? ofFile.proxyTimeoutMs,
      services: own.services ?? ofFile.services,
      backends: layBackends(ofFile.backends, own.backends),
      steps:
        steps === undefined
          ? [loader.step(keys, single, above)]
          : steps.map((step, at) => loader.step([...keys, 'steps', at], step, above, at === 0)),
    };
  });
  const subject = loader.subject(content);
  if (loader.problems.length > 0) return { loaded: undefined, problems: loader.problems.map(place) };
  return { loaded: { file, subject, cases, lineOf }, problems: [] };
}

/** Collects the problems of the parts that it loads. */
class Loader {
  readonly problems: ValueFault[] = [];
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(problems: readonly ValueFault[]): void {
    this.problems.push(...problems);
  }

  fail(keys: Keys, what: string): void {
    this.problems.push({ keys, message: `${renderKeys(keys)}: ${what}` });
  }

  /** A plugin or a policy: one of them is there. */
  subject({ plugin = '', policy }: TestFile): TestSubject {
    if (policy !== undefined) return { policy };
    const file = path.resolve(this.#folder, plugin);
    if (!existsSync(file)) this.fail(['plugin'], `${file} does not exist`);
    return { plugin: file };
  }

  /** One call or several, not both. */
  check(keys: Keys, { hook, steps, expect }: TestFile['cases'][number]): void {
    if (hook === undefined && steps === undefined) this.fail(keys, 'needs a hook, or steps with a hook each');
    if (steps === undefined) return;
    if (hook !== undefined) this.fail([...keys, 'hook'], 'a case has a hook or steps, not both');
    if (expect !== undefined) this.fail([...keys, 'expect'], 'belongs to a step where a case has steps');
  }

  surroundings(
    keys: Keys,
    { config, configFile, proxyTimeout, services, backends }: Surroundings,
  ): Pick<LoadedCase, 'configuration' | 'proxyTimeoutMs' | 'services' | 'backends'> {
    const proxyTimeoutMs = proxyTimeout === undefined ? undefined : parseDuration(String(proxyTimeout));
    this.add(checkDuration([...keys, 'proxyTimeout'], proxyTimeout));
    if (config !== undefined && configFile !== undefined) {
      this.fail([...keys, 'configFile'], 'give config or configFile, not both');
    }
    const loaded = loadSettings({ ...(services && { services }), ...(backends && { backends }) }, this.#folder);
    this.add((loaded?.problems ?? []).map((each) => ({ ...each, keys: [...keys, ...each.keys] })));
    return {
      configuration:
        configFile === undefined
          ? config === undefined
            ? undefined
            : { text: config }
          : this.#readConfiguration([...keys, 'configFile'], configFile),
      proxyTimeoutMs,
      services: services && loaded,
      backends: loaded?.backends,
    };
  }

  /** @param isFirst The cookies of the case are those of its first step. */
  step(keys: Keys, given: TestStep, above: Partial<TestStep>, isFirst = true): LoadedStep {
    const written = given.connection ?? above.connection;
    const connection = written ?? 'ssh';
    this.add(checkExpectation(given.expect ?? {}, [...keys, 'expect']));
    this.#checkNumbers([...keys, 'kwargs'], given.kwargs ?? null);
    const login = given.login ?? above.login;
    const answers = { ...(isFirst ? above.answers : {}), ...given.answers };
    const built = buildConnection({ connection, ...(login === undefined ? {} : { login }) });
    return {
      hook: given.hook ?? '',
      type: given.type ?? above.type,
      keys,
      written: { connection: written, answers },
      connection: built.connection,
      connectionName: typeof connection === 'string' ? connection : undefined,
      login,
      kwargs: { ...above.kwargs, ...given.kwargs },
      answers: { ...built.loginAnswers, ...answers },
      cookie: given.cookie ?? (isFirst ? above.cookie : undefined),
      sessionCookie: given.sessionCookie ?? (isFirst ? above.sessionCookie : undefined),
      expect: given.expect ?? {},
    };
  }

  #readConfiguration(keys: Keys, configFile: string): GivenConfiguration {
    const file = path.resolve(this.#folder, configFile);
    const read = tryReadText(file, configFile);
    if ('text' in read) return { text: read.text, file };
    this.fail(keys, read.fault);
    return { text: '' };
  }

  /** YAML has numbers that JSON has not. */
  #checkNumbers(keys: Keys, value: Json): void {
    if (typeof value === 'number' && !Number.isFinite(value))
      this.fail(keys, `${value} cannot be passed: it is not JSON`);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) this.#checkNumbers([...keys, key], item);
  }
}
