import type { Operation, Route } from './call.ts';
import { type FaultType, statusByType } from './rest-fault.ts';

/** What any request may be answered. */
const always: readonly FaultType[] = ['MisdirectedRequest', 'InternalError'];
const errorBody = { $ref: '#/components/schemas/Error' };
const json = (schema: object): object => ({ 'application/json': { schema } });

const errorSchema = {
  type: 'object',
  required: ['error', 'meta'],
  properties: {
    error: {
      type: 'object',
      required: ['type', 'message', 'details'],
      properties: {
        type: { enum: Object.keys(statusByType) },
        message: { type: 'string' },
        details: { type: 'object' },
      },
    },
    meta: { type: 'object' },
  },
};

/** The description of the API, in OpenAPI 3.1, made from the table that routes requests. */
export function openApi(routes: ReadonlyMap<string, Route>, version: string): object {
  const shown = [...routes.values()].filter(({ isAlias }) => isAlias !== true);
  return {
    openapi: '3.1.0',
    info: { title: 'REST API of Safeguard for Privileged Sessions, as plugin-host emulates it', version },
    security: [{ session: [] }],
    paths: Object.fromEntries(shown.map((route) => [route.path, pathOf(route)])),
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'session_id' },
        basic: { type: 'http', scheme: 'basic' },
      },
      schemas: { Error: errorSchema },
    },
  };
}

function pathOf({ path, methods }: Route): object {
  const key = { name: 'key', in: 'path', required: true, schema: { type: 'string' } };
  return {
    ...(path.endsWith('/{key}') ? { parameters: [key] } : {}),
    ...Object.fromEntries(
      Object.entries(methods).map(([method, operation]) => [method.toLowerCase(), describe(method, path, operation)]),
    ),
  };
}

function describe(method: string, path: string, operation: Operation): object {
  const { summary, needs, status, body, parameters } = operation;
  const hasBody = method === 'POST' || method === 'PUT';
  const content = body === 'zip' ? { 'application/zip': { schema: {} } } : json(body ?? {});
  return {
    summary,
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z]+/g, '_')}`,
    ...(needs === 'nothing' ? { security: path === '/api/authentication' ? [{ basic: [] }] : [] } : {}),
    ...(parameters === undefined ? {} : { parameters }),
    ...(hasBody ? { requestBody: { required: body !== undefined && path !== '/api/transaction', content } } : {}),
    responses: {
      [status]: { description: 'Success', content: json({ type: 'object' }) },
      ...Object.fromEntries(faultsOf(operation, hasBody).map(([code, types]) => [code, failure(types)])),
    },
  };
}

function failure(types: readonly FaultType[]): object {
  return { description: types.join(', '), content: json(errorBody) };
}

function faultsOf({ needs, faults }: Operation, hasBody: boolean): [status: number, types: FaultType[]][] {
  const general: FaultType[] = [
    ...always,
    ...(needs === 'nothing' ? [] : (['Unauthenticated'] as const)),
    'Unauthorized',
    ...(hasBody ? (['LengthRequired', 'PayloadTooLarge', 'RequestTimeout'] as const) : []),
  ];
  const all = new Set<FaultType>([...faults, ...general]);
  const byStatus = new Map<number, FaultType[]>();
  for (const type of all) {
    const status = statusByType[type];
    byStatus.set(status, [...(byStatus.get(status) ?? []), type]);
  }
  return [...byStatus];
}
