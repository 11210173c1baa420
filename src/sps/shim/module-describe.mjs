/** Which hooks a JavaScript or TypeScript plugin has. Built-in functions are taken before the plugin is loaded, see module-shim.mjs. */
import { writeJson } from './module-json.mjs';

const { getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf, hasOwn, prototype: objectPrototype } = Object;
const { apply, construct } = Reflect;
const { exec } = RegExp.prototype;
const { toString: toSource } = Function.prototype;
const functionPrototype = Function.prototype;
const Pattern = RegExp;

/**
 * The class is constructed only if a hook may exist only on the instance: one that the class lacks, or that its source sets, as a field
 * or in the constructor. What was found before is sent before, because the constructor may throw, exit or take long.
 */
export function describe(PluginClass, request, given, { send, sendLast }) {
  const names = { __proto__: null };
  const methods = { __proto__: null };
  for (let each = PluginClass.prototype; each && each !== objectPrototype; each = getPrototypeOf(each)) {
    addNames(each, names, methods);
  }
  let source = '';
  for (let each = PluginClass; each && each !== functionPrototype; each = getPrototypeOf(each)) {
    source += `${apply(toSource, each, [])}\n`;
  }
  const found = { __proto__: null };
  const assigned = [];
  let isMissing = false;
  for (let index = 0; index < request.hooks.length; index += 1) {
    const name = request.hooks[index];
    if (methods[name]) found[name] = true;
    else if (isSet(name, source)) assigned[assigned.length] = name;
  }
  for (let index = 0; index < request.needed.length; index += 1) isMissing ||= !found[request.needed[index]];
  if (assigned.length > 0 || isMissing) {
    send('described-class', writeJson({ ...tell(request, found, names), assigned }).text);
    send('phase', 'constructor');
    const plugin = construct(PluginClass, given);
    for (let index = 0; index < request.hooks.length; index += 1) {
      const name = request.hooks[index];
      if (typeof plugin[name] === 'function') found[name] = true;
    }
    addNames(plugin, names, {});
  }
  sendLast('described', writeJson(tell(request, found, names)).text);
}

/** A getter is not a method: it would run on a prototype, which is not a plugin. The first that has a name counts. */
function addNames(owner, names, methods) {
  const own = getOwnPropertyNames(owner);
  for (let index = 0; index < own.length; index += 1) {
    const name = own[index];
    if (name === 'constructor' || names[name]) continue;
    names[name] = true;
    methods[name] = typeof getOwnPropertyDescriptor(owner, name).value === 'function';
  }
}

function isSet(name, source) {
  return apply(exec, new Pattern(`(?<![\\w$])${name}\\s*=(?![=>])`), [source]) !== null;
}

function tell(request, found, known) {
  const hooks = { __proto__: null };
  for (let index = 0; index < request.hooks.length; index += 1) {
    const name = request.hooks[index];
    if (found[name]) hooks[name] = { named: [], takesAll: true };
  }
  return { hooks, names: listNames(known) };
}

function listNames(known) {
  const names = [];
  for (const name in known) if (hasOwn(known, name)) names[names.length] = name;
  return names;
}

/** What is exported and may be the class that is missing. */
export function describeClasses(loaded) {
  const classes = [];
  for (const name in loaded) {
    const value = loaded[name];
    if (typeof value !== 'function' || value.prototype === undefined) continue;
    const names = { __proto__: null };
    for (let each = value.prototype; each && each !== objectPrototype; each = getPrototypeOf(each))
      addNames(each, names, {});
    classes[classes.length] = { name, names: listNames(names) };
  }
  return classes;
}
