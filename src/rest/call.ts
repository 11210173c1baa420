import type { JsonObject } from '../base/json.ts';
import type { ChangeOptions } from '../sps/policies/change-options.ts';
import type { ConfigurationStore } from '../sps/policies/configuration-store.ts';
import type { Endpoint } from '../sps/policies/links/create-endpoint-tree.ts';
import type { Accounts } from './access/accounts.ts';
import type { LoginThrottle } from './access/login-throttle.ts';
import type { Session, Sessions } from './access/sessions.ts';
import type { AnswerName } from './answer-schemas.ts';
import type { Profile } from './profile.ts';
import type { FaultType } from './rest-fault.ts';

/** A request, whole, without a connection. */
export interface RestRequest {
  method: string;
  /** In origin form: path and query. */
  target: string;
  /** By their names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Reads the body; called once at most, and only for a request that is admitted. @throws RestFault PayloadTooLarge, RequestTimeout */
  readBody: (kind: 'json' | 'upload') => Promise<Buffer>;
  /** The request said how long its body is, or that it is chunked. */
  hasLength: boolean;
}

/** What the handlers work with. */
export interface RestState {
  profile: Profile;
  store: ConfigurationStore;
  tree: ReadonlyMap<string, Endpoint>;
  sessions: Sessions;
  accounts: Accounts;
  throttle: LoginThrottle;
  /** The cookie is for TLS only. */
  isSecure: boolean;
  changes: ChangeOptions;
  /** The last upload that is looked into. */
  uploads: { last: Promise<unknown> };
  /** A transaction of the `classic` profile was opened, or has ended. */
  onLock: (isLocked: boolean) => void;
}

/** A request on its way to its answer. */
export interface Call {
  state: RestState;
  request: RestRequest;
  /** Empty until it is read. */
  requestBody: Buffer;
  /** As it shows in answers: decoded, without query. */
  path: string;
  query: readonly (readonly [string, string])[];
  /** The last segment, where the route has a key. */
  key: string;
  /** Absent on endpoints that need none, and of an anonymous client. */
  session: Session | undefined;
}

export type AuthenticatedCall = Call & { session: Session };

/** What a handler answers. */
export interface Answer {
  body: JsonObject;
  /** Nothing is added to its `meta`. */
  isBare?: boolean;
  /** Who has just logged in, for the log. */
  session?: Session;
  headers?: Readonly<Record<string, string>>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Who may use an operation: anybody, who is logged in, who may write anything, who has a privilege for the path. */
type Need = 'nothing' | 'session' | 'some-write' | 'privilege';

/** One method of a route. */
export interface Operation {
  summary: string;
  needs: Need;
  run: (call: AuthenticatedCall) => Answer | Promise<Answer>;
  /** Of success. */
  status: 200 | 201;
  /** What else it may answer, besides what any request may. */
  faults: readonly FaultType[];
  /** JSON Schema of the body; undefined: the body does not matter. */
  body?: object | 'zip';
  /** What success answers. Default: an object with its key. */
  answer?: AnswerName;
  parameters?: readonly object[];
}

/** A path with its methods. The same table routes requests and describes the API. */
export interface Route {
  /** `/api/configuration/policies/userlists/{key}` */
  path: string;
  methods: Partial<Record<Method, Operation>>;
  /** It can be asked without a session. */
  isOpen?: boolean;
  /** Not in the description: another name of a route. */
  isAlias?: boolean;
}
