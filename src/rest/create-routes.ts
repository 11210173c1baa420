import type { Compat } from '../sps/policies/links/compat.ts';
import type { Endpoint } from '../sps/policies/links/create-endpoint-tree.ts';
import type { Answer, Call, Operation, Route } from './call.ts';
import { commitTransaction, openTransaction, rollBack, showChanges, showTransaction } from './commit-transaction.ts';
import { configurationRoutes } from './configuration-routes.ts';
import { listLoginMethods, listTypes, logIn, logOut, showUser } from './log-in.ts';
import { listChildren, showInfo } from './show-info.ts';
import { integrityParameters, showIntegrity } from './show-integrity.ts';
import { uploadPlugin } from './upload-plugin.ts';

/** All paths of the API by their path; a key is `{key}`. */
export function createRoutes(compat: Compat, tree: ReadonlyMap<string, Endpoint>): ReadonlyMap<string, Route> {
  const routes = [...generalRoutes(compat), ...configurationRoutes(compat, tree)];
  return new Map(routes.map((route) => [route.path, route]));
}

function open(
  summary: string,
  run: (call: Call) => Answer | Promise<Answer>,
  details: Partial<Operation> = {},
): Operation {
  return { summary, needs: 'nothing', status: 200, faults: [], run, ...details };
}

function own(summary: string, run: Operation['run'], details: Partial<Operation> = {}): Operation {
  return { summary, needs: 'session', status: 200, faults: [], run, ...details };
}

function generalRoutes(compat: Compat): Route[] {
  const isCurrent = compat === 'current';
  const children = [
    'authentication',
    'configuration',
    'info',
    ...(isCurrent ? ['plugin'] : []),
    'transaction',
    'upload',
    'user_info',
  ];
  const user = own('Who is logged in', showUser, { answer: 'UserInfo' });
  return [
    {
      path: '/api',
      isOpen: true,
      methods: { GET: open('What the API has', (call) => listChildren(call, children), { answer: 'List' }) },
    },
    {
      path: '/api/authentication',
      isOpen: true,
      methods: {
        GET: open('Log in with Basic; the session is a cookie', logIn, {
          answer: 'Bare',
          faults: ['AuthenticationFailure', 'Unauthenticated', 'TooManyRequests'],
          parameters: [
            { name: 'login_method', in: 'query', schema: { type: 'string' } },
            { name: 'type', in: 'query', schema: { type: 'string' } },
          ],
        }),
        DELETE: own('Log out; an open transaction is dropped', logOut, { answer: 'Bare' }),
      },
    },
    {
      path: '/api/authentication/login_methods',
      isOpen: true,
      methods: { GET: open('Ways to log in', listLoginMethods, { answer: 'LoginMethods' }) },
    },
    {
      path: '/api/authentication/types',
      isOpen: true,
      methods: { GET: open('Ways to log in, as older releases have it', listTypes, { answer: 'LoginTypes' }) },
    },
    { path: '/api/info', isOpen: true, methods: { GET: open('About the appliance', showInfo) } },
    { path: '/api/user_info', methods: { GET: user } },
    { path: '/api/user/info', methods: { GET: user }, isAlias: true },
    { path: '/api/userinfo', methods: { GET: user }, isAlias: true },
    transactionRoute(),
    {
      path: '/api/transaction/changes',
      methods: { GET: own('The staged changes', showChanges, { answer: 'Changes' }) },
    },
    {
      path: '/api/upload',
      methods: {
        GET: own('What can be uploaded', (call) => listChildren(call, ['plugins']), {
          needs: 'some-write',
          answer: 'List',
        }),
      },
    },
    {
      path: '/api/upload/plugins',
      methods: {
        POST: own('Upload the ZIP of a plugin', uploadPlugin, {
          needs: 'some-write',
          status: 201,
          body: 'zip',
          faults: ['InvalidPlugin', 'PluginNotSupported', 'NoTransaction', 'PayloadTooLarge'],
        }),
      },
    },
    ...(isCurrent ? pluginRoutes() : []),
  ];
}

function transactionRoute(): Route {
  return {
    path: '/api/transaction',
    methods: {
      GET: own('Whether a transaction is open', showTransaction, { answer: 'Transaction' }),
      POST: own('Open a transaction', openTransaction, {
        needs: 'some-write',
        answer: 'Transaction',
        faults: ['ConfigurationLocked'],
      }),
      PUT: own('Commit the staged changes', commitTransaction, {
        needs: 'some-write',
        answer: 'Transaction',
        faults: ['SyntacticError', 'SemanticError', 'NoTransaction', 'Conflict'],
        body: {
          type: 'object',
          properties: { status: { enum: ['commit'] }, message: { type: 'string' }, commit_message: { type: 'string' } },
        },
      }),
      DELETE: own('Roll the staged changes back', rollBack, { needs: 'some-write', answer: 'Bare' }),
    },
  };
}

function pluginRoutes(): Route[] {
  return [
    {
      path: '/api/plugin',
      methods: {
        GET: own('What can be asked of plugins', (call) => listChildren(call, ['integrity']), {
          needs: 'privilege',
          answer: 'List',
        }),
      },
    },
    {
      path: '/api/plugin/integrity',
      methods: {
        GET: own('Whether a stored plugin is as it was uploaded', showIntegrity, {
          needs: 'privilege',
          faults: ['InvalidQuery', 'NotFound'],
          parameters: integrityParameters,
        }),
      },
    },
  ];
}
