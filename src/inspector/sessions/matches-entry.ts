import { facetsOfCall, facetsOfSession } from '../filter/facets-of-step.ts';
import { type Facets, matchesSession } from '../filter/matches-session.ts';
import type { Filter } from '../filter/parse-filter.ts';
import type { SessionEntry } from './session-entry.ts';

export function matchesEntry(filter: Filter, { element, facets, running }: SessionEntry): boolean {
  if (filter.words.length === 0) return true;
  const calls: Facets[] = running === undefined ? [] : [facetsOfCall(running)];
  return matchesSession(filter, facetsOfSession(element, running !== undefined), [...facets, ...calls]);
}
