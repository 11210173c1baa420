import { ScriptError } from '../values/script-error.ts';

/** Bare names that would lead out of the script, unless a variable is called so. Source: the contract, section 5. */
const roots = new Set(
  `System Microsoft Activator AppDomain Assembly Environment Type Process File Directory Thread Marshal Expression
process require import module exports global globalThis window self eval Function AsyncFunction Reflect Proxy Symbol WebAssembly
Deno Bun Buffer Atomics SharedArrayBuffer __dirname __filename constructor prototype __proto__ arguments this super`.split(
    /\s/,
  ),
);

/** Members that lead from a value to its class, in JavaScript or in .NET. */
const members = new Set(
  `constructor prototype __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ caller callee
assembly module basetype gettypeinfo typehandle getmethod getmethods getmember getmembers getfield getfields getproperty
getproperties getconstructor getconstructors invokemember makegenerictype reflectedtype declaringtype methodhandle
getinterface getinterfaces dynamicinvoke`.split(/\s/),
);

function refused(name: string): ScriptError {
  return new ScriptError(
    'EXPRESSION_REFUSED',
    `"${name}" would lead out of the script; expressions reach only its own values`,
  );
}

/** What reading a name gives that is no variable. */
export function missingName(name: string, path?: string): ScriptError {
  if (roots.has(name)) return refused(name);
  const place = path === undefined ? '' : ` at path "${path}"`;
  return new ScriptError(
    'VARIABLE_MISSING',
    `The variable "${name}" is used${place} but it is not declared in that scope`,
  );
}

/** What asking a value for a member gives that it has not. */
export function missingMember(typeName: string, name: string): ScriptError {
  if (members.has(name) || members.has(name.toLowerCase())) return refused(name);
  return new ScriptError('EXPRESSION_FAILED', `'${typeName}' does not contain a definition for '${name}'`);
}
