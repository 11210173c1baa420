import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../base/json.ts';
import { pluginTypes } from '../sps/policies/bodies/collection-rules.ts';
import { requireObject } from '../sps/policies/create-object.ts';
import { plainMeta } from '../sps/policies/links/endpoint-meta.ts';
import type { StoredObject } from '../sps/policies/stored-object.ts';
import type { Answer, AuthenticatedCall } from './call.ts';
import { RestFault } from './rest-fault.ts';
import { viewOf } from './stage.ts';

const operations = ['zip_checksum', 'zip_content', 'unregistered'];

/** In the description of the API. */
export const integrityParameters = [
  { name: 'key', in: 'query', required: true, schema: { type: 'string' } },
  { name: 'plugin_type', in: 'query', required: true, schema: { enum: [...pluginTypes] } },
  { name: 'ops', in: 'query', schema: { type: 'array', items: { enum: operations } } },
];

/** Compares a stored package with what was uploaded. @throws RestFault InvalidQuery; PolicyFault NotFound */
export function showIntegrity(call: AuthenticatedCall): Answer {
  const { state, query, path } = call;
  const known = integrityParameters.map(({ name }) => name);
  const unknown = query.find(([name]) => !known.includes(name));
  if (unknown !== undefined) throw new RestFault('InvalidQuery', `Unknown parameter ${JSON.stringify(unknown[0])}`);
  const key = requireParameter(query, 'key');
  const type = requireParameter(query, 'plugin_type');
  if (!pluginTypes.some((each) => each === type))
    throw new RestFault('InvalidQuery', 'plugin_type is not a plugin type');
  const asked = query.filter(([name]) => name === 'ops').map(([, value]) => value);
  const wrong = asked.find((each) => !operations.includes(each));
  if (wrong !== undefined) throw new RestFault('InvalidQuery', `ops has no operation ${JSON.stringify(wrong)}`);
  const plugin = requireObject(viewOf(call).collection(`plugins/${type}`), key);
  const verdict = judge(state.store.packageOf(plugin.package?.digest ?? ''), plugin);
  const body: JsonObject = Object.fromEntries((asked.length === 0 ? operations : asked).map((each) => [each, verdict]));
  return { body: { key, body, meta: plainMeta(path) } };
}

/** The package is kept as it came, so its digest tells the content and what is beside it too. */
function judge(bytes: Uint8Array | undefined, { package: facts }: StoredObject): Json {
  if (bytes === undefined) return { verdict: 'failed', reason: 'The package is not committed yet' };
  const isSame = createHash('sha256').update(bytes).digest('hex') === facts?.digest;
  return isSame
    ? { verdict: 'passed', reason: '' }
    : { verdict: 'failed', reason: 'The package differs from what was uploaded' };
}

function requireParameter(query: AuthenticatedCall['query'], name: string): string {
  const value = query.find(([each]) => each === name)?.[1];
  if (value === undefined || value === '') throw new RestFault('InvalidQuery', `The parameter ${name} is missing`);
  return value;
}
