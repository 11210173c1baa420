import { type KvGroup, nameOf } from '../format/kv-group.ts';
import type { CrossChecks, CrossContext } from './cross-check.ts';
import { groupsOf, joinPath, pairsOf, valueOf, valuesOf } from './groups-of.ts';
import { findGap } from './resource-checks.ts';

/** Answers whose parts are numbered or stand for parts of the input. */
export const sequenceChecks: CrossChecks = {
  notifications: checkNotifications,
  criteria: checkCriteria,
  'batch-kept': checkBatch,
};

function checkNotifications({ output, report }: CrossContext): void {
  const notifications = groupsOf(output, 'notification');
  const [first] = notifications;
  const gap = findGap(notifications.map(nameOf));
  if (gap === undefined || first === undefined) return;
  report('notification', first, {
    level: 'error',
    code: 'NUMBERING_GAP',
    what: `notifications must be numbered from 1 without gaps, got ${notifications.map(nameOf).join(', ')}`,
    hint: `Number ${gap} is missing; the product hides those after it.`,
  });
}

const savedFilterLimit = 5;

function checkCriteria({ output, report }: CrossContext): void {
  const searches = groupsOf(groupsOf(output, 'savedSearches')[0], 'savedSearch');
  for (const criteria of groupsOf(output, 'criteria')) checkFilters(criteria, joinPath('', criteria), report);
  for (const search of searches) {
    const here = joinPath('savedSearches[]', search);
    const [id] = pairsOf(search, 'id');
    if (id !== undefined && /[<>/&"']/.test(id.v)) {
      const what = `${JSON.stringify(id.v)} has one of < > / & " '`;
      report(joinPath(here, id), id, { level: 'error', code: 'CRITERIA_INVALID', what, hint: 'Leave them out.' });
    }
    for (const criteria of groupsOf(search, 'criteria')) {
      checkFilters(criteria, joinPath(here, criteria), report);
      const count = groupsOf(criteria, 'filter').length;
      if (count <= savedFilterLimit) continue;
      const what = `a saved search has at most ${savedFilterLimit} filters, got ${count}`;
      const hint = 'Use fewer filters.';
      report(joinPath(here, criteria), criteria, { level: 'error', code: 'CRITERIA_INVALID', what, hint });
    }
  }
}

function checkFilters(criteria: KvGroup, path: string, report: CrossContext['report']): void {
  const filters = groupsOf(criteria, 'filter');
  const positions = filters.map((filter) => valueOf(filter, 'position') ?? '');
  const gap = findGap(positions);
  if (gap !== undefined) {
    const what = `filters must have the positions 1 to ${filters.length}, got ${positions.join(', ')}`;
    report(path, criteria, { level: 'error', code: 'NUMBERING_GAP', what, hint: `Position ${gap} is missing.` });
  }
  for (const filter of filters) {
    if (valueOf(filter, 'position') === '1' || valueOf(filter, 'operator') !== undefined) continue;
    report(joinPath(joinPath(path, filter), { k: 'operator', v: '' }), filter, {
      level: 'error',
      code: 'CRITERIA_INVALID',
      what: 'missing; from the second filter on each says how it is joined',
      hint: 'Add "operator" = "AND" or "OR".',
    });
  }
}

/** Operation rewrite: batch and primary actions keep their names, and each reply is used once. */
function checkBatch({ output, input, report }: CrossContext): void {
  const [sent] = groupsOf(input, 'batch');
  const [answered] = groupsOf(output, 'batch');
  if (answered === undefined) return;
  const here = joinPath('', answered);
  const changed = (path: string, group: KvGroup, what: string, hint: string): void => {
    report(path, group, { level: 'error', code: 'BATCH_CHANGED', what, hint });
  };
  if (sent !== undefined) {
    if (nameOf(sent) !== nameOf(answered)) {
      changed(here, answered, `the batch of the input is ${nameOf(sent)}`, 'Keep its name.');
    }
    const names = groupsOf(answered, 'action').map(nameOf);
    for (const action of groupsOf(sent, 'action').filter((each) => !names.includes(nameOf(each)))) {
      changed(here, answered, `the input's action ${nameOf(action)} is missing`, 'Keep the names of primary actions.');
    }
  }
  const seen = new Set<string>();
  for (const action of groupsOf(answered, 'action')) {
    for (const reply of valuesOf(action, 'replyid').filter((each) => each !== '')) {
      if (seen.has(reply)) changed(joinPath(here, action), action, `replyid ${reply} is used twice`, 'Use each once.');
      seen.add(reply);
    }
  }
}
