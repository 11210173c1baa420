import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../base/json.ts';
import { plainMeta } from '../sps/policies/links/endpoint-meta.ts';
import { mayUse, mayWriteSomething } from './access/accounts.ts';
import type { Session } from './access/sessions.ts';
import type { Answer, Call, Method, Operation, RestRequest, RestState, Route } from './call.ts';
import { createRoutes } from './create-routes.ts';
import { cookieOf, findSession } from './find-session.ts';
import { challenge } from './log-in.ts';
import { parseTarget } from './parse-target.ts';
import { faultOf, RestFault, statusByType } from './rest-fault.ts';

/** What goes back to the client. */
export interface RestAnswer {
  status: number;
  headers: Record<string, string>;
  body: JsonObject;
  /** Of an error, else null. */
  type: string | null;
  session: Session | undefined;
}

/** A defect of ours: the client gets its id, the operator its trace. */
export type OnDefect = (id: string, defect: unknown) => void;

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'];
const empty = Buffer.alloc(0);
const alwaysAllowed: readonly string[] = ['/api', '/api/info', '/api/user_info'];

/** Requests → answers, without a connection. */
export class RestApi {
  readonly routes: ReadonlyMap<string, Route>;
  readonly #state: RestState;
  readonly #onDefect: OnDefect;

  constructor(state: RestState, onDefect: OnDefect) {
    this.#state = state;
    this.routes = createRoutes(state.profile.compat, state.tree);
    this.#onDefect = onDefect;
  }

  /** Never throws. */
  async respond(request: RestRequest): Promise<RestAnswer> {
    const { segments, path, query } = parseTarget(request.target);
    const found = segments === undefined ? undefined : this.#find(segments);
    const call: Call = {
      state: this.#state,
      request,
      requestBody: empty,
      path,
      query,
      key: segments?.at(-1) ?? '',
      session: undefined,
    };
    const isLogin = path === '/api/authentication' && request.method === 'GET';
    const session = isLogin ? undefined : findSession(call);
    call.session = session?.session;
    const headers: Record<string, string> = {};
    try {
      const operation = this.#admit(call, found, segments !== undefined);
      await this.#read(call, operation);
      const answer = await operation.run(call as Call & { session: Session });
      Object.assign(headers, this.#renewed(session), answer.headers);
      return {
        status: operation.status,
        headers,
        body: this.#complete(call, answer),
        type: null,
        session: answer.session ?? call.session,
      };
    } catch (thrown) {
      const fault = faultOf(thrown) ?? this.#defect(thrown);
      Object.assign(headers, this.#renewed(session), fault.headers);
      return { ...this.#refuse(call, fault), headers, session: call.session };
    }
  }

  /** While a body comes, the session can end. */
  async #read(call: Call, { body }: Operation): Promise<void> {
    const { request, session, path } = call;
    if (request.method !== 'POST' && request.method !== 'PUT') return;
    call.requestBody = await request.readBody(body === 'zip' ? 'upload' : 'json');
    if (session?.isEnded === true) throw new RestFault('Unauthenticated', 'Log in first', { resource: path });
  }

  #find(segments: readonly string[]): Route | undefined {
    const path = `/${segments.join('/')}`;
    const parent = `/${segments.slice(0, -1).join('/')}`;
    const exact = segments.at(-1) === '{key}' ? undefined : this.routes.get(path);
    return exact ?? this.routes.get(`${parent}/{key}`);
  }

  /** The checks that any request passes, in their order. @throws RestFault */
  #admit(call: Call, route: Route | undefined, isReadable: boolean): Operation {
    const { request, path, query, session } = call;
    const { method } = request;
    const resource = { resource: path };
    if ((method === 'POST' || method === 'PUT') && !request.hasLength) {
      throw new RestFault('LengthRequired', 'The request needs a Content-Length', resource);
    }
    const operation = isMethod(method) ? route?.methods[method] : undefined;
    const isOpen = route?.isOpen === true && (operation === undefined || operation.needs === 'nothing');
    if (session === undefined && !isOpen) {
      const isLogin = path === '/api/authentication';
      throw new RestFault('Unauthenticated', 'Log in first', resource, isLogin ? challenge : {});
    }
    if (route === undefined || !isReadable) throw new RestFault('NotFound', 'There is no such resource', resource);
    if (session !== undefined) this.#requirePrivilege(call, session, operation);
    if (operation === undefined) {
      const Allow = Object.keys(route.methods).join(', ');
      throw new RestFault('MethodNotAllowed', `${method} is not possible here`, { resource: path }, { Allow });
    }
    const [unknown] = path.startsWith('/api/configuration') ? query : [];
    if (unknown !== undefined) {
      throw new RestFault('InvalidQuery', `Unknown parameter ${JSON.stringify(unknown[0])}`, resource);
    }
    return operation;
  }

