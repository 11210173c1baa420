/**
 * Calls one hook of one JavaScript or TypeScript plugin, in a process of its own. Request and reply as in protocol.ts:
 * JSON on descriptor 3, lines `TAG TEXT` on descriptor 4. Node strips the types of a `.ts` plugin itself.
 *
 * A plugin may replace built-in functions: what is needed here after it was loaded is taken before, and nothing is
 * done with the methods of arrays, not even by `for … of`.
 */
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { takeCoverage } from 'node:v8';
import { toText, writeJson } from './module-json.mjs';
import { describeRaised, stackAbove } from './module-raised.mjs';

const { parse, stringify } = JSON;
const { isArray } = Array;
const { hasOwn } = Object;
const { apply, construct } = Reflect;
const { writeSync } = fs;
const { exit, reallyExit, pid } = process;
const encoder = new TextEncoder();
const toBytes = encoder.encode.bind(encoder);

let hasReplied = false;

// Node queues what a full pipe does not accept at once, out of order with the other stream, and drops it at process.exit.
for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);

process.debugPort = 0; // any free port: at the deadline the host makes Node open its inspector, and asks where the plugin is
send('ready', '');
const request = parse(fs.readFileSync(3, 'utf8'));
fs.closeSync(3);
const rootUrl = pathToFileURL(`${request.root}/`).href;
// Stripping the types of a plugin takes as long as the rest of its start.
if (request.compileCache !== undefined) module.enableCompileCache(request.compileCache);

function send(tag, text) {
  const data = toBytes(`${tag} ${text}\n`);
  for (let sent = 0; sent < data.length;) sent += writeSync(4, data, sent);
}

function sendLast(tag, text) {
  if (hasReplied) return;
  hasReplied = true;
  send(tag, text);
}

/** It only contains texts, so no `toJSON` is called. */
function writeTexts(texts) {
  let text = '';
  for (const name in texts)
    if (hasOwn(texts, name)) text += `${text === '' ? '' : ','}${stringify(name)}:${stringify(texts[name])}`;
  return `{${text}}`;
}

function reply(result) {
  const value = result === undefined ? null : result;
  const { text, problem } = writeJson(value);
  if (problem !== undefined) {
    sendLast('not-json', writeTexts({ problem, reply: toText(value, 4096) }));
    return;
  }
  sendCookie('cookie', value);
  sendCookie('session_cookie', value);
  sendLast('returned', text);
}

function sendCookie(name, value) {
  if (value === null || typeof value !== 'object' || isArray(value) || !hasOwn(value, name)) return;
  const { text } = value[name] === undefined ? {} : writeJson(value[name]);
  if (text !== undefined) send(name, text);
}

/** The last word has been said when the reply has. */
function tellConnection(word) {
  if (!hasReplied) send('connection', writeJson(word).text);
}

async function provide(appliance) {
  if (appliance === null) return [];
  const { createAppliance } = await import(pathToFileURL(appliance.module).href);
  return [createAppliance(appliance.data, tellConnection)];
}

/** Everything that a call gets, made before the plugin is loaded. */
function prepare(appliance) {
  const kwargs = { ...request.kwargs };
  for (const name of Object.keys(request.cookies)) kwargs[name] = parse(request.cookies[name]);
  const received = stringify({ kwargs: Object.keys(kwargs), unknown: [] });
  return { kwargs, received, given: [request.configuration, ...appliance] };
}

async function call(PluginClass, { kwargs, received, given }, debuggers) {
  send('phase', 'constructor');
  const plugin = construct(PluginClass, given);
  if (typeof plugin[request.hook] !== 'function') {
    sendLast('hook-missing', request.hook);
    return;
  }
  send('received', received);
  send('phase', 'hook');
  const letGo = debuggers !== undefined && request.debug.isBreaking && debuggers.stopIn(plugin[request.hook], send);
  const pending = plugin[request.hook](kwargs);
  if (letGo) letGo();
  const result = await pending;
  if ((result ?? null) === null && request.isVerdictDue) {
    const { findPlace } = await import('./module-place.mjs');
    send('doubts', writeJson({ place: findPlace(plugin[request.hook]) }).text);
  }
  send('phase', 'reply');
  reply(result);
}

/** Runs what was registered for the exit, and certainly ends. */
function end(code) {
  try {
    exit(code);
  } finally {
    reallyExit(code);
  }
}

function fail(error) {
  sendLast('raised', writeTexts(describeRaised(error, rootUrl)));
  end(1);
}

function tellExit(called) {
  if (!hasReplied) send('exits', writeTexts({ stack: stackAbove(called) }));
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
process.on('beforeExit', () => {
  // Nothing can settle the promise that we wait for any more. Node uses the same code for an unsettled module.
  if (hasReplied) return;
  send('never-settled', '');
  hasReplied = true;
  end(13);
});
process.on('exit', () => tellExit(exit));
for (const name of ['abort', 'kill']) tellBefore(name);

/** These end the process without an `exit`. */
function tellBefore(name) {
  const original = process[name];
  const telling = function (...given) {
    if (name === 'abort' || (given[0] === pid && given[1] !== 0)) {
      tellExit(telling);
      if (request.coverage !== undefined) takeCoverage();
    }
    return apply(original, this, given);
  };
  process[name] = Object.defineProperties(telling, Object.getOwnPropertyDescriptors(original));
}

async function main() {
  process.chdir(request.root);
  Object.assign(process.env, request.environment);
  process.argv[1] = path.join(request.root, request.entry);
  const appliance = await provide(request.appliance);
  const debuggers = request.debug === null ? undefined : await import('./module-debugger.mjs');
  if (debuggers?.letIn(request.debug, send, sendLast) === false) return;
  const prepared = request.mode === 'call' ? prepare(appliance) : undefined;
  const describer = request.mode === 'describe' ? await import('./module-describe.mjs') : undefined;
  const given = [request.configuration, ...appliance];
  const url = pathToFileURL(process.argv[1]).href;
  send('phase', 'import');
  const loaded = await import(url);
  const PluginClass = loaded.Plugin ?? loaded.default?.Plugin;
  if (typeof PluginClass !== 'function') {
    const { describeClasses } = describer ?? (await import('./module-describe.mjs'));
    sendLast('class-missing', writeJson(describeClasses(loaded)).text);
  } else if (request.mode === 'describe') describer.describe(PluginClass, request, given, { send, sendLast });
  else await call(PluginClass, prepared, debuggers);
}

main().then(() => end(0), fail);
