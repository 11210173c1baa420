import { exportSession } from '../../sps/store/export-session.ts';
import { requireWhole } from '../../sps/store/require-whole.ts';
import { toShownFacts } from '../../sps/store/session-facts.ts';
import { toShownStep } from '../../sps/store/shown-step.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import type { Answered, ApiContext, ApiRoute } from './api-route.ts';
import { asNotFound, readSession } from './read-session.ts';
import { schemas } from './schemas.ts';

const most = { sessions: 1000, default: 200 };

/** Reading the sessions as a whole. */
export const sessionRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/v1/info',
    summary: 'What the inspector shows',
    answer: schemas.info,
    run: async ({ index, version }) => {
      const { showSecrets, keep } = index.options;
      return {
        json: {
          version,
          api: 1,
          stateDir: index.store.place,
          masked: !showSecrets,
          keep,
          sessions: await index.count(),
        },
      };
    },
  },
  {
    method: 'GET',
    path: '/v1/sessions',
    summary: 'The sessions, newest first, those that were recorded for the inspector too',
    query: {
      q: { description: 'Filter', schema: { type: 'string' } },
      limit: { description: 'How many', schema: { type: 'integer', minimum: 0, maximum: most.sessions } },
      offset: { description: 'How many are left out before', schema: { type: 'integer', minimum: 0, maximum: 1e9 } },
    },
    answer: schemas.sessionList,
    run: async ({ index }, { query }) => {
      const { q = '', offset = 0, limit = most.default } = query;
      const found = await index.find(parseFilter(q), Number(offset), Number(limit));
      return { json: { total: await index.count(), ...found } };
    },
  },
  {
    method: 'GET',
    path: '/v1/sessions/{name}',
    summary: 'A session with all its steps, as `session show --json`',
    answer: schemas.session,
    run: async ({ index }, { params }) => ({ json: await showSession(index, params['name'] ?? '') }),
  },
  {
    method: 'GET',
    path: '/v1/sessions/{name}/export',
    summary: 'The session as a file, masked',
    query: { format: { description: 'Default json', schema: { type: 'string', enum: ['json', 'html'] } } },
    answer: {},
    run: (context, { params, query }) => {
      const { name = '' } = params;
      return query['format'] === 'html' ? exportHtml(context, name) : exportJson(context, name);
    },
  },
];

/** As `session show --json`. @throws PluginHostError SESSION_NOT_FOUND, STORE_UNREADABLE, FORMAT_TOO_NEW */
async function showSession(index: ApiContext['index'], name: string): Promise<object> {
  const session = await readSession(index, name);
  const { gatewayUser = null, origin = null } = index.get(name)?.element ?? {};
  const { showSecrets } = index.options;
  if (session === undefined) {
    return { session: name, origin, ended: null, gatewayUser, gatewayGroups: null, protocol: null, steps: [] };
  }
  requireWhole(index.store, name, session.steps);
  const steps = session.steps.map((step) => toShownStep(step, session));
  return { session: name, ...toShownFacts(session.facts, session.secrets, { showSecrets }), steps };
}

async function exportJson({ index }: ApiContext, name: string): Promise<Answered> {
  try {
    const { content, facts } = await index.store.look(name, (reader) => ({
      content: reader.content(),
      facts: reader.facts(),
    }));
    requireWhole(index.store, name, content.steps);
    const exported = exportSession(name, content, index.options.showSecrets, facts);
    const text = `${JSON.stringify(exported, undefined, 2)}\n`;
    return { download: { contentType: 'application/json', fileName: `${name}.json`, text } };
  } catch (error) {
    throw asNotFound(error, name);
  }
}

async function exportHtml({ renderExport }: ApiContext, name: string): Promise<Answered> {
  try {
    const text = await renderExport(name);
    return { download: { contentType: 'text/html; charset=utf-8', fileName: `${name}.html`, text } };
  } catch (error) {
    throw asNotFound(error, name);
  }
}
