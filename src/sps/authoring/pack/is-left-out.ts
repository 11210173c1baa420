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
  /\.swp$/,
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
];

interface LeftOutOptions {
  /** Absolute. */
  root: string;
  /** Never left out. */
  entryPoint: string;
  /** Absolute path of the ZIP that is written. */
  output: string;
}

/** What in a plugin's folder is not for the appliance. @param name Relative to the root, with `/` */
export function isLeftOut(name: string, entry: Dirent, { root, entryPoint, output }: LeftOutOptions): boolean {
  if (name === entryPoint) return false;
  const base = path.posix.basename(name);
  const file = path.join(root, name);
  return (
    anywhere.some((pattern) => pattern.test(base)) ||
    (base === name && inRoot.some((pattern) => pattern.test(base))) ||
    (base === name && toolFolder.test(base) && !existsSync(path.join(file, '__init__.py'))) ||
    file === output ||
    (entry.isDirectory() && isEnvironment(file))
  );
}

/** One of venv or virtualenv, or of conda. */
function isEnvironment(folder: string): boolean {
  return ['pyvenv.cfg', 'conda-meta'].some((name) => existsSync(path.join(folder, name)));
}
