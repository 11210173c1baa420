import { type Step, textProperty } from '../script/script.ts';
import { findOperation } from '../tables/operations.ts';
import type { Checked } from './checked.ts';
import { at, type Finding } from './finding.ts';

const knownTypes = ['ssh', 'telnet', 'tn3270'];

/** Connections: L10, L11, L19, L28, and L30 of connection types. */
export function* checkConnections({ script, steps }: Checked): Generator<Finding> {
  const discovers = script.blocks.some(({ name }) => findOperation(name)?.name === 'DiscoverSshHostKey');
  for (const { step } of steps) {
    if (step.verb.name === 'Connect') yield* checkConnect(step, discovers);
    if (step.verb.name === 'Receive' && !step.properties.has('ExpectRegex')) yield noPattern(step);
    const version = step.properties.get('SoftwareVersionVariableName');
    if (step.verb.name === 'DiscoverSshHostKey' && version !== undefined) {
      yield {
        code: 'L28',
        message: 'SoftwareVersionVariableName can break the discovery of a host key on the appliance',
        hint: 'Leave it out where the version is not needed.',
        offset: version.keyStart,
        path: version.value.path,
      };
    }
  }
}

function* checkConnect(step: Step, discovers: boolean): Generator<Finding> {
  const type = textProperty(step, 'Type');
  const name = type?.value.toLowerCase();
  if (type !== undefined && (name === 'tn3270' || !(knownTypes.includes(name ?? '') || type.value.includes('%')))) {
    const message = `Connections of type ${type.value} are not emulated`;
    yield { code: 'L30', message, hint: 'Ssh and Telnet are.', ...at(type) };
  }
  if (name !== 'ssh') return;
  if (!step.properties.has('RequestTerminal')) {
    const message = 'Nothing says whether the connection has a terminal; it has one';
    const hint = 'Write "RequestTerminal": true for Send and Receive, false for ExecuteCommand.';
    yield { code: 'L10', message, hint, ...at(step.payload) };
  }
  if (!discovers) {
    const message = 'Without an operation DiscoverSshHostKey SPP takes the platform for one without SSH';
    yield { code: 'L19', message, hint: 'Add the operation DiscoverSshHostKey.', ...at(step.payload) };
  }
}

function noPattern({ payload }: Step): Finding {
  const message = 'Without ExpectRegex it is a matter of timing what is received';
  const hint = 'Wait for a text that ends the answer: "ExpectRegex": "…".';
  return { code: 'L11', message, hint, ...at(payload) };
}
