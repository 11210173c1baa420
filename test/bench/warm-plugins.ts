import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The import of a plugin begins with finding and reading its entry point, which is over when a clock in it can start: a twin of the same
 * size tells how long that takes. In `sys`, since pluginv imports the entry point under another name.
 */
const onSdk = `#!/usr/bin/env pluginwrapper3
import sys, time
began = time.perf_counter()
import twin
sys.started = 2 * began - time.perf_counter()
from own import Plugin
`;

const twin = `#!/usr/bin/env pluginwrapper3
import sys, time
began = time.perf_counter()
sys.twin = 2 * began - time.perf_counter()
`;

/** Says in its cookie how long its import, constructor and hook took, in milliseconds. */
const own = `import sys
import time
from safeguard.sessions.plugin import AAPlugin, AAResponse


class Plugin(AAPlugin):
    def authenticate(self, cookie, session_cookie, session_id, protocol, connection_name, client_ip, client_port, client_hostname,
                     gateway_user, gateway_domain, server_username, server_domain, key_value_pairs):
        result = super().authenticate(cookie, session_cookie, session_id, protocol, connection_name, client_ip, client_port,
                                      client_hostname, gateway_user, gateway_domain, server_username, server_domain, key_value_pairs)
        result["cookie"]["ownMs"] = (time.perf_counter() - sys.started) * 1000
        return result

    def do_authenticate(self):
        return AAResponse.accept()
`;

const inTypeScript = `const started = performance.now();

export class Plugin {
  authenticate(): { verdict: string; cookie: { ownMs: number } } {
    return { verdict: 'ACCEPT', cookie: { ownMs: performance.now() - started } };
  }
}
`;

/** What a tester would write without any tool: a fresh process that imports the plugin and calls the hook. */
export const naive = `import inspect, json, sys
root, text = sys.argv[1:]
sys.path.insert(0, root)
import main
hook = main.Plugin("").authenticate
wanted = inspect.signature(hook).parameters
print(json.dumps(hook(**{name: value for name, value in json.loads(text).items() if name in wanted})))
`;

function makePlugin(folder: string, name: string, files: Record<string, string>): string {
  const root = path.join(folder, name);
  mkdirSync(root);
  const entryPoint = Object.keys(files)[0] ?? '';
  const manifest = `api: "1.9"\ntype: aa\nname: ${name}\nversion: "1"\ndescription: none\nentry_point: ${entryPoint}\n`;
  for (const [file, text] of Object.entries({ MANIFEST: manifest, ...files }))
    writeFileSync(path.join(root, file), text);
  return root;
}

export function makePlugins(folder: string): { sdk: string; typescript: string } {
  return {
    sdk: makePlugin(folder, 'OnSdk', { 'main.py': onSdk, 'twin.py': twin, 'own.py': own }),
    typescript: makePlugin(folder, 'InTypeScript', { 'main.ts': inTypeScript }),
  };
}
