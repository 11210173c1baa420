import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../../src/index.ts';

/** What a hook does when it is called: gives something back, raises, ends its process, or sleeps. */
interface Action {
  return?: unknown;
  raise?: string;
  exit?: number;
  sleepMs?: number;
}

/** By hook; a list is used up in order, its last one stays. A hook that is not named does what lets everybody in. */
export type Script = Record<string, Action | Action[]>;

interface JournalCall {
  /** Its type. */
  plugin: string;
  hook: string;
  kwargs: JsonObject;
}

export interface ScriptedPlugins {
  plugins: string[];
  /** All calls that began, in order. */
  calls: () => JournalCall[];
  hooks: () => string[];
}

const program = `
import json, os, time
from pathlib import Path
here = Path(__file__).parent
class Plugin:
    def __init__(self, configuration):
        self.script = json.loads((here / "script.json").read_text())
    def act(self, hook, kwargs, default):
        with open(here.parent / "journal", "a") as journal:
            journal.write(json.dumps({"plugin": here.name, "hook": hook, "kwargs": kwargs}) + "\\n")
        cookie = dict(kwargs.get("cookie") or {})
        count = cookie.get(hook, 0)
        cookie[hook] = count + 1
        actions = self.script.get(hook, [])
        actions = actions if isinstance(actions, list) else [actions]
        action = actions[min(count, len(actions) - 1)] if actions else {}
        time.sleep(action.get("sleepMs", 0) / 1000)
        if "raise" in action:
            raise RuntimeError(action["raise"])
        if "exit" in action:
            os._exit(action["exit"])
        result = action.get("return", default)
        return dict({"cookie": cookie}, **result) if isinstance(result, dict) else result
`;
const hooks = {
  aa: { authenticate: '{"verdict": "ACCEPT"}', authorize: '{"verdict": "ACCEPT"}', session_ended: 'None' },
  credentialstore: {
    get_private_key_list: '{"private_keys": []}',
    get_password_list: '{"passwords": []}',
    authentication_completed: '{}',
    session_ended: 'None',
  },
};

/** Plugins of both types in a folder, which do what they are told and note each call. */
export function writePlugins(folder: string, script: Script, types: readonly (keyof typeof hooks)[]): ScriptedPlugins {
  const plugins = types.map((type) => {
    const own = path.join(folder, type);
    mkdirSync(own, { recursive: true });
    const manifest = { api: '1.9', type, name: `Scripted_${type}`, description: 'test', version: '1.0.0' };
    const fields = Object.entries({ ...manifest, entry_point: 'main.py' });
    writeFileSync(
      path.join(own, 'MANIFEST'),
      fields.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join(''),
    );
    writeFileSync(path.join(own, 'default.cfg'), '');
    writeFileSync(path.join(own, 'script.json'), JSON.stringify(script));
    const methods = Object.entries(hooks[type]).map(
      ([hook, result]) => `    def ${hook}(self, **kwargs):\n        return self.act("${hook}", kwargs, ${result})\n`,
    );
    writeFileSync(path.join(own, 'main.py'), program + methods.join(''));
    return own;
  });
  const journal = path.join(folder, 'journal');
  const calls = (): JournalCall[] => {
    if (!existsSync(journal)) return [];
    const lines = readFileSync(journal, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as JournalCall);
  };
  return { plugins, calls, hooks: () => calls().map(({ hook }) => hook) };
}
