/** How a plugin's error is reported, with its causes. What is needed here is taken before the plugin is loaded. */
import { inspect } from 'node:util';
import { toText } from './module-json.mjs';

const { isArray } = Array;
const RealError = Error;
const { captureStackTrace } = RealError;
const uncurry = Function.prototype.bind.bind(Function.prototype.call);
const split = uncurry(String.prototype.split);
const trimStart = uncurry(String.prototype.trimStart);
const startsWith = uncurry(String.prototype.startsWith);
const includes = uncurry(String.prototype.includes);
const slice = uncurry(String.prototype.slice);
const ownFolder = import.meta.url.slice(0, import.meta.url.lastIndexOf('/') + 1);

/** Limits for causes below each other, for errors beside each other, and for all of them together. */
const deepest = 10;
const mostBeside = 10;
const mostErrors = 50;

const shown = { depth: 4, customInspect: false, breakLength: 100, maxArrayLength: 50, maxStringLength: 4096 };

/** `{ exception, message, traceback, stack }` @param rootUrl of the plugin's folder */
export function describeRaised(error, rootUrl) {
  return {
    exception: textOf(error, 'name') ?? typeof error,
    message: slice(textOf(error, 'message') ?? show(error), 0, 65_536),
    traceback: slice(renderError(error, '', null, { count: 1 }), 0, 262_144),
    stack: slice(stackOf(error, rootUrl), 0, 65_536),
  };
}

/** If an error comes from other asynchronous work, such as `fetch failed`, its cause may know more. */
function stackOf(error, rootUrl) {
  const own = textOf(error, 'stack') ?? '';
  for (let each = error, depth = 0; each !== undefined && depth < deepest; each = read(each, 'cause'), depth += 1) {
    const stack = textOf(each, 'stack') ?? '';
    if (includes(stack, rootUrl)) return stack;
  }
  return own;
}

/** The text of a stack above one function, whatever the plugin has changed about stacks. */
export function stackAbove(called) {
  const { stackTraceLimit, prepareStackTrace } = RealError;
  const holder = {};
  try {
    RealError.stackTraceLimit = 100;
    RealError.prepareStackTrace = undefined;
    captureStackTrace(holder, called);
    return toText(holder.stack);
  } finally {
    RealError.stackTraceLimit = stackTraceLimit;
    RealError.prepareStackTrace = prepareStackTrace;
  }
}

/** Its stack and its causes, as Node prints them. @param above the errors that this one is a cause of */
function renderError(error, indent, above, told) {
  let depth = 0;
  for (let each = above; each !== null; each = each.above) {
    if (each.error === error) return 'the same as above';
    depth += 1;
  }
  let text = renderStack(error, indent);
  const add = (label, value) => {
    told.count += 1;
    if (told.count > mostErrors || depth >= deepest) return;
    text += `\n${indent}  [${label}]: ${renderError(value, `${indent}    `, { error, above }, told)}`;
  };
  const cause = read(error, 'cause');
  if (cause !== undefined) add('cause', cause);
  const errors = read(error, 'errors');
  if (!isArray(errors)) return text;
  for (let index = 0; index < errors.length && index < mostBeside; index += 1) add(`errors ${index}`, errors[index]);
  return text;
}

/** Without the lines that are ours or inside of Node. */
function renderStack(error, indent) {
  const lines = split(textOf(error, 'stack') ?? show(error), '\n');
  let text = '';
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    const isOurs =
      includes(line, ownFolder) || (startsWith(trimStart(line), 'at ') && includes(line, 'node:internal/'));
    if (!isOurs) text += text === '' ? line : `\n${indent}${line}`;
  }
  return text;
}

/** For a thrown value that is not an error. */
function show(value) {
  if (typeof value !== 'object' && typeof value !== 'function') return toText(value);
  try {
    return inspect(value, shown);
  } catch {
    return toText(value);
  }
}

function textOf(value, name) {
  const text = read(value, name);
  return typeof text === 'string' ? text : undefined;
}

function read(value, name) {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return value[name];
  } catch {
    return undefined; // a getter of the plugin's
  }
}
