import { JsonTextReader } from '../script/json-text-reader.ts';
import { readSequence } from '../script/read-sequence.ts';
import type { Sequence } from '../script/script.ts';
import { accountBodies } from './account-bodies.ts';
import { dependencyBodies } from './dependency-bodies.ts';
import { discoveryBodies } from './discovery-bodies.ts';
import type { LibrarySteps } from './library-steps.ts';
import { loginBodies } from './login-bodies.ts';
import { membershipBodies } from './membership-bodies.ts';
import { simpleBodies } from './simple-bodies.ts';
import { testLoginBodies } from './test-login-bodies.ts';

const bodies = new Map<string, Readonly<Record<string, LibrarySteps>>>([
  ['ResolveAssetName', simpleBodies],
  ['DiscoverSshHostKey', simpleBodies],
  ['ReturnOperationResultSsh', simpleBodies],
  ['LinuxSshLogin', loginBodies],
  ['TestLoginSsh', testLoginBodies],
  ['LinuxSshFunctions', { ...accountBodies, ...membershipBodies }],
  ['UnixShellDiscoverAccounts', discoveryBodies],
  ['UnixUpdateCustomDependency', dependencyBodies],
]);

const read = new Map<string, Sequence | undefined>();

/** The steps of a function of a library; undefined when it is not emulated. Their paths begin with the names of both. */
export function libraryBody(library: string, name: string): Sequence | undefined {
  const path = `/${library}/${name}/Do`;
  if (!read.has(path)) read.set(path, readBody(library, name, path));
  return read.get(path);
}

function readBody(library: string, name: string, path: string): Sequence | undefined {
  const own = bodies.get(library);
  const steps = own !== undefined && Object.hasOwn(own, name) ? own[name] : undefined;
  if (steps === undefined) return undefined;
  return readSequence(new JsonTextReader(JSON.stringify(steps), path).read(), ({ message }) => {
    throw new Error(`${path}: ${message}`);
  });
}
