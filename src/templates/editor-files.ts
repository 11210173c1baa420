import { attachEntry } from './attach-entry.ts';

/** What the files for an editor are about. */
export interface EditedThing {
  kind: 'python' | 'typescript' | 'platform';
  /** Of a plugin: what can be called. */
  hooks?: readonly string[];
  /** Of a platform script: its file. */
  script?: string;
}

/** How a folder reaches this program. */
export interface Reach {
  command: string;
  /** Address of a published schema, by its name without an ending. */
  schema: (name: string) => string;
}

const version = '2.0.0';

/**
 * Files for Visual Studio Code, as data, by their names: schemas for what is completed, tasks whose problems are shown at their lines, and an entry for
 * the debugger.
 */
export function editorFiles(thing: EditedThing, reach: Reach): Record<string, unknown> {
  const { kind } = thing;
  return {
    '.vscode/extensions.json': {
      recommendations: ['redhat.vscode-yaml', ...(kind === 'python' ? ['ms-python.debugpy'] : [])],
    },
    ...(kind === 'platform' ? {} : { '.vscode/launch.json': launchOf(kind) }),
    '.vscode/settings.json': kind === 'platform' ? platformSettings(thing, reach) : pluginSettings(reach),
    '.vscode/tasks.json': kind === 'platform' ? platformTasks(reach) : pluginTasks(thing, reach),
  };
}

function pluginSettings({ schema }: Reach): object {
  return {
    'yaml.schemas': {
      [schema('plugin-host')]: 'plugin-host.yaml',
      [schema('plugin-test')]: ['*.plugin-test.yaml', '*.plugin-test.yml'],
      [schema('scenario')]: ['*.scenario.yaml', '*.scenario.yml', 'scenarios/*.yaml'],
    },
    'files.associations': { MANIFEST: 'yaml' },
  };
}

/** A script must not name its schema. */
function platformSettings({ script }: EditedThing, { schema }: Reach): object {
  return {
    'json.schemas': [{ fileMatch: [script], url: schema('platform-script') }],
    'yaml.schemas': {
      [schema('plugin-host')]: 'plugin-host.yaml',
      [schema('platform-test')]: ['*.platform-test.yaml', '*.platform-test.yml'],
    },
  };
}

const waiting = 'plugin-host: call a hook, wait for the debugger';

function launchOf(kind: 'python' | 'typescript'): object {
  const attach = attachEntry(kind, kind === 'python' ? 5678 : 9229);
  return {
    version: '0.2.0',
    configurations: [
      { name: 'plugin-host: debug a hook', ...attach, preLaunchTask: waiting },
      { name: 'plugin-host: attach to a call that waits', ...attach },
    ],
  };
}

/** Of a place as `check` and `platform check` print it; paths are relative to the folder. */
const relative = { owner: 'plugin-host', source: 'plugin-host', fileLocation: ['relative', '${workspaceFolder}'] };

/** `error NAME_FORMAT  MANIFEST:1: …` */
export const checkPattern = {
  regexp: '^(error|warning|info) (\\w+)  (\\S[^:]*):(\\d+): (.*)$',
  severity: 1,
  code: 2,
  file: 3,
  line: 4,
  message: 5,
};

/** `FAILED  the right password is accepted  otp.plugin-test.yaml:18` */
export const failurePattern = { regexp: '^FAILED  (.+)  (\\S.*):(\\d+)$', message: 1, file: 2, line: 3 };

/** `otp.plugin-test.yaml:4:5: unknown key …`, the first behind its code. */
export const invalidPattern = {
  regexp: '^(?:[A-Z]+_INVALID  )?(\\S[^:]*):(\\d+):(\\d+): (?!error |warning |info )(.*)$',
  file: 1,
  line: 2,
  column: 3,
  message: 4,
};

/** `host.json:3:5: warning W02 …` */
export const scriptPattern = {
  regexp: '^(\\S[^:]*):(\\d+):(\\d+): (error|warning|info) (\\w+) (.*)$',
  file: 1,
  line: 2,
  column: 3,
  severity: 4,
  code: 5,
  message: 6,
};

function task(label: string, command: string, args: string[], patterns: object[], isTest = false): object {
  return {
    label,
    type: 'process',
    command,
    args,
    group: { kind: isTest ? 'test' : 'build', isDefault: true },
    problemMatcher: patterns.map((pattern) => ({ ...relative, severity: 'error', pattern })),
  };
}

function pluginTasks({ hooks = [] }: EditedThing, { command }: Reach): object {
  return {
    version,
    tasks: [
      task('plugin-host: check', command, ['check', '--strict'], [checkPattern]),
      task('plugin-host: test', command, ['test'], [failurePattern, invalidPattern], true),
      {
        label: waiting,
        type: 'process',
        command,
        args: ['invoke', '${input:hook}', '--debug'],
        isBackground: true,
        problemMatcher: {
          owner: 'plugin-host-debug',
          pattern: { regexp: '^(UNUSED):(\\d+):(.*)$', file: 1, line: 2, message: 3 }, // a background task must have one
          background: { activeOnStart: true, beginsPattern: '^ $', endsPattern: 'waits for a debugger' },
        },
      },
    ],
    inputs: [{ id: 'hook', type: 'pickString', description: 'The hook that is called', options: hooks }],
  };
}

function platformTasks({ command }: Reach): object {
  return {
    version,
    tasks: [
      task('plugin-host: platform check', command, ['platform', 'check', '--strict', '.'], [scriptPattern]),
      task('plugin-host: platform test', command, ['platform', 'test'], [failurePattern, invalidPattern], true),
    ],
  };
}
