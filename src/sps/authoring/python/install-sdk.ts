import path from 'node:path';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { environmentsFolder, sharedEnvironments } from '../../../project/find-installed-python.ts';
import { makeStateFolder } from '../../../state/make-state-folder.ts';
import { withLock } from '../../../state/with-lock.ts';
import { addUser, chooseEnvironment } from './choose-environment.ts';
import { addRequirements, fillEnvironment } from './fill-environment.ts';
import { askUvForVersion, findSdkVersion } from './find-sdk-version.ts';
import type { Installation, InstallOptions } from './installation.ts';
import { makeEnvironment, requireVenv } from './make-environment.ts';
import { readPythonFacts, requireSupported, type Surroundings, tryEnvironment } from './python-facts.ts';
import { pipEnvironment } from './run-pip.ts';
import { type Installed, listInstalled, SdkEnvironment } from './sdk-environment.ts';
import { findUv } from './uv-settings.ts';

export interface InstallResult extends Installed {
  environment: SdkEnvironment;
}

/**
 * Makes the user's environment with the vendor's SDK, or completes one that an interrupted run left; without a compiler and without root. All folders of the
 * user share it, unless it has requirements; where there is no cache that is only the user's, the state folder has its own.
 * @throws PluginHostError PYTHON_NOT_FOUND, PYTHON_UNSUPPORTED, VENV_MISSING, SDK_UNKNOWN, SDK_UNINSTALLABLE, INDEX_UNREACHABLE, STATE_UNWRITABLE
 */
export async function installSdk(options: InstallOptions): Promise<InstallResult> {
  const { stateDir, base, signal, onStep, hostEnvironment, currentFolder } = options;
  const own = makeStateFolder(stateDir, path.basename(environmentsFolder(stateDir)));
  const root = sharedEnvironments(hostEnvironment) ?? own;
  const env = pipEnvironment(hostEnvironment, options.environment, currentFolder);
  const surroundings = { cwd: root, env, signal };
  const facts = await readPythonFacts(base, surroundings);
  requireSupported(base, facts);
  const uv = await findUv(facts, surroundings);
  if (uv === undefined) requireVenv(facts);
  onStep(`Python ${facts.version}, ${facts.executable}${uv === undefined ? '' : `; with ${uv.uv}`}`);
  const installation = { options, root, facts, uv, surroundings };
  const sdk = await chooseVersion(installation);
  const environment = SdkEnvironment.of(root, sdk, facts, options.requirements?.text);
  return locked(environment, installation, async () => {
    const withSdk =
      (await findWorking(installation, environment)) ?? (await fillEnvironment(installation, environment, sdk));
    const installed = await addRequirements(installation, environment, withSdk);
    if (options.isChosen) chooseEnvironment(stateDir, environment);
    else addUser(environment, stateDir);
    return { ...installed, environment };
  });
}

async function locked<T>(
  environment: SdkEnvironment,
  { options: { signal, onStep } }: Installation,
  work: () => Promise<T>,
): Promise<T> {
  const onWait = (): void => {
    onStep('waiting for another installation that is running');
  };
  return withLock(environment.lock, { signal, onWait }, work);
}

async function chooseVersion(installation: Installation): Promise<string> {
  const { options, root, facts, uv, surroundings } = installation;
  const { sdk, onStep, requirements } = options;
  if (sdk !== undefined && SdkEnvironment.of(root, sdk, facts, requirements?.text).readInstalled() !== undefined)
    return sdk;
  const found = uv && (await askUvForVersion(sdk, facts.executable, uv, surroundings));
  if (found !== undefined) return found;
  const python = facts.hasPip ? facts.executable : await makeHelper(installation);
  try {
    return await findSdkVersion(sdk, python, surroundings);
  } catch (error) {
    const newest = listInstalled(root, facts).at(-1);
    const isOffline = error instanceof PluginHostError && error.code === 'INDEX_UNREACHABLE';
    if (sdk !== undefined || newest === undefined || !isOffline) throw error;
    onStep(`${error.message}; using the newest SDK that is installed`);
    return newest;
  }
}

/** Some Pythons have pip only in virtual environments. */
async function makeHelper(installation: Installation): Promise<string> {
  const { root, facts, surroundings, options } = installation;
  const helper = SdkEnvironment.of(root, 'none', facts);
  await locked(helper, installation, async () => makeEnvironment(helper, facts, surroundings, options.onStep));
  return helper.python;
}

/** The installed SDK, if it still works and has what was asked for. */
async function findWorking(
  { options: { extras, onStep }, surroundings }: Installation,
  environment: SdkEnvironment,
): Promise<Installed | undefined> {
  const installed = environment.readInstalled();
  if (installed === undefined) return undefined;
  const problem = await findProblem(environment, surroundings);
  if (problem === null) return extras.every((each) => installed.extras.includes(each)) ? installed : undefined;
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
