import path from 'node:path';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { environmentsFolder } from '../../../project/find-installed-python.ts';
import { makeStateFolder } from '../../../state/make-state-folder.ts';
import { withLock } from '../../../state/with-lock.ts';
import { findSdkVersion } from './find-sdk-version.ts';
import { installLdap } from './install-ldap.ts';
import { installPackages, uninstallable } from './install-packages.ts';
import { makeEnvironment, requireVenv } from './make-environment.ts';
import { readPins } from './pins.ts';
import {
  type PythonFacts,
  readPythonFacts,
  requireSupported,
  sdkName,
  type Surroundings,
  tryEnvironment,
} from './python-facts.ts';
import { readLastError } from './read-last-error.ts';
import { pipEnvironment, runPip } from './run-pip.ts';
import { type Installed, listInstalled, SdkEnvironment } from './sdk-environment.ts';

export interface InstallOptions {
  stateDir: string;
  /** Such as 1.9.1; default: the newest. */
  sdk?: string | undefined;
  withTests: boolean;
  /** Interpreter to make the environment with: a path, or a name on PATH. */
  base: string;
  /** The user chose it: an environment that was made with another one is replaced. */
  isBaseChosen: boolean;
  /** The user's environment: what pip needs of it is passed on. */
  hostEnvironment: Readonly<Record<string, string | undefined>>;
  /** Added to it, as for a plugin. */
  environment: Readonly<Record<string, string>>;
  onStep: (text: string) => void;
  signal?: AbortSignal | undefined;
}

export interface InstallResult extends Installed {
  environment: SdkEnvironment;
}

/**
 * Makes an environment with the vendor's SDK, or completes one that an interrupted run left; without a compiler and without root.
 * @throws PluginHostError PYTHON_NOT_FOUND, PYTHON_UNSUPPORTED, VENV_MISSING, SDK_UNKNOWN, SDK_UNINSTALLABLE, INDEX_UNREACHABLE, STATE_UNWRITABLE
 */
export async function installSdk(options: InstallOptions): Promise<InstallResult> {
  const { stateDir, base, signal, onStep } = options;
  const folder = makeStateFolder(stateDir, path.basename(environmentsFolder(stateDir)));
  const env = pipEnvironment(options.hostEnvironment, path.join(folder, 'cache'), options.environment);
  const surroundings = { cwd: folder, env, signal };
  const facts = await readPythonFacts(base, surroundings);
  requireSupported(base, facts);
  requireVenv(facts);
  onStep(`Python ${facts.version}, ${facts.executable}`);
  const onWait = (): void => {
    onStep('waiting for another installation that is running');
  };
  return withLock(path.join(folder, 'install.lock.db'), { signal, onWait }, async () => {
    const { environment, sdk } = await chooseEnvironment(options, facts, surroundings);
    const installed =
      (await findWorking(options, environment, facts, surroundings)) ??
      (await install(options, environment, sdk, facts, surroundings));
    environment.makeCurrent();
    return { ...installed, environment };
  });
}

async function chooseEnvironment(
  { stateDir, sdk, onStep }: InstallOptions,
  facts: PythonFacts,
  surroundings: Surroundings,
): Promise<{ environment: SdkEnvironment; sdk: string }> {
  const place = (version: string): { environment: SdkEnvironment; sdk: string } => ({
    environment: new SdkEnvironment(stateDir, version, facts.version),
    sdk: version,
  });
  if (sdk !== undefined && place(sdk).environment.readInstalled() !== undefined) return place(sdk);
  const python = facts.hasPip ? facts.executable : await makeHelper(stateDir, facts, surroundings, onStep);
  try {
    return place(await findSdkVersion(sdk, python, surroundings));
  } catch (error) {
    const newest = listInstalled(stateDir, facts.version).at(-1);
    const isOffline = error instanceof PluginHostError && error.code === 'INDEX_UNREACHABLE';
    if (sdk !== undefined || newest === undefined || !isOffline) throw error;
    onStep(`${error.message}; using the newest SDK that is installed`);
    return place(newest);
  }
}

/** Some Pythons have pip only in virtual environments. */
async function makeHelper(
  stateDir: string,
  facts: PythonFacts,
  surroundings: Surroundings,
  onStep: (text: string) => void,
): Promise<string> {
  const helper = new SdkEnvironment(stateDir, 'none', facts.version);
  await makeEnvironment(helper, facts, surroundings, onStep);
  return helper.python;
}

/** The installed SDK, if it is the one that was asked for and still works. */
async function findWorking(
  { withTests, isBaseChosen, onStep }: InstallOptions,
  environment: SdkEnvironment,
  facts: PythonFacts,
  surroundings: Surroundings,
): Promise<Installed | undefined> {
  const installed = environment.readInstalled();
  if (installed === undefined) return undefined;
  if (isBaseChosen && installed.base !== facts.executable) {
    onStep(`made with ${installed.base} before; replacing it`);
    environment.remove();
    return undefined;
  }
  const problem = await findProblem(environment, surroundings);
  if (problem === null) return installed.withTests || !withTests ? installed : undefined;
  onStep(`the installed environment no longer works (${problem}); replacing it`);
  environment.remove();
  return undefined;
}

async function findProblem(environment: SdkEnvironment, surroundings: Surroundings): Promise<string | null> {
  const module = 'safeguard.sessions.plugin';
  try {
    return (await tryEnvironment(environment.python, [module], surroundings))[module] ?? null;
  } catch (error) {
    surroundings.signal?.throwIfAborted();
    return (error as Error).message;
  }
}

async function install(
  { withTests, onStep }: InstallOptions,
  environment: SdkEnvironment,
  sdk: string,
  facts: PythonFacts,
  surroundings: Surroundings,
): Promise<Installed> {
  await makeEnvironment(environment, facts, surroundings, onStep);
  environment.repair();
  onStep(`installing the SDK ${sdk}`);
  const wheel = await runPip(
    environment.python,
    ['install', '--no-deps', '--only-binary', ':all:', `${sdkName}==${sdk}`],
    surroundings,
  );
  if (wheel.exitCode !== 0) throw uninstallable(sdk, readLastError(wheel.lines));
  const { requirements } = await readPythonFacts(environment.python, surroundings);
  const pins = readPins(requirements ?? []);
  const { released = {} } = environment.readInstalled() ?? {};
  const { warnings, released: later } = await installPackages({
    environment,
    sdk,
    pins,
    withTests,
    released,
    surroundings,
    onStep,
  });
  warnings.push(...(await installLdap(environment, pins.get('python-ldap'), surroundings)));
  const { packages } = await readPythonFacts(environment.python, surroundings);
  const installed = {
    sdk,
    python: facts.version,
    base: facts.executable,
    withTests,
    released: later,
    packages: withoutTools(packages),
    warnings,
  };
  environment.writeInstalled(installed);
  return installed;
}

function withoutTools(packages: Record<string, string>): Record<string, string> {
  const tools = new Set(['pip', 'setuptools', 'wheel']);
  const entries = Object.entries(packages).filter(([name]) => !tools.has(name));
  return Object.fromEntries(entries.sort(([a], [b]) => a.toLowerCase().localeCompare(b.toLowerCase())));
}
