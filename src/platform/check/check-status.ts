import { nearestName } from '../../base/nearest-name.ts';
import { textOf, valueOf } from '../script/entry-of.ts';
import type { JsonNode } from '../script/json-node.ts';
import { type Step, textProperty } from '../script/script.ts';
import { hasToken } from '../script/split-tokens.ts';
import { statusMessages, statusTypes } from '../tables/status-messages.ts';
import type { Checked } from './checked.ts';
import { at, type Finding } from './finding.ts';

/** What is told of the progress: L16. */
export function* checkStatus({ steps }: Checked): Generator<Finding> {
  for (const { step } of steps) {
    if (step.verb.name !== 'Status') continue;
    yield* checkType(step);
    const message = step.properties.get('Message')?.value;
    if (message?.kind === 'object') yield* checkMessage(message);
  }
}

function* checkType(step: Step): Generator<Finding> {
  const type = textProperty(step, 'Type');
  if (type === undefined || hasToken(type.value)) return;
  if (statusTypes.some((each) => each.toLowerCase() === type.value.toLowerCase())) return;
  const hint = `Did you mean ${nearestName(type.value, statusTypes) ?? 'Checking'}?`;
  yield { code: 'L16', message: `There is no status of type ${type.value}`, hint, ...at(type) };
}

function* checkMessage(node: JsonNode): Generator<Finding> {
  const [id, name] = [textOf(node, 'Name'), valueOf(node, 'Name')];
  if (id === undefined || name === undefined || hasToken(id)) return;
  const known = statusMessages.find((each) => each.id === id);
  if (known === undefined) {
    const nearest = nearestName(
      id,
      statusMessages.map((each) => each.id),
    );
    const hint = nearest === undefined ? '`plugin-host platform statuses` lists them.' : `Did you mean ${nearest}?`;
    yield { code: 'L16', message: `${id} is no published status message`, hint, ...at(name) };
    return;
  }
  const parameters = valueOf(node, 'Parameters');
  if (parameters !== undefined && parameters.kind !== 'array') return;
  const given = parameters?.items.length ?? 0;
  const wanted = known.parameters.length;
  if (given === wanted) return;
  const message = `The status message ${id} has ${wanted} parameters, not ${given}`;
  const hint = wanted === 0 ? 'Leave out Parameters.' : `Give ${known.parameters.join(', ')}.`;
  yield { code: 'L16', message, hint, ...at(parameters ?? node) };
}
