import type { ApiRoute, Field } from './api-route.ts';
import { schemas } from './schemas.ts';

/** What any request may be answered with. */
const common = [
  '400 REQUEST_INVALID',
  '401 TOKEN_MISSING',
  '403 ORIGIN_REFUSED',
  '404 ROUTE_UNKNOWN, SESSION_NOT_FOUND, STEP_NOT_FOUND',
  '405 METHOD_NOT_ALLOWED',
  '409 SESSION_BUSY',
  '413 BODY_TOO_LARGE',
  '415 MEDIA_TYPE_UNSUPPORTED',
  '421 HOST_REFUSED',
  '422 a code of the plugin',
  '500 INTERNAL',
];

/** OpenAPI 3.1 of the table that answers the requests. */
export function openapiDocument(routes: readonly ApiRoute[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'plugin-host inspector', version, description: 'Stored sessions of plugin-host, on this machine.' },
    paths,
    components: {
      schemas: { Error: schemas.error },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        page: { type: 'apiKey', in: 'cookie', name: 'plugin-host-PORT' },
      },
    },
    security: [{ bearer: [] }, { page: [] }],
  };
}

function operationOf({ path, summary, query = {}, body, answer }: ApiRoute): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: name === 'n' ? 'integer' : 'string' },
  }));
  const inQuery = Object.entries(query).map(([name, { description, schema }]) => ({
    name,
    in: 'query',
    description,
    schema,
  }));
  const failures = common.map((text): [string, object] => {
    const [status = '', ...codes] = text.split(' ');
    const error = { $ref: '#/components/schemas/Error' };
    return [status, { description: codes.join(' '), content: { 'application/json': { schema: error } } }];
  });
  const type = path.endsWith('/events') ? 'text/event-stream' : 'application/json';
  return {
    summary,
    ...(inPath.length + inQuery.length === 0 ? {} : { parameters: [...inPath, ...inQuery] }),
    ...(body === undefined ? {} : { requestBody: { content: { 'application/json': { schema: schemaOf(body) } } } }),
    responses: {
      200: { description: 'Done', content: { [type]: { schema: answer } } },
      ...Object.fromEntries(failures),
    },
  };
}

function schemaOf(fields: Readonly<Record<string, Field>>): object {
  const properties = Object.entries(fields).map(([name, { description, schema }]) => [
    name,
    { ...schema, description },
  ]);
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) as object };
}
