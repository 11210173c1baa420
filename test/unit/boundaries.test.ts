import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { childSide, entries, importsOf, modules, textOf } from './source-files.ts';

/**
 * What the files of a folder may import, types included, besides those of their own folder. A folder stands below all that
 * name it, so the table is also the drawing of the house: `docs/architecture.md` says what is in each.
 */
const mayImport: Record<string, string> = {
  // What everybody stands on.
  base: '',
  diagnostics: '',
  secrets: 'base',
  documents: 'base',
  pyyaml: 'base',
  'process/output': '',
  'process/folders': '',
  state: 'base process/folders',
  'state/redis': 'base state',
  process: 'base diagnostics process/folders process/output',
  'process/warm': 'process process/folders process/output',
  project: 'base diagnostics documents state process',
  testing: 'base documents secrets',
  'testing/updating': 'base documents testing',
  'testing/reporters': 'base testing',
  timeline: 'base',
  loopback: 'base',
  templates: 'base',
  // Simulated servers.
  crypt: '',
  certificates: '',
  posix: '',
  'targets/matching': 'base',
  'targets/description': 'base documents crypt targets/matching',
  'targets/serving': '',
  'targets/http': 'base certificates targets/description targets/matching targets/serving',
  'targets/terminal': 'base posix targets/description targets/matching targets/serving',
  'targets/ssh': 'base documents targets/description targets/matching targets/serving targets/terminal',
  'targets/telnet': 'base targets/description targets/matching targets/serving targets/terminal',
  'targets/running':
    'base documents targets/description targets/matching targets/serving targets/http targets/terminal targets/ssh targets/telnet',
  // Plugins of SPS.
  'targets/radius': 'targets/description targets/matching targets/serving',
  'targets/recording': 'base secrets targets/description targets/matching targets/http targets/ssh targets/serving',
  'targets/backends':
    'base documents targets/description targets/matching targets/serving targets/http targets/radius targets/running',
  'sps/manifest': 'base documents pyyaml',
  'sps/package': 'base state project sps/manifest',
  'sps/surroundings': 'base documents secrets state project targets/backends',
  'sps/plugin': 'base secrets sps/manifest sps/package',
  'sps/shim': '',
  'sps/stacks': 'process sps/plugin',
  'sps/invocation': 'base diagnostics process process/output process/warm sps/plugin sps/shim sps/stacks',
  'sps/check': 'base sps/manifest sps/package sps/plugin sps/stacks sps/invocation',
  'sps/outcome': 'base process sps/plugin sps/stacks sps/invocation sps/check',
  'sps/backends':
    'base targets/description targets/matching targets/http targets/running targets/backends sps/plugin sps/invocation targets/recording',
  'sps/services':
    'base process/folders state sps/surroundings sps/plugin sps/invocation sps/check sps/outcome sps/backends',
  'sps/call':
    'base process process/output secrets state project sps/manifest sps/surroundings sps/plugin sps/stacks sps/invocation sps/outcome sps/backends sps/services targets/backends',
  'sps/store': 'base documents process/output secrets state sps/plugin sps/call',
  'sps/stores': 'base state state/redis sps/call sps/store',
  'sps/recording': 'base state sps/call sps/store sps/stores',
  'sps/session':
    'base documents state targets/matching targets/backends sps/package sps/surroundings sps/plugin sps/invocation sps/outcome sps/backends sps/call sps/store sps/stores sps/recording',
  'sps/replay': 'base secrets state sps/plugin sps/policies/using sps/call sps/store sps/stores sps/session',
  'sps/flow': 'base process/output sps/plugin sps/outcome sps/call sps/store sps/session',
  'sps/simulation/policy': 'base sps/plugin sps/session sps/flow sps/policies/using',
  'sps/simulation':
    'base documents process/folders state testing targets/matching targets/backends sps/surroundings sps/package sps/plugin sps/outcome sps/backends sps/services sps/call sps/store sps/recording sps/session sps/flow sps/policies sps/policies/using sps/simulation/policy',
  'sps/simulation/chaos':
    'base process/folders sps/plugin sps/outcome sps/services sps/call sps/session sps/flow sps/simulation',
  'sps/coverage': 'base documents process process/folders testing sps/plugin sps/invocation sps/authoring/pack',
  'sps/testing':
    'base documents process/folders project secrets state testing testing/updating targets/description targets/matching targets/backends sps/surroundings sps/backends sps/manifest sps/plugin sps/outcome sps/call sps/store sps/recording sps/session sps/simulation sps/simulation/policy sps/policies/using sps/coverage',
  'sps/authoring/init': 'base templates sps/plugin',
  'sps/authoring/python': 'base process state project sps/manifest sps/invocation',
  'sps/authoring/clean': 'project state sps/store sps/authoring/python',
  'sps/authoring/doctor': 'base process project state sps/invocation sps/call sps/authoring/python',
  'sps/authoring/pack':
    'base documents process/folders state sps/manifest sps/package sps/plugin sps/invocation sps/check sps/authoring/python',
  // The configuration of SPS, and its API.
  'sps/policies/bodies': 'base',
  'sps/policies': 'base sps/plugin sps/policies/bodies',
  'sps/policies/storage': 'base state sps/policies',
  'sps/policies/links': 'base sps/policies/bodies sps/policies',
  'sps/policies/using':
    'base state sps/package sps/plugin sps/surroundings sps/policies/bodies sps/policies sps/policies/links sps/policies/storage',
  'sps/policies/packages': 'base process/folders sps/manifest sps/package sps/policies',
  'rest/access': 'base sps/policies',
  rest: 'base rest/access sps/manifest sps/policies/bodies sps/policies sps/policies/links sps/policies/packages',
  'rest/settings': 'documents project rest/access sps/policies/links',
  'rest/server':
    'base certificates documents loopback state sps/manifest sps/package sps/surroundings sps/policies sps/policies/storage sps/policies/links rest rest/access',
  // Plugins of Bravura.
  'kvgroup/format': 'base',
  'kvgroup/reading': 'base kvgroup/format',
  'kvgroup/points': 'base',
  'kvgroup/fixtures': 'base documents kvgroup/format kvgroup/points',
  'kvgroup/validation': 'base kvgroup/format kvgroup/reading kvgroup/points',
  'kvgroup/program': 'base process',
  'kvgroup/running':
    'base documents process secrets kvgroup/program kvgroup/format kvgroup/reading kvgroup/points kvgroup/fixtures kvgroup/validation',
  'kvgroup/settings': 'project documents',
  'kvgroup/authoring': 'base templates',
  'kvgroup/testing':
    'base documents process secrets testing kvgroup/format kvgroup/points kvgroup/program kvgroup/running',
  // Custom platform scripts of SPP.
  'platform/values': '',
  'platform/conversion': 'platform/values',
  'platform/text': 'platform/values',
  'platform/regex/parsing': 'platform/values',
  'platform/regex': 'platform/values platform/regex/parsing',
  'platform/members': 'platform/values platform/conversion platform/text platform/regex',
  'platform/members/statics':
    'platform/values platform/conversion platform/text platform/regex platform/regex/parsing platform/members',
  'platform/expression': 'platform/values platform/conversion platform/members platform/members/statics',
  'platform/tables': 'base',
  'platform/script': 'base platform/tables',
  'platform/schema': 'platform/tables',
  'platform/analysis': 'base platform/tables platform/script platform/expression',
  'platform/check':
    'base platform/expression platform/regex platform/regex/parsing platform/tables platform/script platform/analysis',
  'platform/network': 'crypt loopback',
  'platform/authoring': 'base templates',
  'platform/settings': 'base documents project platform/network',
  'platform/engine':
    'base secrets platform/values platform/conversion platform/members platform/expression platform/tables platform/script platform/network',
  'platform/flow':
    'platform/values platform/conversion platform/regex/parsing platform/regex platform/members platform/expression platform/script platform/engine',
  'platform/stepping':
    'base platform/values platform/conversion platform/tables platform/expression platform/script platform/analysis platform/engine',
  'platform/hashes': 'crypt',
  'platform/libraries': 'platform/script',
  'platform/http':
    'loopback platform/values platform/conversion platform/members platform/script platform/network platform/engine',
  'platform/terminal':
    'crypt posix platform/values platform/conversion platform/regex/parsing platform/regex platform/members platform/network platform/engine',
  'platform/verbs':
    'platform/values platform/conversion platform/members platform/tables platform/script platform/engine platform/hashes crypt',
  'platform/run':
    'base crypt process documents platform/values platform/conversion platform/tables platform/script platform/check platform/network platform/engine platform/flow platform/libraries platform/http platform/terminal platform/verbs',
  'platform/testing':
    'base documents secrets testing testing/reporters testing/updating targets/description targets/matching targets/running platform/script platform/tables platform/engine platform/run',
  'platform/recording/observing': 'targets/recording platform/network',
  'platform/recording/secrets':
    'base secrets targets/recording platform/values platform/conversion platform/hashes platform/run platform/recording/observing',
  'platform/recording/describing':
    'base targets/description targets/matching targets/http targets/recording platform/network platform/run platform/recording/observing platform/recording/secrets',
  'platform/recording':
    'base crypt targets/description targets/recording platform/conversion platform/script platform/terminal platform/run platform/recording/observing platform/recording/secrets platform/recording/describing',
  // The inspector.
  'inspector/filter': 'base',
  'inspector/sessions': 'base sps/plugin sps/recording sps/store inspector/filter',
  'inspector/api': 'base sps/plugin sps/call sps/store sps/replay inspector/filter inspector/sessions',
  'inspector/copying': 'base',
  'inspector/settings': 'documents project',
  'inspector/serving':
    'base loopback project sps/stores sps/recording sps/store sps/surroundings inspector/sessions inspector/api',
  'inspector/page/state': 'inspector/filter inspector/api',
  'inspector/page/parts': 'base inspector/copying inspector/page/state',
  'inspector/page/details': 'base inspector/page/state inspector/page/parts',
  'inspector/page': 'base timeline inspector/filter inspector/page/state inspector/page/parts inspector/page/details',
  // The gateway.
  'gateway/algorithms': '',
  'gateway/casting': 'documents secrets',
  'gateway/channels': 'loopback secrets',
  'gateway/destination': 'base loopback sps/policies sps/flow',
  'gateway/events': 'base secrets sps/plugin sps/flow gateway/destination gateway/channels',
  'gateway/client': 'base crypt documents loopback state targets/ssh gateway/algorithms',
  'gateway/target':
    'base crypt documents state sps/policies sps/store sps/flow gateway/algorithms gateway/destination gateway/events',
  'gateway/settings': 'base documents project',
  'gateway/running':
    'base documents loopback state sps/plugin sps/call sps/store sps/stores sps/replay sps/recording sps/session sps/flow sps/backends sps/policies/using sps/check sps/services sps/simulation sps/simulation/policy gateway/casting gateway/channels gateway/destination gateway/events gateway/client gateway/target',
  // The API and the page of one state folder.
  serve: 'process/folders rest/server inspector/serving',
  // What editors are told.
  'lsp/documents': 'base',
  'lsp/hooks': 'sps/plugin lsp/documents',
  'lsp/problems':
    'base documents project gateway/settings inspector/settings rest/settings sps/manifest sps/plugin sps/simulation sps/surroundings sps/testing platform/check platform/settings platform/testing kvgroup/points kvgroup/reading kvgroup/running kvgroup/testing kvgroup/validation lsp/documents lsp/hooks',
  'lsp/sources': 'sps/plugin lsp/documents lsp/hooks',
  'lsp/completion':
    'platform/script platform/tables sps/manifest sps/plugin kvgroup/testing lsp/documents lsp/hooks lsp/sources',
  'lsp/server': 'base documents process/folders lsp/documents lsp/problems lsp/completion',
  // The command line.
  'cli/terminal': 'base diagnostics documents',
  'cli/command': 'base documents testing testing/reporters cli/terminal cli/reporting',
  'cli/reporting': 'base documents testing testing/reporters cli/terminal',
  'cli/sps/render':
    'base process/output testing sps/plugin sps/invocation sps/check sps/outcome sps/call sps/store sps/flow sps/simulation timeline templates cli/terminal cli/reporting',
  'cli/sps/commands': 'sps/plugin cli/command',
  'cli/sps': 'any',
  'cli/sps/ahead': 'project state sps/package sps/invocation sps/services',
  'cli/sps/recording': 'sps/backends sps/call cli/command cli/terminal',
  'cli/sps/session': 'any',
  'cli/kvgroup/commands': 'cli/command',
  'cli/kvgroup': 'any',
  'cli/platform': 'any',
  'cli/platform/commands': 'cli/command',
  'cli/inspector': 'any',
  'cli/serve': 'any',
  'cli/gateway': 'any',
  'cli/gateway/commands': 'cli/command cli/sps/commands',
  'cli/serve/commands': 'process cli/command cli/sps/commands',
  'cli/lsp': 'any',
  'cli/completion': 'any',
  cli: 'any',
};

