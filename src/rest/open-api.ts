import { type AnswerName, answerSchemas } from './answer-schemas.ts';
import type { Operation, Route } from './call.ts';
import { type FaultType, statusByType } from './rest-fault.ts';

/** What any request may be answered. */
const always: readonly FaultType[] = ['MisdirectedRequest', 'InternalError'];
const json = (schema: object): object => ({ 'application/json': { schema } });
const answerOf = (name: AnswerName): object => json({ $ref: `#/components/schemas/${name}` });

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
      schemas: answerSchemas,
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
  const { summary, needs, status, body, answer = 'Object', parameters } = operation;
  const hasBody = method === 'POST' || method === 'PUT';
  const content =
    body === 'zip' ? { 'application/zip': { schema: { type: 'string', format: 'binary' } } } : json(body ?? {});
  return {
    summary,
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z]+/g, '_')}`,
    ...(needs === 'nothing' ? { security: path === '/api/authentication' ? [{ basic: [] }] : [] } : {}),
    ...(parameters === undefined ? {} : { parameters }),
    ...(hasBody ? { requestBody: { required: body !== undefined && path !== '/api/transaction', content } } : {}),
    responses: {
      [status]: { description: 'Success', content: answerOf(answer) },
      ...Object.fromEntries(faultsOf(operation, hasBody).map(([code, types]) => [code, failure(types)])),
    },
  };
}

function failure(types: readonly FaultType[]): object {
  return { description: types.join(', '), content: answerOf('Error') };
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
