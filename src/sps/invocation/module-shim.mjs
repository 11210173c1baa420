/**
 * Calls one hook of one JavaScript or TypeScript plugin, in a process of its own. Request and reply as in protocol.ts:
 * JSON on descriptor 3, lines `TAG TEXT` on descriptor 4. Node strips the types of a `.ts` plugin itself.
 */
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

let hasReplied = false;

// Node queues what a full pipe does not take at once, out of order with the other stream, and forgets it at process.exit.
for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);

send('ready', '');
const request = JSON.parse(fs.readFileSync(3, 'utf8'));
fs.closeSync(3);
// Stripping the types of a plugin takes as long as all the rest of its start.
if (request.compileCache !== undefined) module.enableCompileCache(request.compileCache);

function send(tag, text) {
  const data = Buffer.from(`${tag} ${text}\n`);
  for (let sent = 0; sent < data.length;) sent += fs.writeSync(4, data, sent);
}

function sendLast(tag, text) {
  if (hasReplied) return;
  hasReplied = true;
  send(tag, text);
}

/** Names the first thing that JSON cannot carry; JSON.stringify would drop or change most of them without a word. */
function findNotJson(value, at, above) {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${at} is ${value}`;
  if (typeof value !== 'object') return `${at} is a ${typeof value}`;
  if (above.includes(value)) return `${at} contains itself`;
  if (Array.isArray(value))
    return firstOf(value, (item, index) => findNotJson(item, `${at}[${index}]`, [...above, value]));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return `${at} is a ${value.constructor?.name ?? 'special object'}`;
  }
  return firstOf(Object.entries(value), ([key, item]) =>
    // An absent optional key is often written so.
    item === undefined ? undefined : findNotJson(item, at === 'the result' ? key : `${at}.${key}`, [...above, value]),
  );
}

function firstOf(items, find) {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function reply(result) {
  const value = result === undefined ? null : result;
  let problem;
  let text;
  try {
    problem = findNotJson(value, 'the result', []);
    text = JSON.stringify(value);
  } catch (error) {
    problem ??= String(error);
  }
  if (problem !== undefined) {
    sendLast('not-json', JSON.stringify({ problem, reply: String(value).slice(0, 4096) }));
    return;
  }
  for (const name of ['cookie', 'session_cookie']) {
    if (value?.[name] !== undefined && !Array.isArray(value)) send(name, JSON.stringify(value[name]));
  }
  sendLast('returned', text);
}

function sendError(error) {
  const isError = error instanceof Error;
  const stack = isError && typeof error.stack === 'string' ? error.stack : String(error);
  const ownLines = stack
    .split('\n')
    .filter((line) => !line.includes(import.meta.url) && !/^\s+at .*node:internal\//.test(line));
  sendLast(
    'raised',
    JSON.stringify({
      exception: isError ? error.name : typeof error,
      message: (isError ? String(error.message) : String(error)).slice(0, 65_536),
      traceback: ownLines.join('\n').slice(0, 262_144),
    }),
  );
}

function namesOf(plugin) {
  const names = new Set();
  for (let each = plugin.prototype; each && each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    for (const name of Object.getOwnPropertyNames(each)) names.add(name);
  }
  names.delete('constructor');
  return [...names];
}

function describe(plugin) {
  const names = namesOf(plugin);
  const hooks = request.hooks.filter((name) => names.includes(name) && typeof plugin.prototype[name] === 'function');
  const described = Object.fromEntries(hooks.map((name) => [name, { named: [], takesAll: true }]));
  sendLast('described', JSON.stringify({ hooks: described, names }));
}

/** What is exported and may be the class that is missing. */
function describeClasses(loaded) {
  return Object.entries(loaded)
    .filter(([, value]) => typeof value === 'function' && value.prototype !== undefined)
    .map(([name, value]) => ({ name, names: namesOf(value) }));
}

async function provide(appliance) {
  if (appliance === null) return [];
  const { createAppliance } = await import(pathToFileURL(appliance.module).href);
  return [createAppliance(appliance.data)];
}

async function call(PluginClass, appliance, debuggers) {
  send('phase', 'constructor');
  const plugin = new PluginClass(request.configuration, ...appliance);
  if (typeof plugin[request.hook] !== 'function') {
    sendLast('hook-missing', request.hook);
    return;
  }
  const cookies = Object.entries(request.cookies).map(([name, text]) => [name, JSON.parse(text)]);
  const kwargs = { ...request.kwargs, ...Object.fromEntries(cookies) };
  send('received', JSON.stringify({ kwargs: Object.keys(kwargs), unknown: [] }));
  send('phase', 'hook');
  const letGo = debuggers !== undefined && request.debug.isBreaking && debuggers.stopIn(plugin[request.hook], send);
  const pending = plugin[request.hook](kwargs);
  if (letGo) letGo();
  const result = await pending;
  if ((result ?? null) === null && request.isVerdictDue) {
    const { findPlace } = await import('./module-place.mjs');
    send('doubts', JSON.stringify({ place: findPlace(plugin[request.hook]) }));
  }
  send('phase', 'reply');
  reply(result);
}

function fail(error) {
  sendError(error);
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
process.on('beforeExit', () => {
  // Nothing is left that could settle the promise that we wait for. Node gives the same code to an unsettled module.
  if (hasReplied) return;
  send('never-settled', '');
  process.exit(13);
});

async function main() {
  process.chdir(request.root);
  Object.assign(process.env, request.environment);
  process.argv[1] = path.join(request.root, request.entry);
  const appliance = await provide(request.appliance);
  const debuggers = request.debug === null ? undefined : await import('./module-debugger.mjs');
  if (debuggers?.letIn(request.debug, send, sendLast) === false) return;
  send('phase', 'import');
  const loaded = await import(pathToFileURL(process.argv[1]).href);
  const PluginClass = loaded.Plugin ?? loaded.default?.Plugin;
  if (typeof PluginClass !== 'function') sendLast('class-missing', JSON.stringify(describeClasses(loaded)));
  else if (request.mode === 'describe') describe(PluginClass);
  else await call(PluginClass, appliance, debuggers);
}

main().then(() => process.exit(0), fail);
