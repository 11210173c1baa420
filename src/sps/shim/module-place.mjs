/** Finds where a function is defined. Only Node's inspector knows that. */
import inspector from 'node:inspector';
import { fileURLToPath } from 'node:url';

/** `{file, line}`, null for what is not written in JavaScript or TypeScript. */
export function findPlace(hook) {
  const session = new inspector.Session();
  session.connect();
  const files = new Map();
  session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => files.set(scriptId, url));
  const ask = (method, params) => {
    let answer = {};
    session.post(method, params, (error, result) => (answer = error ? {} : result));
    return answer; // a session in its own thread answers at once
  };
  try {
    globalThis.__pluginHostHook = hook;
    const { result } = ask('Runtime.evaluate', { expression: 'globalThis.__pluginHostHook' });
    session.post('Debugger.enable');
    for (let objectId = result?.objectId; objectId !== undefined;) {
      const { internalProperties = [] } = ask('Runtime.getProperties', { objectId, ownProperties: true });
      const find = (...names) => internalProperties.find(({ name }) => names.includes(name))?.value;
      const { scriptId, lineNumber } = find('[[FunctionLocation]]')?.value ?? {};
      const url = files.get(scriptId) ?? '';
      if (url.startsWith('file:')) return { file: fileURLToPath(url), line: lineNumber + 1 };
      objectId = find('[[TargetFunction]]', '[[Target]]')?.objectId;
    }
    return null;
  } finally {
    delete globalThis.__pluginHostHook;
    session.disconnect();
  }
}
