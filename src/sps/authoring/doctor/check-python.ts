import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { optionsOfEnvironment } from '../../invocation/sdk-of-environment.ts';
import { isSupported, type PythonFacts, readPythonFacts, sdkName, type Surroundings } from '../python/python-facts.ts';
import { type Check, missing, missingRequired, ok, warning } from './check.ts';

const debianLine = 'Debian, Ubuntu: apt install python3 python3-venv';

/** The interpreter of Python plugins, and what it has. @param python Undefined when there is none. @param needsSdk Whether the plugin at hand does, if there is one. */
export async function checkPython(
  name: string,
  python: string | undefined,
  needsSdk: boolean | undefined,
  surroundings: Surroundings,
): Promise<Check[]> {
  const remedy = `Install Python 3.8 or newer (${debianLine}), or name one with --python or \`python:\` in plugin-host.yaml.`;
  if (python === undefined) return [missingRequired('Python', `${name} was not found`, remedy)];
  try {
    const facts = await readPythonFacts(python, surroundings);
    if (!isSupported(facts.version)) {
      return [missingRequired('Python', `${facts.version}, ${python}; 3.8 or newer is needed`, remedy)];
    }
    return [
      ok('Python', `${facts.version}, ${python}`),
      checkSdk(facts, needsSdk),
      facts.hasVenv
        ? ok('venv', '`plugin-host python install` can make environments with it')
        : missing('venv', 'this Python lacks venv or ensurepip, which `plugin-host python install` needs', debianLine),
      facts.hasSsl
        ? ok('ssl', 'there')
        : missing(
            'ssl',
            'this Python has no ssl: nothing can be fetched over https',
            'Use a Python that was built with OpenSSL.',
          ),
      facts.hasSqlite
        ? ok('sqlite3', 'for the embedded memory cache')
        : warning(
            'sqlite3',
            'missing in this Python; the embedded memory cache needs it',
            'Use another Python, or `memoryCache: redis://…`.',
          ),
      facts.hasDebugpy
        ? ok('debugpy', 'for --debug')
        : warning('debugpy', 'not installed; only a debugger needs it', installDebugger(facts)),
    ];
  } catch (error) {
    if (!(error instanceof PluginHostError) || error.code === 'INTERRUPTED') throw error;
    return [missingRequired('Python', error.message, error.hint)];
  }
}

function installDebugger({ executable }: PythonFacts): string {
  const options = optionsOfEnvironment(executable);
  return options === undefined
    ? `${executable} -m pip install debugpy`
    : `plugin-host python install ${options} --with-debugger`;
}

function checkSdk({ packages }: PythonFacts, isNeeded: boolean | undefined): Check {
  const [, version] =
    Object.entries(packages).find(([each]) => each.toLowerCase().replaceAll('_', '-') === sdkName) ?? [];
  if (version !== undefined) return ok('SDK', version);
  const install = 'plugin-host python install';
  if (isNeeded === undefined) return missing('SDK', "not in this Python; plugins on the vendor's SDK need it", install);
  return isNeeded
    ? missingRequired('SDK', 'not in this Python, and this plugin imports it', install)
    : ok('SDK', 'not in this Python; this plugin does not import it');
}