  /** @throws RestFault Unauthorized */
  #requirePrivilege({ request, path }: Call, session: Session, operation: Operation | undefined): void {
    const { account } = session;
    const isRead = request.method === 'GET';
    const resource = { resource: path };
    const need = operation?.needs ?? (alwaysAllowed.includes(path) ? 'session' : 'privilege');
    const isAllowed =
      need === 'nothing' ||
      need === 'session' ||
      (need === 'some-write' && mayWriteSomething(account)) ||
      mayUse(account, canonical(path), isRead);
    if (!isAllowed) throw new RestFault('Unauthorized', 'The user lacks the privilege', resource);
    this.#requireToken(request, session, resource);
  }

  /** Newer releases protect browsers against requests of other sites. */
  #requireToken({ method, headers }: RestRequest, { token }: Session, resource: JsonObject): void {
    if (this.#state.profile.compat !== 'current' || !['POST', 'PUT', 'DELETE'].includes(method)) return;
    if (headers['user-agent']?.startsWith('Mozilla') !== true || headers['x-token'] === token) return;
    throw new RestFault('Unauthorized', 'The X-Token header is missing or wrong', resource);
  }

  #renewed(session: ReturnType<typeof findSession>): Record<string, string> {
    if (session === undefined || session.session.isEnded) return {};
    const { sessions, isSecure } = this.#state;
    return { 'Set-Cookie': cookieOf(session.id, sessions.expiresMs(session.session), isSecure) };
  }

  #complete(call: Call, { body, isBare }: Answer): JsonObject {
    return isBare === true ? body : { ...body, meta: this.#withTime(call, body['meta'] as JsonObject) };
  }

  #withTime({ session, state }: Call, meta: JsonObject): JsonObject {
    return session === undefined ? meta : { ...meta, remaining_seconds: state.sessions.remainingSeconds(session) };
  }

  /** For what is refused before anything else. */
  refuse(target: string, fault: RestFault): RestAnswer {
    const { path } = parseTarget(target);
    const { type, message, details, headers } = fault;
    const error = { type, message, details: { resource: path, ...details } };
    const body = { error, meta: plainMeta(path) };
    return { status: statusByType[type], headers: { ...headers }, body, type, session: undefined };
  }

  #refuse(call: Call, { type, message, details }: RestFault): Pick<RestAnswer, 'status' | 'body' | 'type'> {
    const error = { type, message, details: { resource: call.path, ...details } };
    return { status: statusByType[type], body: { error, meta: this.#withTime(call, plainMeta(call.path)) }, type };
  }

  #defect(thrown: unknown): RestFault {
    const id = randomUUID();
    this.#onDefect(id, thrown);
    return new RestFault('InternalError', 'Something unexpected happened; the log of the server has the reason', {
      id,
    });
  }
}

function isMethod(method: string): method is Method {
  return methods.includes(method);
}

/** The long name of a path that has a short one. */
function canonical(path: string): string {
  return path.replace(/^(\/api\/configuration\/policies\/usermapping)(?=\/|$)/, '$1_policies');
}
