import type { Json } from '../../base/json.ts';
import { plainValueOf } from '../script/plain-value-of.ts';
import { type Block, functionsOf, operationsOf, type Parameter, type Script, textProperty } from '../script/script.ts';
import { importedFunctions } from '../tables/libraries.ts';
import type { LibraryFunction } from '../tables/library.ts';
import { findOperation } from '../tables/operations.ts';
import { findParameterType } from '../tables/parameter-types.ts';
import { findReserved, isSecretParameter } from '../tables/reserved-parameters.ts';
import { CallGraph } from './call-graph.ts';
import { type FeatureFlags, findFeatureFlags } from './feature-flags.ts';
import { walkSteps } from './walk-steps.ts';

export interface ParameterDescription {
  name: string;
  /** In canonical case; null when it is of no known type. */
  type: string | null;
  required: boolean;
  /** Absent when none is declared. */
  default?: Json;
  /** Filled by the appliance. */
  reserved: boolean;
  secret: boolean;
  description: string | null;
}

interface OperationDescription {
  name: string;
  /** Changes the target, so that it must be confirmed. */
  changes: boolean;
  /** SPP asks for it. */
  driven: boolean;
  line: number;
  parameters: ParameterDescription[];
}

interface FunctionDescription {
  name: string;
  parameters: ParameterDescription[];
  /** `script`, or the library that it comes from. */
  from: string;
  /** Null of one from a library. */
  line: number | null;
  calledBy: string[];
}

/** What a script offers. */
export interface ScriptDescription {
  id: string | null;
  meta: Json;
  imports: string[];
  operations: OperationDescription[];
  functions: FunctionDescription[];
  featureFlags: FeatureFlags;
  /** What it connects by. */
  connections: string[];
  /** Ids of the messages of `Status`, in the order in which they come first. */
  statuses: string[];
}

export function describeScript(script: Script): ScriptDescription {
  const graph = new CallGraph(script);
  const imports = script.imports.map(({ value }) => value);
  const callersOf = (name: string): string[] => [
    ...new Set(graph.calls.filter((call) => call.name.value === name).map(({ caller }) => caller.name)),
  ];
  const ofScript = functionsOf(script).map((block): FunctionDescription => ({
    name: block.name,
    parameters: block.parameters.map((each) => describeParameter(each, false)),
    from: 'script',
    line: script.lines.lineOf(block.nameStart),
    calledBy: callersOf(block.name),
  }));
  const ofLibraries = importedFunctions(imports)
    .map((each) => describeImported(each, callersOf(each.name)))
    .filter(({ calledBy }) => calledBy.length > 0);
  return {
    id: script.id ?? null,
    meta: script.meta,
    imports,
    operations: operationsOf(script).map((block) => describeOperation(block, script)),
    functions: [...ofScript, ...ofLibraries],
    featureFlags: findFeatureFlags(script),
    connections: connectionsOf(script),
    statuses: statusesOf(script),
  };
}

function describeOperation(block: Block, { lines }: Script): OperationDescription {
  const operation = findOperation(block.name);
  return {
    name: block.name,
    changes: operation?.changes === true,
    driven: operation?.driven === 'yes',
    line: lines.lineOf(block.nameStart),
    parameters: block.parameters.map((each) => describeParameter(each, true)),
  };
}

function describeParameter(parameter: Parameter, isOfOperation: boolean): ParameterDescription {
  const { name, type, isRequired, description } = parameter;
  return {
    name,
    type: type ?? null,
    required: isRequired,
    ...(parameter.default === undefined ? {} : { default: plainValueOf(parameter.default) }),
    reserved: isOfOperation && findReserved(name)?.isMapped === true,
    secret: isSecretParameter(name, type),
    description: description ?? null,
  };
}

function describeImported({ name, library, parameters }: LibraryFunction, calledBy: string[]): FunctionDescription {
  return {
    name,
    parameters: parameters.map((each) => ({
      name: each.name,
      type: each.type ?? null,
      required: !each.isOptional,
      reserved: false,
      secret: isSecretParameter(each.name, findParameterType(each.type ?? '')),
      description: null,
    })),
    from: library,
    line: null,
    calledBy,
  };
}

const connectionTypes = ['Ssh', 'Telnet', 'Tn3270', 'Http'];

function connectionsOf({ blocks }: Script): string[] {
  const found = new Set<string>();
  for (const step of blocks.flatMap(({ body }) => [...walkSteps(body)])) {
    const { name } = step.verb;
    if (name === 'Request') found.add('http');
    if (name === 'DiscoverSshHostKey') found.add('ssh');
    if (name === 'Connect') found.add(textProperty(step, 'Type')?.value.toLowerCase() ?? '');
  }
  return connectionTypes.filter((type) => found.has(type.toLowerCase()));
}

function statusesOf({ blocks }: Script): string[] {
  const found = new Set<string>();
  for (const step of blocks.flatMap(({ body }) => [...walkSteps(body)])) {
    const message = step.verb.name === 'Status' ? step.properties.get('Message')?.value : undefined;
    const name = message?.kind === 'object' ? message.entries.findLast(({ key }) => key === 'Name')?.value : undefined;
    if (name?.kind === 'string') found.add(name.value);
  }
  return [...found];
}
