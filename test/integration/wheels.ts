import { execFileSync } from 'node:child_process';
import { makeFolder, python } from './fixture.ts';

export interface Wheel {
  name: string;
  version: string;
  /** As in metadata: `requests==1.0`. */
  requires?: string[];
  license?: string;
  /** Text by path. */
  files: Record<string, string>;
}

/** Python has the tool at hand; a wheel is a ZIP with three files about it. */
const program = `
import json, sys, zipfile
for wheel in json.loads(sys.argv[2]):
    name, version = wheel["name"].replace("-", "_"), wheel["version"]
    about = "%s-%s.dist-info/" % (name, version)
    requires = "".join("Requires-Dist: %s\\n" % each for each in wheel.get("requires", []))
    files = dict(wheel["files"])
    files[about + "METADATA"] = "Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\nLicense: %s\\n%s" % (
        wheel["name"], version, wheel.get("license", ""), requires)
    files[about + "WHEEL"] = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    files[about + "RECORD"] = "".join("%s,,\\n" % each for each in [*files, about + "RECORD"])
    with zipfile.ZipFile("%s/%s-%s-py3-none-any.whl" % (sys.argv[1], name, version), "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
`;

const sdkFiles = {
  'safeguard/sessions/plugin/__init__.py': 'import requests\n',
  'safeguard/sessions/plugin_impl/__init__.py': '',
  'safeguard/sessions/plugin_impl/box_config.py': 'import OpenSSL.SSL\n',
};

const sdk = (version: string, requires: string[], files: Record<string, string> = sdkFiles): Wheel => ({
  name: 'oneidentity-safeguard-sessions-plugin-sdk',
  version,
  requires,
  files,
});

const packages: Wheel[] = [
  { name: 'requests', version: '1.0', files: { 'requests.py': 'from collections import Mapping\n' } },
  { name: 'requests', version: '2.0', files: { 'requests.py': '' } },
  { name: 'requests', version: '2.1', files: { 'requests.py': '' } },
  { name: 'pyOpenSSL', version: '1.0', requires: ['cffi'], files: { 'OpenSSL/SSL.py': '', 'OpenSSL/crypto.py': '' } },
  { name: 'cffi', version: '1.1', files: { 'cffi.py': '' } },
];

/**
 * A folder of wheels that stand for the package index: of the SDK a release whose pins all work (3.1.0), one of which some have no wheel and some
 * do not work (2.1.0), one that works with nothing (1.1.0). The environment lets pip see only these.
 */
export function makeIndex(): NodeJS.ProcessEnv {
  const wheels = [
    sdk('3.1.0', ['requests==2.0', 'pyopenssl==1.0', 'cffi==1.1', 'python-ldap==3.4.4']),
    sdk('2.1.0', ['requests (==1.0)', 'pyopenssl (==1.0)', 'cffi (==1.0)']),
    sdk('1.1.0', ['requests==2.0', 'pyopenssl==1.0'], {
      ...sdkFiles,
      'safeguard/sessions/plugin/__init__.py': 'import imp_of_old\n',
    }),
    ...packages,
  ];
  return serveWheels(wheels).environment;
}

/** A folder of wheels, and an environment that lets pip see only these, with a cache of its own. */
export function serveWheels(wheels: readonly Wheel[]): { folder: string; environment: NodeJS.ProcessEnv } {
  const folder = makeFolder();
  execFileSync(python, ['-c', program, folder, JSON.stringify(wheels)]);
  return {
    folder,
    environment: { ...process.env, XDG_CACHE_HOME: makeFolder(), PIP_NO_INDEX: '1', PIP_FIND_LINKS: folder },
  };
}
