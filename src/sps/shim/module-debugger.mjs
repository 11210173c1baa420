/** Lets a debugger attach to the plugin's process: Node's own inspector, which speaks the Chrome DevTools Protocol. */
import inspector from 'node:inspector';

const host = '127.0.0.1';

/** Waits for a client; false when it cannot. */
export function letIn({ port }, send, sendLast) {
  // Node says why on standard error, which is the plugin's log.
  inspector.open(port, host);
  const url = inspector.url();
  if (url === undefined) {
    sendLast('port-refused', JSON.stringify({ port, problem: 'it is taken or not allowed' }));
    return false;
  }
  // A client that stays would keep the process alive, and delay its exit code.
  process.on('exit', () => inspector.close());
  send('debugger-waits', JSON.stringify({ port: Number(new URL(url).port), url }));
  inspector.waitForDebugger();
  send('debugger-attached', '');
  return true;
}

/**
 * Has the debugger stop in the first line of a function, not in the one that calls it, which is ours. A session of our own sets the
 * breakpoint; the client sees the stop like any other. Returns a function that removes it.
 */
export function stopIn(hook, send) {
  const session = new inspector.Session();
  session.connect();
  const ask = (method, params, then) =>
    session.post(method, params, (error, result) =>
      error ? send('debugger-cannot-stop', error.message) : then(result),
    );
  const breakIn = (objectId) =>
    ask('Runtime.getProperties', { objectId, ownProperties: true }, ({ internalProperties = [] }) => {
      // Nothing stops at the call of a bound function or a proxy.
      const target = internalProperties.find(({ name }) => name === '[[TargetFunction]]' || name === '[[Target]]');
      if (target !== undefined) breakIn(target.value.objectId);
      else if (!internalProperties.some(({ name }) => name === '[[FunctionLocation]]')) {
        send('debugger-cannot-stop', 'it is not a JavaScript function');
      } else ask('Debugger.setBreakpointOnFunctionCall', { objectId }, () => undefined);
    });
  globalThis.__pluginHostHook = hook;
  session.post('Debugger.enable');
  ask('Runtime.evaluate', { expression: 'globalThis.__pluginHostHook' }, ({ result }) => breakIn(result.objectId));
  delete globalThis.__pluginHostHook;
  return () => session.disconnect();
}
