import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { type Extra, extraNames, extraPackages } from './extra.ts';
import { installLdap } from './install-ldap.ts';
import { installPackages, uninstallable } from './install-packages.ts';
import type { Installation } from './installation.ts';
import { createPip, createUv, type Installer, UvFailed } from './installer.ts';
import { makeEnvironment, makeWithUv } from './make-environment.ts';
import { readPins } from './pins.ts';
import { readPythonFacts, sdkName } from './python-facts.ts';
import type { Installed, SdkEnvironment } from './sdk-environment.ts';

/**
 * Installs the SDK and what was asked for besides, into a new environment or one that lacks it: with uv where there is one, else, or when that fails, with pip.
 * @throws PluginHostError VENV_MISSING, SDK_UNINSTALLABLE, INDEX_UNREACHABLE
 */
export async function fillEnvironment(
  installation: Installation,
  environment: SdkEnvironment,
  sdk: string,
): Promise<Installed> {
  const { facts, uv, surroundings, options } = installation;
  if (uv !== undefined) {
    try {
      const isThere = environment.readInstalled() !== undefined;
      if (!isThere) await makeWithUv(environment, facts, uv, surroundings, options.onStep);
      return await fill(installation, environment, sdk, createUv(environment.python, uv, surroundings));
    } catch (error) {
      if (!(error instanceof UvFailed)) throw error;
      options.onStep(`uv does not do it: ${error.message}; with pip then`);
    }
  }
  if (environment.readInstalled() === undefined) {
    await makeEnvironment(environment, facts, surroundings, options.onStep);
    environment.repair();
  }
  return fill(installation, environment, sdk, createPip(environment.python, surroundings));
}

async function fill(
  { options, facts, surroundings }: Installation,
  environment: SdkEnvironment,
  sdk: string,
  installer: Installer,
): Promise<Installed> {
  const { onStep } = options;
  const before = environment.readInstalled();
  const extras = extraNames.filter((each) => options.extras.includes(each) || before?.extras.includes(each));
  const onlyAdds = before !== undefined && before.extras.includes('tests') === extras.includes('tests');
  const made = onlyAdds ? before : await fillWithSdk();
  const write = async (has: readonly Extra[]): Promise<Installed> => {
    const { packages } = await readPythonFacts(environment.python, surroundings);
    const installed = { ...made, extras: has, packages: withoutTools(packages) };
    environment.writeInstalled(installed);
    return installed;
  };
  const extra = extras.filter((each) => extraPackages[each].length > 0);
  // The SDK is there, whatever becomes of the rest.
  const installed = onlyAdds ? before : await write(extras.filter((each) => !extra.includes(each)));
  if (extra.every((each) => installed.extras.includes(each))) return installed;
  await addExtras(extra, installer, onStep);
  return write(extras);

  async function fillWithSdk(): Promise<Omit<Installed, 'extras' | 'packages'>> {
    onStep(`installing the SDK ${sdk}`);
    const wheel = await installer.run(['install', '--no-deps', '--only-binary', ':all:', `${sdkName}==${sdk}`]);
    if (wheel.exitCode !== 0) throw installer.failure(wheel.lines, (reason) => uninstallable(sdk, reason));
    const { requirements } = await readPythonFacts(environment.python, surroundings);
    const pins = readPins(requirements ?? []);
    const { warnings, released } = await installPackages({
      environment,
      installer,
      sdk,
      pins,
      withTests: extras.includes('tests'),
      released: before?.released ?? {},
      surroundings,
      onStep,
    });
    warnings.push(...(await installLdap(environment, pins.get('python-ldap'), installer)));
    return { sdk, python: facts.version, base: facts.base, released, warnings };
  }
}

/**
 * Installs the packages of the plugin itself, as wheels, as `pack` does. An installation that has them does nothing.
 * @throws PluginHostError DEPENDENCIES_UNINSTALLABLE, INDEX_UNREACHABLE
 */
export async function addRequirements(
  { options: { requirements, onStep }, uv, surroundings }: Installation,
  environment: SdkEnvironment,
  installed: Installed,
): Promise<Installed> {
  if (requirements === undefined) return installed;
  const { source, text, isLocked } = requirements;
  const copy = path.join(environment.folder, 'requirements.txt');
  if (requirements.file === null) writeFileSync(copy, text);
  onStep(`installing what ${source} names`);
  const file = requirements.file ?? copy;
  const args = ['install', '--only-binary', ':all:', ...(isLocked ? ['--no-deps'] : []), '--requirement', file];
  const install = async (installer: Installer): Promise<void> => {
    const { exitCode, lines } = await installer.run(args);
    if (exitCode === 0) return;
    throw installer.failure(lines, (reason) => {
      const hint = 'Name versions that have a wheel for this Python, or another interpreter with --python.';
      return new PluginHostError('DEPENDENCIES_UNINSTALLABLE', `${source}: ${reason}`, { hint });
    });
  };
  try {
    await install(
      uv === undefined ? createPip(environment.python, surroundings) : createUv(environment.python, uv, surroundings),
    );
  } catch (error) {
    if (!(error instanceof UvFailed)) throw error;
    onStep(`uv does not do it: ${error.message}; with pip then`);
    await install(createPip(environment.python, surroundings));
  }
  const { packages } = await readPythonFacts(environment.python, surroundings);
  const complete = { ...installed, packages: withoutTools(packages), requirements: source };
  environment.writeInstalled(complete);
  return complete;
}

async function addExtras(
  extras: readonly Extra[],
  installer: Installer,
  onStep: (text: string) => void,
): Promise<void> {
  const packages = extras.flatMap((each) => extraPackages[each]);
  if (packages.length === 0) return;
  onStep(`installing ${packages.join(', ')}`);
  const { exitCode, lines } = await installer.run(['install', '--only-binary', ':all:', ...packages]);
  if (exitCode === 0) return;
  throw installer.failure(
    lines,
    (reason) =>
      new PluginHostError('SDK_UNINSTALLABLE', `${packages.join(', ')} cannot be installed on this Python: ${reason}`, {
        hint: 'The SDK itself is there. Try another interpreter with --python.',
      }),
  );
}

function withoutTools(packages: Record<string, string>): Record<string, string> {
  const tools = new Set(['pip', 'setuptools', 'wheel']);
  const entries = Object.entries(packages).filter(([name]) => !tools.has(name));
  return Object.fromEntries(entries.sort(([a], [b]) => a.toLowerCase().localeCompare(b.toLowerCase())));
}
