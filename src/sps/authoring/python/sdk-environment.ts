import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { currentEnvironment, environmentsFolder } from '../../../project/find-installed-python.ts';
import { compareVersions } from '../../manifest/compare-versions.ts';
import { minorOf } from './python-facts.ts';

/** An environment that is complete. */
export interface Installed {
  sdk: string;
  /** Such as 3.11.2. */
  python: string;
  /** The interpreter that it was made with. */
  base: string;
  withTests: boolean;
  packages: Record<string, string>;
  /** Why packages differ from what the SDK pins, by name. */
  released: Record<string, string>;
  warnings: string[];
}

/** A virtual environment under the state folder, with one release of the SDK. */
export class SdkEnvironment {
  readonly folder: string;
  readonly python: string;
  readonly #stateDir: string;
  readonly #minor: string;

  constructor(stateDir: string, sdk: string, pythonVersion: string) {
    this.#stateDir = stateDir;
    this.#minor = minorOf(pythonVersion);
    this.folder = path.join(environmentsFolder(stateDir), `sdk-${sdk}-py${this.#minor}`);
    this.python = path.join(this.folder, 'bin/python');
  }

  /** Undefined when its installation is not complete. */
  readInstalled(): Installed | undefined {
    try {
      return JSON.parse(readFileSync(this.#marker, 'utf8')) as Installed;
    } catch {
      return undefined; // an interrupted installation counts as none
    }
  }

  /** Written last: if it exists, everything else does. */
  writeInstalled(installed: Installed): void {
    const unfinished = `${this.#marker}.new`;
    writeFileSync(unfinished, `${JSON.stringify(installed, undefined, 2)}\n`);
    renameSync(unfinished, this.#marker);
  }

  get #marker(): string {
    return path.join(this.folder, 'installed.json');
  }

  /** The virtual environment itself, without packages, is complete. */
  get isMade(): boolean {
    return existsSync(this.#madeMarker) && existsSync(this.python);
  }

  setMade(): void {
    writeFileSync(this.#madeMarker, '');
  }

  get #madeMarker(): string {
    return path.join(this.folder, 'made');
  }

  /** Removes what a killed pip left, so that the next one does not think that it is installed: a package's RECORD is written last. */
  repair(): void {
    const packages = this.#sitePackages;
    for (const name of existsSync(packages) ? readdirSync(packages) : []) {
      const isUnfinished = name.endsWith('.dist-info') && !existsSync(path.join(packages, name, 'RECORD'));
      if (isUnfinished || name.startsWith('~')) rmSync(path.join(packages, name), { recursive: true, force: true });
    }
  }

  get #sitePackages(): string {
    return path.join(this.folder, 'lib', `python${this.#minor}`, 'site-packages');
  }

  /** A module `ldap` that can be imported and says what is missing when it is used. */
  putLdapStandIn(): void {
    copyFileSync(fileURLToPath(new URL('ldap-stand-in.py', import.meta.url)), path.join(this.#sitePackages, 'ldap.py'));
  }

  removeLdapStandIn(): void {
    rmSync(path.join(this.#sitePackages, 'ldap.py'), { force: true });
  }

  /** From now on, plugins of this state folder run on it. */
  makeCurrent(): void {
    const link = currentEnvironment(this.#stateDir);
    const unfinished = `${link}.new`;
    rmSync(unfinished, { force: true });
    symlinkSync(path.basename(this.folder), unfinished);
    renameSync(unfinished, link);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Releases of the SDK that are installed for a Python, the newest last. */
export function listInstalled(stateDir: string, pythonVersion: string): string[] {
  const [before, after] = ['sdk-', `-py${minorOf(pythonVersion)}`];
  return readdirSync(environmentsFolder(stateDir))
    .filter((name) => name.startsWith(before) && name.endsWith(after))
    .map((name) => name.slice(before.length, -after.length))
    .filter((sdk) => new SdkEnvironment(stateDir, sdk, pythonVersion).readInstalled() !== undefined)
    .sort(compareVersions);
}
