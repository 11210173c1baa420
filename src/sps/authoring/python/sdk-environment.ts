import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareVersions } from '../../manifest/compare-versions.ts';
import type { Extra } from './extra.ts';
import { minorOf, type PythonFacts } from './python-facts.ts';

/** An environment that is complete. */
export interface Installed {
  sdk: string;
  /** Such as 3.11.2. */
  python: string;
  /** The interpreter that it was made with. */
  base: string;
  extras: readonly Extra[];
  packages: Record<string, string>;
  /** Why packages differ from what the SDK pins, by name. */
  released: Record<string, string>;
  warnings: string[];
  /** The file whose packages it has besides; absent in one for all folders. */
  requirements?: string;
}

/** A virtual environment with one release of the SDK on one Python. It is made where it stays: the programs in it name their interpreter by its path. */
export class SdkEnvironment {
  readonly folder: string;
  readonly python: string;

  constructor(folder: string) {
    this.folder = folder;
    this.python = path.join(folder, 'bin/python');
  }

  /** @param root Folder of environments, see `sharedEnvironments` @param requirements Text of the requirements that it has besides */
  static of(
    root: string,
    sdk: string,
    { version, base }: Pick<PythonFacts, 'version' | 'base'>,
    requirements?: string,
  ): SdkEnvironment {
    const own = requirements === undefined ? '' : `-r${digestOf(requirements)}`;
    return new SdkEnvironment(path.join(root, `sdk-${sdk}${endOfName(version, base)}${own}`));
  }

  /** Held while it is made or removed. */
  get lock(): string {
    return `${this.folder}.lock.db`;
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

  /** The virtual environment itself, without packages, is complete, and this tool has made it. */
  isMadeBy(tool: string): boolean {
    return (
      existsSync(this.python) && existsSync(this.#madeMarker) && readFileSync(this.#madeMarker, 'utf8').trim() === tool
    );
  }

  setMadeBy(tool: string): void {
    writeFileSync(this.#madeMarker, `${tool}\n`);
  }

  get #madeMarker(): string {
    return path.join(this.folder, 'made');
  }

  /** Removes what a killed pip left, so that the next one does not think that it is installed: a package's RECORD is written last. */
  repair(): void {
    const packages = this.#sitePackages();
    for (const name of existsSync(packages) ? readdirSync(packages) : []) {
      const isUnfinished = name.endsWith('.dist-info') && !existsSync(path.join(packages, name, 'RECORD'));
      if (isUnfinished || name.startsWith('~')) rmSync(path.join(packages, name), { recursive: true, force: true });
    }
  }

  #sitePackages(): string {
    const library = path.join(this.folder, 'lib');
    const [python = 'python'] = readdirSync(library).filter((name) => name.startsWith('python'));
    return path.join(library, python, 'site-packages');
  }

  /** A module `ldap` that can be imported and says what is missing when it is used. */
  putLdapStandIn(): void {
    copyFileSync(
      fileURLToPath(new URL('ldap-stand-in.py', import.meta.url)),
      path.join(this.#sitePackages(), 'ldap.py'),
    );
  }

  removeLdapStandIn(): void {
    rmSync(path.join(this.#sitePackages(), 'ldap.py'), { force: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `-py3.11-1a2b3c4d`: two interpreters of one version have an environment each, so that none takes that of the other away. */
function endOfName(version: string, base: string): string {
  return `-py${minorOf(version)}-${digestOf(base)}`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

const environmentName = /^sdk-[^/]+-py[\d.]+-[0-9a-f]{8}(-r[0-9a-f]{8})?$/;

/** The environments with the SDK in a folder of environments, complete or not, in the order of their names. */
export function listEnvironments(root: string): SdkEnvironment[] {
  const entries = existsSync(root) ? readdirSync(root, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => entry.isDirectory() && environmentName.test(entry.name))
    .map(({ name }) => new SdkEnvironment(path.join(root, name)))
    .sort((a, b) => a.folder.localeCompare(b.folder));
}

/** Releases of the SDK that are installed for a Python, the newest last. */
export function listInstalled(root: string, python: Pick<PythonFacts, 'version' | 'base'>): string[] {
  return listEnvironments(root)
    .filter(({ folder }) => folder.endsWith(endOfName(python.version, python.base)))
    .flatMap((each) => each.readInstalled()?.sdk ?? [])
    .sort(compareVersions);
}
