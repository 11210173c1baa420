import { renderSuggestion } from '../../base/nearest-name.ts';
import { type KvGroup, nameOf } from '../format/kv-group.ts';
import type { CrossChecks, CrossContext } from './cross-check.ts';
import { groupsOf, joinPath, pairsOf, valueOf, valuesOf } from './groups-of.ts';

/** Answers that name resources of the request, their authorizers and phases. */
export const resourceChecks: CrossChecks = {
  'resources-exist': checkResourcesExist,
  'resources-dropped': checkResourcesDropped,
  'split-resources': checkSplitResources,
  'authorizers-suffice': checkAuthorizers,
  phases: checkPhases,
};

function requestedResources(input: KvGroup): KvGroup[] {
  return groupsOf(groupsOf(input, 'request')[0], 'resource');
}

function checkResourcesExist(context: CrossContext): void {
  const { point, output, input } = context;
  if (input === undefined) return;
  const mayBeNew = point.checks.includes('resources-dropped');
  for (const resource of groupsOf(output, 'resource')) {
    if (!(mayBeNew && nameOf(resource) === '')) checkExists(resource, '', context, input);
  }
  for (const authorizer of groupsOf(output, 'authorizer')) {
    for (const resource of groupsOf(authorizer, 'resource')) {
      checkExists(resource, joinPath('', authorizer), context, input);
    }
  }
}

function checkExists(resource: KvGroup, path: string, { report }: CrossContext, input: KvGroup): void {
  const known = requestedResources(input).map(nameOf);
  if (known.includes(nameOf(resource))) return;
  report(joinPath(path, resource), resource, {
    level: 'error',
    code: 'RESOURCE_UNKNOWN',
    what: `the request has no resource ${JSON.stringify(nameOf(resource))}`,
    hint: known.length === 0 ? 'The request has no resources.' : renderSuggestion(nameOf(resource), known),
  });
}

function checkResourcesDropped({ output, input, report }: CrossContext): void {
  if (input === undefined || valueOf(output, 'changed') === 'false' || valueOf(output, 'retainResources') === 'true') {
    return;
  }
  const kept = groupsOf(output, 'resource').map(nameOf);
  const dropped = requestedResources(input)
    .map(nameOf)
    .filter((name) => !kept.includes(name));
  if (dropped.length > 0) report('', output, describeDropped(dropped));
}

function describeDropped(dropped: readonly string[]) {
  return {
    level: 'warning',
    code: 'RESOURCES_DROPPED',
    what: `without retainResources, resources that are not listed leave the request: ${dropped.join(', ')}`,
    hint: 'Answer "retainResources" = "true", list them, or answer "changed" = "false" when nothing is to change.',
  } as const;
}

function checkSplitResources(context: CrossContext): void {
  const { output, input, report } = context;
  if (input === undefined) return;
  const requests = groupsOf(output, 'request');
  for (const request of requests) {
    for (const resource of groupsOf(request, 'resource')) {
      checkExists(resource, joinPath('', request), context, input);
    }
  }
  if (valueOf(output, 'changed') === 'false' || valueOf(output, 'retainResources') === 'true') return;
  const kept = requests.flatMap((request) => groupsOf(request, 'resource').map(nameOf));
  const dropped = requestedResources(input)
    .map(nameOf)
    .filter((name) => !kept.includes(name));
  if (dropped.length > 0) report('', output, describeDropped(dropped));
}

function checkAuthorizers({ output, input, report }: CrossContext): void {
  for (const resource of groupsOf(output, 'resource')) {
    const here = joinPath('', resource);
    const phases = groupsOf(resource, 'phase');
    for (const phase of phases) {
      compare(phase, joinPath(here, phase), valuesOf(phase, 'authorizer'));
    }
    const inPhases = phases.flatMap((phase) => valuesOf(phase, 'authorizer'));
    const requested = input && requestedResources(input).find((each) => nameOf(each) === nameOf(resource));
    const known = phases.length > 0 ? inPhases : requested && valuesOf(requested, 'authorizer');
    if (known !== undefined) compare(resource, here, [...known, ...authorizersOf(output, nameOf(resource))]);
  }

  function compare(group: KvGroup, path: string, authorizers: readonly string[]): void {
    const required = pairsOf(group, 'authorizationsRequired')[0];
    const count = new Set(authorizers).size;
    if (required === undefined || !(Number(required.v) > count)) return;
    report(joinPath(path, required), required, {
      level: 'error',
      code: 'AUTHORIZERS_TOO_FEW',
      what: `${required.v} authorizations are required of ${count} ${count === 1 ? 'authorizer' : 'authorizers'}`,
      hint: 'The request would be denied at once. Require less, or name more authorizers.',
    });
  }
}

/** Those that the answer assigns to a resource outside its phases. */
function authorizersOf(output: KvGroup, resource: string): string[] {
  return groupsOf(output, 'authorizer')
    .filter((authorizer) => groupsOf(authorizer, 'resource', resource).length > 0)
    .map(nameOf);
}

function checkPhases({ output, report }: CrossContext): void {
  for (const resource of groupsOf(output, 'resource')) {
    const phases = groupsOf(resource, 'phase');
    const gap = findGap(phases.map(nameOf));
    const phase = phases[0];
    if (gap === undefined || phase === undefined) continue;
    report(joinPath('', resource), phase, {
      level: 'error',
      code: 'NUMBERING_GAP',
      what: `phases must be numbered from 1 without gaps, got ${phases.map(nameOf).join(', ')}`,
      hint: `Phase ${gap} is missing.`,
    });
  }
}

/** The first number from 1 that is not among so many names. */
export function findGap(names: readonly string[]): number | undefined {
  const expected = names.map((_, index) => index + 1);
  return expected.find((number) => !names.includes(String(number)));
}
