import { isSameGroup } from '../format/diff-groups.ts';
import { KeyValueGroup } from '../format/key-value-group.ts';
import { isGroup, type KvGroup, nameOf } from '../format/kv-group.ts';
import { mergeGroup, replaceGroup, withPair } from './merge-group.ts';

/** What the next run gets after a successful one; undefined when the plugin has settled. */
type NextInput = (input: KvGroup, output: KvGroup, taken: readonly string[]) => KvGroup | undefined;

/** The points whose plugins the product runs again. */
const rules: Readonly<Record<string, NextInput>> = {
  '03': nextProfileId,
  '04': nextAuthorizers,
  '06': nextRewrite,
  '10': nextImplementers,
  '12': nextEscalation,
};

export const repeatedPoints: readonly string[] = Object.keys(rules).sort();

export function nextInput(
  point: string,
  input: KvGroup,
  output: KvGroup,
  taken: readonly string[] = [],
): KvGroup | undefined {
  return rules[point]?.(input, output, taken);
}

/** An ID that is taken comes back as a conflict; conflicts accumulate. Source: Assigning Profile IDs. */
function nextProfileId(input: KvGroup, output: KvGroup, taken: readonly string[]): KvGroup | undefined {
  const answer = new KeyValueGroup(output);
  const tried = answer.get('try') ?? '';
  if (tried === '' || answer.get('forceUseID') === 'true') return undefined;
  const conflicts = input.c
    .filter(isGroup)
    .filter(({ k }) => k === 'conflict')
    .map(nameOf);
  const isTaken = [...taken, ...conflicts].some((id) => id.toLowerCase() === tried.toLowerCase());
  if (!isTaken) return undefined;
  if (conflicts.includes(tried)) return input;
  const conflict: KvGroup = { k: 'conflict', n: tried, c: [{ k: 'conflictReason', v: 'validuser' }] };
  return { ...input, c: [...input.c, conflict] };
}

/** Its changes are stored and it is run again, until a run changes nothing. Source: Selecting authorizers using a plugin. */
function nextAuthorizers(input: KvGroup, output: KvGroup): KvGroup | undefined {
  const changes = output.c.filter(isGroup);
  const ofRequest = changes.filter(({ k }) => k === 'request').flatMap(({ c }) => c);
  const items = [...ofRequest, ...changes.filter(({ k }) => k === 'resource' || k === 'authorizer')];
  const changed = replaceGroup(input, 'request', (request) => mergeGroup(request, items));
  if (isSameGroup(input, changed)) return undefined;
  return replaceGroup(changed, 'extras', (extras) => {
    const reruns = Number(new KeyValueGroup(extras).get('numrerun') ?? '0') || 0;
    return mergeGroup(extras, [
      { k: 'numrerun', v: String(reruns + 1) },
      { k: 'firstrun', v: 'false' },
    ]);
  });
}

/** `rerun` says whether; `auto` after a change of the request. Source: Rewriting custom requests. */
function nextRewrite(input: KvGroup, output: KvGroup): KvGroup | undefined {
  const answer = new KeyValueGroup(output);
  const rerun = answer.get('rerun');
  if (rerun !== 'true' && rerun !== 'auto') return undefined;
  const changed =
    answer.get('changed') === 'false' ? input : replaceGroup(input, 'request', (old) => rewrite(old, output));
  if (rerun === 'auto' && isSameGroup(input, changed)) return undefined;
  return withPair(changed, 'firstrun', 'false');
}

/** Resources that are not listed are removed, unless they shall be retained. */
function rewrite(request: KvGroup, output: KvGroup): KvGroup {
  const listed = output.c.filter(isGroup).filter(({ k }) => k === 'resource');
  const isListed = ({ n }: KvGroup): boolean => listed.some((each) => nameOf(each) === n);
  const isRemoved = (each: KvGroup): boolean =>
    ['remove', 'removed'].some((key) => new KeyValueGroup(each).get(key) === 'true');
  const retains = new KeyValueGroup(output).get('retainResources') === 'true';
  const kept = request.c.filter((item) => !isGroup(item) || item.k !== 'resource' || retains || isListed(item));
  const removed = new Set(listed.filter(isRemoved).map(nameOf));
  const merged = mergeGroup({ ...request, c: kept }, listed);
  return {
    ...merged,
    c: merged.c.filter((item) => !isGroup(item) || item.k !== 'resource' || !removed.has(nameOf(item))),
  };
}

/** Source: Determining implementers. */
function nextImplementers(input: KvGroup, output: KvGroup): KvGroup | undefined {
  return isPositive(new KeyValueGroup(output).get('RunAgainInSecs')) ? input : undefined;
}

/** Source: Escalation. */
function nextEscalation(input: KvGroup, output: KvGroup): KvGroup | undefined {
  const answer = new KeyValueGroup(output);
  if (!isPositive(answer.get('retryInXSeconds')) && !isPositive(answer.get('timetorerun'))) return undefined;
  const times = Number(new KeyValueGroup(input).get('escalatetimes') ?? '0') || 0;
  return answer.groups('escalate').length === 0 ? input : withPair(input, 'escalatetimes', String(times + 1));
}

function isPositive(value: string | undefined): boolean {
  return Number(value ?? '0') > 0;
}
