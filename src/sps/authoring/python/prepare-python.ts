import { realpathSync } from 'node:fs';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { sharedEnvironments } from '../../../project/find-installed-python.ts';
import { findPythonVersion } from '../../../project/find-python-version.ts';
import { sdkOfEnvironment } from '../../invocation/sdk-of-environment.ts';
import { usersOf } from './choose-environment.ts';
import { installSdk } from './install-sdk.ts';
import type { InstallOptions } from './installation.ts';
import { listEnvironments, type SdkEnvironment } from './sdk-environment.ts';

export interface PythonRequest extends Omit<InstallOptions, 'isChosen' | 'base' | 'requirements'> {
  /** A version, a path or a name on PATH; undefined: `python3`. */
  python: string | undefined;
  /** What plugins run on otherwise: without a release of the SDK, the one that it has is meant, if it has one. */
  otherwise: string;
}

/**
 * The interpreter for a release of the SDK and a Python, installed where the user does not have it yet; the plugins of the state folder run on what they ran on.
 * @throws PluginHostError PYTHON_NOT_FOUND, and as `installSdk`
 */
export async function preparePython(request: PythonRequest): Promise<string> {
  const { python = 'python3', otherwise, hostEnvironment, currentFolder, stateDir } = request;
  const base = findPythonVersion(python, hostEnvironment, currentFolder);
  if (base === undefined) {
    throw new PluginHostError('PYTHON_NOT_FOUND', `Python ${python} was not found on PATH, in pyenv or by uv`, {
      hint: 'Install it (`uv python install`, `pyenv install`, or the package of the system), or give its path.',
    });
  }
  const sdk = request.sdk ?? sdkOfEnvironment(otherwise);
  if (sdk === undefined) return base;
  const ready = findReady(sdk, base, request);
  if (ready !== undefined && usersOf(ready).includes(stateDir)) return ready.python;
  const { environment } = await installSdk({ ...request, sdk, base, isChosen: false });
  return environment.python;
}

/** One that is complete, without starting anything. */
function findReady(
  sdk: string,
  base: string,
  { hostEnvironment, extras }: Pick<PythonRequest, 'hostEnvironment' | 'extras'>,
): SdkEnvironment | undefined {
  const root = sharedEnvironments(hostEnvironment);
  const file = realpathSync(base);
  return root === undefined
    ? undefined
    : listEnvironments(root).find((each) => {
        const installed = each.readInstalled();
        const isWanted = installed?.sdk === sdk && installed.base === file && installed.requirements === undefined;
        return isWanted && extras.every((extra) => installed.extras.includes(extra));
      });
}
