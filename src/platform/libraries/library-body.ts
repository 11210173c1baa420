import { readScript } from '../script/read-script.ts';
import type { Sequence } from '../script/script.ts';
import { loginBodies } from './login-bodies.ts';
import { simpleBodies, type Steps } from './simple-bodies.ts';

const bodies: Readonly<Record<string, Steps>> = { ...simpleBodies, ...loginBodies };
const read = new Map<string, Sequence | undefined>();

/** The steps of a function of a library; undefined when it is not emulated. */
export function libraryBody(name: string): Sequence | undefined {
  if (!read.has(name)) read.set(name, readBody(name));
  return read.get(name);
}

function readBody(name: string): Sequence | undefined {
  const steps = Object.hasOwn(bodies, name) ? bodies[name] : undefined;
  if (steps === undefined) return undefined;
  const text = JSON.stringify({ Id: 'Library', BackEnd: 'Scriptable', [name]: { Do: steps } });
  return readScript(text).script?.blocks[0]?.body;
}
