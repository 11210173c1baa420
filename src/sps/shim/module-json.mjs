/**
 * Writes the JSON of a result. `JSON.stringify` would call `toJSON` of each object, which a plugin may add to all of them, and would drop
 * or change most of what is not JSON without an error. What is needed here is taken before the plugin is loaded.
 */
const { stringify } = JSON;
const { isArray } = Array;
const { getPrototypeOf, keys } = Object;
const { isFinite } = Number;
const slice = Function.prototype.call.bind(String.prototype.slice);

/** What is not JSON, and where. */
class NotJson {
  constructor(problem) {
    this.problem = problem;
  }
}

/** `{ text }`, or `{ problem }` that names the first thing that JSON cannot carry. */
export function writeJson(value) {
  try {
    return { text: write(value, 'the result', null) };
  } catch (error) {
    return { problem: error instanceof NotJson ? error.problem : toText(error) };
  }
}

function write(value, at, above) {
  if (value === null) return 'null';
  if (typeof value === 'string') return stringify(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return isFinite(value) ? `${value}` : refuse(`${at} is ${value}`);
  if (typeof value !== 'object') return refuse(`${at} is a ${typeof value}`);
  for (let each = above; each !== null; each = each.above) if (each.value === value) refuse(`${at} contains itself`);
  const here = { value, above };
  return isArray(value) ? writeArray(value, at, here) : writeMapping(value, at, here);
}

function writeArray(value, at, above) {
  let text = '[';
  for (let index = 0; index < value.length; index += 1)
    text += (index === 0 ? '' : ',') + write(value[index], `${at}[${index}]`, above);
  return `${text}]`;
}

function writeMapping(value, at, above) {
  const prototype = getPrototypeOf(value);
  if (prototype !== null && getPrototypeOf(prototype) !== null) {
    const name = value.constructor?.name;
    refuse(`${at} is a ${typeof name === 'string' ? name : 'special object'}`);
  }
  const names = keys(value);
  let text = '';
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index];
    const item = value[name];
    if (item === undefined) continue; // an absent optional key is often written so
    const written = write(item, at === 'the result' ? name : `${at}.${name}`, above);
    text += `${text === '' ? '' : ','}${stringify(name)}:${written}`;
  }
  return `{${text}}`;
}

function refuse(problem) {
  throw new NotJson(problem);
}

/** Of a value that may not have one. */
export function toText(value, limit = Infinity) {
  try {
    return slice(`${typeof value === 'symbol' ? 'a symbol' : value}`, 0, limit);
  } catch {
    return `a ${typeof value}`;
  }
}
