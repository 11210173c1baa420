import { actingRoutes } from './acting-routes.ts';
import type { ApiRoute } from './api-route.ts';
import { openapiDocument } from './openapi-document.ts';
import { sessionRoutes } from './session-routes.ts';
import { stepRoutes } from './step-routes.ts';

/** Version 1 of the API. Source: inspector contract, "The page's own API". */
export function createRoutes(version: string): readonly ApiRoute[] {
  const routes: ApiRoute[] = [
    ...sessionRoutes,
    ...stepRoutes,
    ...actingRoutes,
    {
      method: 'GET',
      path: '/v1/events',
      summary: 'What happens, as server-sent events: session, step, removed, started, reset',
      answer: { type: 'string' },
      errors: ['TOO_MANY_STREAMS'],
      run: () => ({ events: true }),
    },
    {
      method: 'GET',
      path: '/v1/openapi.json',
      summary: 'This document',
      answer: { type: 'object' },
      run: () => ({ json: openapiDocument(routes, version) }),
    },
  ];
  return routes;
}