/** What stands below all systems: each of them may import it. */
const common =
  'base diagnostics secrets crypt posix documents pyyaml state process process/folders process/output process/warm project templates testing testing/reporters timeline loopback';

/**
 * The systems to come, and what their folders may import once they are there. A system does not know another one; what extends SPS
 * names the rooms of it that it stands on.
 */
const planned: Record<string, string> = {
  targets: 'base documents secrets posix',
  platform: `${common} targets`,
};

const folderOf = (file: string): string => path.dirname(file);

/** What a folder may import, or undefined when it is an edge, which knows everything but the edges of other systems. */
function allowedOf(folder: string): string[] | undefined {
  const allowed = mayImport[folder];
  return allowed === 'any' ? undefined : (allowed ?? '').split(' ');
}

describe('the folders of src', () => {
  test('are in the table, and none in the table is gone', () => {
    const folders = new Set([...modules, ...childSide].map(folderOf).filter((folder) => folder !== '.'));
    expect([...folders].sort()).toEqual(Object.keys(mayImport).sort());
  });

  test.each(modules.filter((file) => !entries.includes(file)))('%s imports what its folder may', (file) => {
    const folder = folderOf(file);
    const forbidden = importsOf(file).filter((imported) => {
      const other = folderOf(imported);
      if (entries.includes(imported)) return true;
      return other !== folder && allowedOf(folder)?.includes(other) === false;
    });
    expect(forbidden).toEqual([]);
  });

  test.each(modules.filter((file) => !file.startsWith('cli/')))('%s knows nothing of the command line', (file) => {
    expect(importsOf(file).filter((imported) => imported.startsWith('cli/'))).toEqual([]);
  });

  test.each(modules.filter((file) => /^cli\/(?:sps|kvgroup)\//.test(file)))(
    '%s knows no command of another system',
    (file) => {
      const own = file.split('/').slice(0, 2).join('/');
      const commands = importsOf(file).filter((imported) => /^cli\/(?:sps|kvgroup)\//.test(imported));
      expect(commands.filter((imported) => !imported.startsWith(`${own}/`))).toEqual([]);
    },
  );

  test('of a system name nothing of another one', () => {
    const lines = Object.entries(mayImport).filter(([folder]) => /^(?:sps|kvgroup)\//.test(folder));
    const foreign = lines.filter(([folder, allowed]) =>
      allowed
        .split(' ')
        .some((other) => /^(?:sps|kvgroup)\//.test(other) && other.split('/')[0] !== folder.split('/')[0]),
    );
    expect(foreign).toEqual([]);
  });

  test('are not both there and planned', () => {
    expect(Object.keys(planned).filter((folder) => folder in mayImport)).toEqual([]);
  });

  test('hold no circle of files, types included', () => {
    expect(findCircles(modules, importsOf)).toEqual([]);
  });

  test('stand above all that they may import', () => {
    const table = { ...mayImport, ...planned };
    const folders = Object.keys(table).filter((folder) => table[folder] !== 'any');
    expect(findCircles(folders, (folder) => (table[folder] ?? '').split(' '))).toEqual([]);
  });

  test('hold about twenty files at most', () => {
    const counts = new Map<string, number>();
    for (const file of [...modules, ...childSide]) counts.set(folderOf(file), (counts.get(folderOf(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 22)).toEqual([]);
  });

  test('hold no file of more than 250 lines', () => {
    const long = [...modules, ...childSide].filter((file) => textOf(file).split('\n').length > 251);
    expect(long).toEqual([]);
  });

  test('hold no file loose in src besides the public entries', () => {
    expect([...modules, ...childSide].filter((file) => folderOf(file) === '.').sort()).toEqual([...entries].sort());
  });

  test('hold no index file besides the public entry', () => {
    expect(modules.filter((file) => path.basename(file) === 'index.ts' && file !== 'index.ts')).toEqual([]);
  });
});

/** The groups that import each other, each as its members. */
function findCircles(nodes: readonly string[], next: (node: string) => string[]): string[][] {
  const order = new Map<string, { index: number; low: number }>();
  const open: string[] = [];
  const circles: string[][] = [];
  function visit(node: string): { index: number; low: number } {
    const own = { index: order.size, low: order.size };
    order.set(node, own);
    open.push(node);
    for (const other of next(node)) {
      if (!nodes.includes(other)) continue;
      const seen = order.get(other);
      if (seen === undefined) own.low = Math.min(own.low, visit(other).low);
      else if (open.includes(other)) own.low = Math.min(own.low, seen.index);
    }
    if (own.low === own.index) {
      const members = open.splice(open.indexOf(node));
      if (members.length > 1) circles.push(members.sort());
    }
    return own;
  }
  for (const node of nodes) if (!order.has(node)) visit(node);
  return circles;
}
