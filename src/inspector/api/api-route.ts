import type { Json, JsonObject } from '../../base/json.ts';
import type { HostOptions } from '../../sps/call/resolve-host.ts';
import type { SessionIndex } from '../sessions/session-index.ts';

/** What the routes work with. */
export interface ApiContext {
  index: SessionIndex;
  version: string;
  /** How plugins are run. */
  host: HostOptions;
  /** Packages that stand for recorded plugins of the same type and name. */
  plugins: readonly string[];
  /** Aborted when the inspector is closed. */
  signal: AbortSignal;
  /** The page with a session in it, as one file. */
  renderExport: (name: string) => Promise<string>;
}

/** A request that a route gets: checked against what the route says of itself. */
export interface ApiCall {
  /** From the path, decoded. */
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Empty when there is none. */
  body: JsonObject;
}

/** An answer as a file to keep. */
interface Download {
  contentType: string;
  fileName: string;
  text: string;
}

/** Of a query or of a body. */
export interface Field {
  description: string;
  /** JSON Schema of the value; numbers of a query are written in digits. */
  schema: { type: 'string' | 'integer' | 'object'; minimum?: number; maximum?: number; enum?: readonly string[] };
}

/** One method of one path: the same table answers requests and describes the API. */
export interface ApiRoute {
  method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/sessions/{name}` */
  path: string;
  summary: string;
  query?: Readonly<Record<string, Field>>;
  body?: Readonly<Record<string, Field>>;
  /** JSON Schema of the answer. */
  answer: object;
  /** Codes of the errors that only this route has. */
  errors?: readonly string[];
  run: (context: ApiContext, call: ApiCall) => Answered | Promise<Answered>;
}

/** What a route answers; `events`: what happens from now on. */
export type Answered = { json: Json | object } | { download: Download } | { events: true };
