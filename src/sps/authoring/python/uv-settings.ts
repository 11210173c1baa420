import { findOnPath } from '../../../process/find-on-path.ts';
import { runCommand } from '../../../process/run-command.ts';
import type { PythonFacts, Surroundings } from './python-facts.ts';

/** How uv is run, so that it asks the same indexes as pip would. */
export interface UvSettings {
  uv: string;
  /** Of `uv pip install`. */
  options: readonly string[];
  env: Readonly<Record<string, string>>;
}

type Variables = Readonly<Record<string, string>>;

/** What uv calls the settings of pip that it has too. Source: docs.astral.sh/uv, "Environment variables" and "Compatibility with pip". */
const translations: Readonly<Record<string, string>> = {
  PIP_INDEX_URL: 'UV_DEFAULT_INDEX',
  PIP_EXTRA_INDEX_URL: 'UV_INDEX',
  PIP_FIND_LINKS: 'UV_FIND_LINKS',
  PIP_TRUSTED_HOST: 'UV_INSECURE_HOST',
  PIP_CONSTRAINT: 'UV_CONSTRAINT',
  PIP_DEFAULT_TIMEOUT: 'UV_HTTP_TIMEOUT',
  PIP_TIMEOUT: 'UV_HTTP_TIMEOUT',
  PIP_RETRIES: 'UV_HTTP_RETRIES',
  PIP_CERT: 'SSL_CERT_FILE',
  PIP_PROXY: 'ALL_PROXY',
};

/** Undefined where there is no uv. What pip was configured with counts unless uv was told otherwise. */
export async function findUv(facts: PythonFacts, surroundings: Surroundings): Promise<UvSettings | undefined> {
  const uv = findOnPath('uv', surroundings.env['PATH']);
  if (uv === undefined) return undefined;
  const ofPip = facts.hasPip ? await readPipSettings(facts.executable, surroundings) : surroundings.env;
  return { uv, ...translateSettings(ofPip, surroundings.env) };
}

/** @param ofPip As variables; @param own Those that uv is run with */
export function translateSettings(ofPip: Variables, own: Variables): Omit<UvSettings, 'uv'> {
  const translated = Object.entries(translations).flatMap(([name, uvName]): [string, string][] => {
    const value = ofPip[name]?.trim();
    if (value === undefined || value === '') return [];
    return [[uvName, uvName === 'UV_FIND_LINKS' ? value.split(/\s+/).join(',') : value.replace(/\s+/g, ' ')]];
  });
  const hasIndexes = (ofPip['PIP_EXTRA_INDEX_URL'] ?? '') !== '';
  return {
    options: [
      ...(isSet(ofPip['PIP_NO_INDEX']) ? ['--no-index'] : []),
      // As pip chooses: the best of all indexes, not the best of the first that has the package.
      ...(hasIndexes && own['UV_INDEX_STRATEGY'] === undefined ? ['--index-strategy', 'unsafe-best-match'] : []),
      '--compile-bytecode',
    ],
    env: { UV_PYTHON_DOWNLOADS: 'never', UV_NO_PROGRESS: '1', ...Object.fromEntries(translated), ...own },
  };
}

function isSet(value: string | undefined): boolean {
  return /^(?:1|true|yes|on|y|t)$/i.test(value ?? '');
}

/** What pip reads of its files and of the environment, as variables. */
async function readPipSettings(python: string, surroundings: Surroundings): Promise<Variables> {
  const { lines } = await runCommand({ command: [python, '-m', 'pip', 'config', 'list'], ...surroundings });
  return { ...parsePipConfig(lines), ...surroundings.env };
}

/** `global.index-url='https://…'` → PIP_INDEX_URL; what is said of `install` counts more. */
export function parsePipConfig(lines: readonly string[]): Variables {
  const found = lines.flatMap((line): [section: string, name: string, value: string][] => {
    const [, section, name, written = ''] = /^(global|install)\.([\w-]+)=(.*)$/.exec(line) ?? [];
    if (section === undefined || name === undefined) return [];
    const value = written.replace(/^['"]/, '').replace(/['"]$/, ''); // as Python shows a text
    return [[section, `PIP_${name.toUpperCase().replaceAll('-', '_')}`, value.replaceAll(/\\[nrt]/g, ' ')]];
  });
  const ordered = [
    ...found.filter(([section]) => section === 'global'),
    ...found.filter(([section]) => section === 'install'),
  ];
  return Object.fromEntries(ordered.map(([, name, value]) => [name, value]));
}
