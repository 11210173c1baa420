import { type Dirent, existsSync } from 'node:fs';
import path from 'node:path';

/** Wherever they are. `tests` as `pluginv` generates it: packages of that name are left out. Source: Plugin SDK 1.9.1, release task. */
const anywhere = [
  /^\./, // what tools keep: .git, .plugin-host, .venv, .idea, .pytest_cache, .env
  /^__pycache__$/,
  /^node_modules$/, // the parts that are needed are added separately
  /^tests$/,
  /^conftest\.py$/,
  /\.py[co]$/,
  /\.plugin-test\.ya?ml$/,
  /~$/,
  /\.(?:swp|bak|orig)$/,
  /^junit[\w.-]*\.xml$/, // reports of tests, which differ from run to run
  /^lcov\.info$/,
  /^Thumbs\.db$/,
];

/** Folders of tools by their usual names. A package of the plugin with the same name goes into the ZIP, as with `pluginv`. */
const toolFolder = /^(?:build|dist|venv|env|htmlcov|test)$/;

const inRoot = [
  /\.egg-info$/,
  /^Pipfile(?:\.lock)?$/,
  /^(?:requirements|constraints)[\w.-]*\.(?:txt|in)$/,
  /^(?:pyproject|pylock[\w.-]*)\.toml$/,
  /^(?:poetry|uv)\.lock$/,
  /^setup\.(?:py|cfg)$/,
  /^MANIFEST\.in$/,
  /^(?:tox|pytest)\.ini$/,
  /^(?:noxfile|test_\w+)\.py$/,
  /^[\w-]+\.test\.[cm]?[jt]s$/,
  /^(?:Makefile|Dockerfile|Jenkinsfile|azure-pipelines\.ya?ml)$/,
  /^plugin-host\.yaml$/, // belongs to the host, and may contain secrets
  /^default\.cfg\.plugin$/,
  /^(?:package-lock|npm-shrinkwrap|tsconfig[\w.-]*)\.json$/,
  /^(?:yarn\.lock|pnpm-lock\.yaml)$/,
  /\.zip$/i, // earlier packages
  /^plugin_host-[\w.+-]*\.whl$/, // what plugin-host is installed from
  /^plugin-host-[\w.+-]*\.tgz$/,
];

/** In the root of a plugin in Python: what `npm i -D` of plugin-host leaves. */
const ofOtherLanguage = 'package.json';

interface LeftOutOptions {
  /** Absolute. */
  root: string;
  /** Never left out. */
  entryPoint: string;
  /** Absolute path of the ZIP that is written. */
  output: string;
  /** Patterns of `--exclude`. */
  exclude?: readonly string[];
}

/** What in a plugin's folder is not for the appliance. @param name Relative to the root, with `/` */
export function isLeftOut(name: string, entry: Dirent, options: LeftOutOptions): boolean {
  const { root, entryPoint, output, exclude = [] } = options;
  if (name === entryPoint) return false;
  const base = path.posix.basename(name);
  const file = path.join(root, name);
  return (
    anywhere.some((pattern) => pattern.test(base)) ||
    (base === name && inRoot.some((pattern) => pattern.test(base))) ||
    (base === name && toolFolder.test(base) && !existsSync(path.join(file, '__init__.py'))) ||
    (name === ofOtherLanguage && entryPoint.endsWith('.py')) ||
    file === output ||
    isExcluded(name, exclude) ||
    (entry.isDirectory() && isEnvironment(file))
  );
}

/** One of venv or virtualenv, or of conda. */
function isEnvironment(folder: string): boolean {
  return ['pyvenv.cfg', 'conda-meta'].some((name) => existsSync(path.join(folder, name)));
}

/** As in .gitignore: a pattern without `/` fits a name wherever it is; one of a folder fits all that is in it. @param name May end in `/` */
export function isExcluded(name: string, patterns: readonly string[]): boolean {
  const plain = name.replace(/\/$/, '');
  return patterns.some((pattern) => {
    const isPath = pattern.replace(/\/$/, '').includes('/');
    const glob = pattern.replace(/^\.?\//, '').replace(/\/(?:\*\*)?$/, '');
    return path.posix.matchesGlob(isPath ? plain : path.posix.basename(plain), glob);
  });
}
