import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chooseState } from '../../project/choose-state.ts';
import { findProjectFile } from '../../project/find-project-file.ts';
import { findPluginHere } from '../../sps/package/find-plugin-here.ts';
import { argumentsOf, findHook, hooksByType, isPluginType, type PluginType } from '../../sps/plugin/find-hook.ts';
import type { StatePlace } from '../../state/state-place.ts';
import type { ValueKind } from '../command/completes.ts';
import type { FindValues, Found } from './propose.ts';
import type { Typed } from './read-typed.ts';
import type { scriptValues } from './script-values.ts';

type Finder = (typed: Typed, current: string) => Found | Promise<Found>;

/** What few lines need is loaded for them: a shell waits for the answer at a key press. */
const finders: Record<ValueKind, Finder> = {
  file: () => ({ paths: 'files' }),
  folder: () => ({ paths: 'folders' }),
  json: (_typed, current) => (current.startsWith('@') ? { paths: 'files', prefix: '@' } : {}),
  hook: (typed) => toFound(hooksOf(typed)),
  argument: (typed) => ({ ...toFound(listArguments(typed)), isOpen: true }),
  api: async () => toFound((await import('../../sps/manifest/profile-of.ts')).knownApis),
  release: () => toFound(releases),
  chaos: async (typed) => {
    const { disturbanceKinds } = await import('../../sps/simulation/chaos/disturbance.ts');
    return toFound([...disturbanceKinds.flatMap((kind) => hooksOf(typed).map((hook) => `${kind}@${hook}`)), 'all']);
  },
  reporter: async (_typed, current) => {
    const [name] = /^\w+=/.exec(current) ?? [];
    if (name !== undefined) return { paths: 'files', prefix: name };
    return toFound((await import('../../testing/reporters/create-reporter.ts')).reporterNames);
  },
  scenario: async () => {
    const { builtInScenarios } = await import('../../sps/simulation/built-in-scenarios.ts');
    const candidates = Object.entries(builtInScenarios).map(([word, { description }]) => ({
      word,
      about: description,
    }));
    return { candidates, paths: 'files' };
  },
  session: async (typed) => {
    const { isHiddenName } = await import('../../sps/recording/is-hidden-name.ts');
    return toFound((await listSessions(stateOf(typed))).filter((name) => !isHiddenName(name)));
  },
  policy: async (typed) => {
    const [{ readPolicies }, { listConnections }] = await Promise.all([
      import('../../sps/policies/storage/read-policies.ts'),
      import('../../sps/policies/using/choose-connection.ts'),
    ]);
    return toFound(readPolicies(stateOf(typed).stateDir, listConnections)?.map(({ name }) => name) ?? []);
  },
  committedPlugin: async (typed) => {
    const [{ readPolicies }, { listPlugins }] = await Promise.all([
      import('../../sps/policies/storage/read-policies.ts'),
      import('../../sps/policies/list-plugins.ts'),
    ]);
    return toFound(
      readPolicies(stateOf(typed).stateDir, listPlugins)?.map(({ type, name }) => `${type}/${name}`) ?? [],
    );
  },
  point: async () => {
    const { listPoints, renderSetting } = await import('../../kvgroup/points/find-point.ts');
    return { candidates: listPoints().map((point) => ({ word: point.id, about: renderSetting(point) })) };
  },
  verb: async () => {
    const [{ verbs }, { verbSummary }] = await Promise.all([
      import('../../platform/tables/verbs.ts'),
      import('../../platform/tables/verb-summary.ts'),
    ]);
    return { candidates: verbs.map(({ name }) => ({ word: name, about: verbSummary(name) })) };
  },
  operation: async (typed) => (await loadScriptValues()).operations(typed),
  parameter: async (typed) => (await loadScriptValues()).parameters(typed),
  secretParameter: async (typed, current) => (await loadScriptValues()).secrets(typed, current),
  sdk: async () => toFound((await import('../../sps/manifest/profile-of.ts')).knownSdks),
};

async function loadScriptValues(): Promise<typeof scriptValues> {
  return (await import('./script-values.ts')).scriptValues;
}

/** What cannot be found is not proposed: at a key press nobody reads why. */
export const findValues: FindValues = async (kind, typed, current) => {
  try {
    return await finders[kind](typed, current);
  } catch {
    return {};
  }
};

/** That the documents of the vendor name. */
const releases = ['9.0.0', '8.0.0', '7.5.1', '7.0.5', '6.9.0', '6.0.0'];

function toFound(words: readonly string[]): Found {
  return { candidates: words.map((word) => ({ word })) };
}

/** Of the plugin on the line, or here; of all types if there is none. */
function hooksOf(typed: Typed): string[] {
  const hooks = typesOf(typed).flatMap((type) => hooksByType[type].map(({ name }) => name));
  return [...new Set(hooks)];
}

function typesOf({ given }: Typed): readonly PluginType[] {
  const known = [
    ...(given.get('--type') ?? []),
    ...(given.get('--plugin') ?? [findPluginHere(process.cwd())]).map(readType),
  ].filter(isPluginType);
  return known.length > 0 ? known : (Object.keys(hooksByType) as PluginType[]);
}

/** As the MANIFEST says it in the usual way; a whole reader would take longer than the rest. */
function readType(folder: string): string {
  try {
    const manifest = readFileSync(path.join(folder, 'MANIFEST'), 'utf8');
    return /^type:\s*["']?(\w+)/m.exec(manifest)?.[1] ?? '';
  } catch {
    return '';
  }
}

function listArguments(typed: Typed): string[] {
  const name = typed.plain[0] ?? '';
  const api = typed.given.get('--api')?.[0] ?? '1.9';
  const hooks = typesOf(typed).flatMap((type) => findHook(type, name) ?? []);
  return [...new Set(hooks.flatMap((hook) => argumentsOf(hook, api).map((each) => `${each.name}=`)))];
}

function stateOf({ given }: Typed): StatePlace {
  const [plugin, hostConfig, stateDir] = ['--plugin', '--host-config', '--state'].map((flag) =>
    given.get(flag)?.at(-1),
  );
  const currentFolder = process.cwd();
  const { folder } = findProjectFile(plugin ?? findPluginHere(currentFolder), { hostConfig, currentFolder });
  return chooseState({ stateDir, environment: process.env, currentFolder }, folder);
}

async function listSessions(place: StatePlace): Promise<string[]> {
  if (place.stateUrl === undefined) {
    const { SessionFolder } = await import('../../sps/store/session-folder.ts');
    return new SessionFolder(place.stateDir).names();
  }
  const { openStore } = await import('../../sps/stores/open-store.ts');
  await using store = await openStore(place);
  return await store.names();
}
