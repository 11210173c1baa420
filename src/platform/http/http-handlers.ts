import type { VerbHandler } from '../engine/verb-handler.ts';
import { cookieHandlers } from './cookie-handlers.ts';
import { extractJson } from './extract-json.ts';
import { formHandlers } from './form-handlers.ts';
import { runRequest } from './run-request.ts';
import { setupHandlers } from './setup-handlers.ts';

/** Requests and what comes back. */
export const httpHandlers: Readonly<Record<string, VerbHandler>> = {
  ...setupHandlers,
  Request: runRequest,
  ExtractJsonObject: extractJson,
  ...formHandlers,
  ...cookieHandlers,
};
