import { findCollectionRule, managementId, bodyRuleOf } from '../sps/policies/bodies/collection-rules.ts';
import { hrefOf } from '../sps/policies/change-entry.ts';
import type { Compat } from '../sps/policies/links/compat.ts';
import type { Endpoint } from '../sps/policies/links/create-endpoint-tree.ts';
import { configurationHref } from '../sps/policies/links/endpoint-meta.ts';
import type { AnswerName } from './answer-schemas.ts';
import type { Answer, AuthenticatedCall, Operation, Route } from './call.ts';
import { deleteObject, postObject, putObject, putOrder, putSingle } from './put-object.ts';
import type { FaultType } from './rest-fault.ts';
import { schemaOfBody } from './schema-of-body.ts';
import { listEndpoints, listObjects, showObject, showOrder, showSingle } from './show-object.ts';

type Handler = (call: AuthenticatedCall, endpoint: Endpoint) => Answer;

const change: readonly FaultType[] = ['SyntacticError', 'SemanticError', 'NoTransaction', 'PayloadTooLarge'];
const order = {
  type: 'object',
  required: ['order'],
  properties: { order: { type: 'array', items: { type: 'string' } } },
};
/** The short name of a path in the procedures of the reference guide. */
const aliases: Record<string, string> = { 'policies/usermapping_policies': 'policies/usermapping' };

/** Everything at and below `/api/configuration`. */
export function configurationRoutes(compat: Compat, tree: ReadonlyMap<string, Endpoint>): Route[] {
  return [...tree.values()].flatMap((endpoint) => routesOf(endpoint, compat));
}

function routesOf(endpoint: Endpoint, compat: Compat): Route[] {
  const { id, kind } = endpoint;
  const path = id === '' ? configurationHref : hrefOf(id);
  const operation = (summary: string, run: Handler, details: Partial<Operation> = {}): Operation => ({
    summary,
    needs: 'privilege',
    status: 200,
    faults: ['InvalidQuery'],
    run: (call) => run(call, endpoint),
    ...details,
  });
  const get = (summary: string, run: Handler, answer?: AnswerName): Operation =>
    operation(summary, run, answer === undefined ? {} : { answer });
  const object = { GET: operation(`One of ${id}`, showObject, { faults: ['InvalidQuery', 'NotFound'] }) };
  const objectPath = `${path}/{key}`;
  switch (kind) {
    case 'list':
      return [
        {
          path,
          methods: { GET: get(`The children of ${id === '' ? 'the configuration' : id}`, listEndpoints, 'List') },
        },
      ];
    case 'stub': {
      const builtIn = { answer: 'Changed', faults: [...change, 'NotFound'], body: { type: 'object' } } as const;
      return [
        { path, methods: { GET: get(`The list of ${id}`, listObjects, 'List') } },
        ...(isBuiltIn(id)
          ? [
              {
                path: objectPath,
                methods: {
                  ...object,
                  PUT: operation(`Refused: ${id} are built in`, putObject, builtIn),
                  DELETE: operation(`Refused: ${id} are built in`, deleteObject, builtIn),
                },
              },
            ]
          : []),
      ];
    }
    case 'single': {
      const rule = bodyRuleOf(managementId, id.slice(managementId.length + 1));
      const body = rule === undefined ? {} : schemaOfBody(rule);
      return [
        {
          path,
          methods: {
            GET: get(`The settings of ${id}`, showSingle),
            PUT: operation(`Replace the settings of ${id}`, putSingle, { answer: 'Changed', faults: change, body }),
          },
        },
      ];
    }
    case 'secrets':
      return [
        { path, methods: { POST: create(endpoint, operation) } },
        { path: objectPath, methods: object },
      ];
    case 'collection':
      return collectionRoutes(endpoint, compat, operation);
  }
}

type MakeOperation = (summary: string, run: Handler, details?: Partial<Operation>) => Operation;

function create({ id }: Endpoint, operation: MakeOperation): Operation {
  const rule = findCollectionRule(id);
  const body = rule === undefined ? {} : schemaOfBody(rule.body);
  return operation(`Create one of ${id}`, postObject, { answer: 'Changed', status: 201, faults: change, body });
}

function collectionRoutes(endpoint: Endpoint, compat: Compat, operation: MakeOperation): Route[] {
  const { id } = endpoint;
  const path = hrefOf(id);
  const list = operation(`The list of ${id}`, listObjects, { answer: 'List' });
  const show = operation(`One of ${id}`, showObject, { faults: ['InvalidQuery', 'NotFound'] });
  const remove = operation(`Delete one of ${id}`, deleteObject, { answer: 'Bare', faults: [...change, 'NotFound'] });
  if (id.startsWith('plugins/')) {
    const methods = compat === 'current' ? { GET: show, DELETE: remove } : { GET: show };
    return [
      { path, methods: { GET: list } },
      { path: `${path}/{key}`, methods },
    ];
  }
  const post = create(endpoint, operation);
  const put = operation(`Replace one of ${id}`, putObject, {
    answer: 'Changed',
    faults: [...change, 'NotFound'],
    body: post.body ?? {},
  });
  const alias = aliases[id];
  return [
    { path, methods: { GET: list, POST: post } },
    { path: `${path}/{key}`, methods: { GET: show, PUT: put, DELETE: remove } },
    ...(alias === undefined
      ? []
      : [
          { path: hrefOf(alias), methods: { POST: post }, isAlias: true },
          { path: `${hrefOf(alias)}/{key}`, methods: { PUT: put }, isAlias: true },
        ]),
    ...(id.endsWith('/connections')
      ? [
          {
            path: `${path}/@order`,
            methods: {
              GET: operation(`The order of ${id}`, showOrder, { answer: 'Order' }),
              PUT: operation(`Reorder ${id}`, putOrder, { answer: 'Bare', faults: change, body: order }),
            },
          },
        ]
      : []),
  ];
}

/** Stubs in which something is built in. */
function isBuiltIn(id: string): boolean {
  return id.endsWith('/channel_policies') || id.endsWith('/settings_policies');
}
