import type { StoredStep } from '../../sps/store/session-content.ts';
import { toShownFacts } from '../../sps/store/session-facts.ts';
import { toShownStep } from '../../sps/store/shown-step.ts';
import { facetsOfSession, facetsOfStep } from '../filter/facets-of-step.ts';
import { matchesStep } from '../filter/matches-session.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { summaryOf } from '../sessions/session-element.ts';
import { type ReadSession, showStep } from '../sessions/step-cache.ts';
import type { ApiRoute } from './api-route.ts';
import { cutLarge } from './cut-large.ts';
import { maskInput } from './mask-input.ts';
import { readSession, requireStep } from './read-session.ts';
import { schemas } from './schemas.ts';

const most = { steps: 10_000, default: 200 };

/** Reading the steps of a session. */
export const stepRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/v1/sessions/{name}/steps',
    summary: 'Steps of a session, in their order',
    query: {
      from: { description: 'Number of the first one', schema: { type: 'integer', minimum: 1, maximum: 1e9 } },
      limit: { description: 'How many', schema: { type: 'integer', minimum: 0, maximum: most.steps } },
      q: { description: 'Filter', schema: { type: 'string' } },
      fields: {
        description: '`summary` leaves arguments, value, log and cookies out',
        schema: { type: 'string', enum: ['summary', 'all'] },
      },
    },
    answer: schemas.stepList,
    run: async ({ index }, { params, query }) => {
      const { name = '' } = params;
      const session = await readSession(index, name);
      if (session === undefined) return { json: { total: 0, matched: 0, steps: [] } };
      const matched = findMatching(session, name, query['q'] ?? '');
      const from = Number(query['from'] ?? 1);
      const chosen = matched.filter(({ n }) => n >= from).slice(0, Number(query['limit'] ?? most.default));
      const shown = chosen.map((step) => toShownStep(step, session));
      const steps = query['fields'] === 'summary' ? shown.map(summaryOf) : shown;
      return { json: { total: session.steps.length, matched: matched.length, steps } };
    },
  },
  {
    method: 'GET',
    path: '/v1/sessions/{name}/steps/{n}',
    summary: 'One step, as an element of `session show --json`',
    query: {
      most: {
        description: 'Bytes above which long texts and lists are cut; `cut` then says how much there is',
        schema: { type: 'integer', minimum: 1000, maximum: 1e9 },
      },
    },
    answer: schemas.step,
    run: async ({ index }, { params, query }) => {
      const { name = '', n = '' } = params;
      const session = await readSession(index, name);
      const step = requireStep(session && showStep(session, Number(n)), name, n);
      const limit = query['most'];
      return { json: limit === undefined ? step : cutLarge(step, Number(limit)) };
    },
  },
  {
    method: 'GET',
    path: '/v1/sessions/{name}/steps/{n}/input',
    summary: 'What a call was given: all arguments before those were left out that the plugin does not declare',
    answer: schemas.input,
    run: async ({ index }, { params }) => {
      const { name = '', n = '' } = params;
      const session = await readSession(index, name);
      const step = requireStep(
        session?.steps.find((each) => String(each.n) === n),
        name,
        n,
      );
      return { json: maskInput(step, session as ReadSession) };
    },
  },
];

/** By what is shown of them: a word that is masked finds nothing. */
function findMatching(session: ReadSession, name: string, q: string): readonly StoredStep[] {
  const filter = parseFilter(q);
  if (filter.words.length === 0) return session.steps;
  const { showSecrets, facts, secrets, steps } = session;
  const facets = facetsOfSession({ name, ...toShownFacts(facts, secrets, { showSecrets }) }, false);
  return steps.filter((step) => {
    const { outcome } = step.record;
    const shown = outcome.kind === 'raised' ? toShownStep(step, session) : step.record;
    return matchesStep(filter, facetsOfStep(shown), facets);
  });
}
