import type { Json } from '../../base/json.ts';
import type { Matchers, Route } from '../description/target-description.ts';
import { type Difference, findDifferences, findTextDifferences } from '../matching/find-differences.ts';
import { renderDifference } from '../matching/render-difference.ts';
import type { TargetState } from '../matching/target-state.ts';
import { challengeOf, checkCredentials } from './check-credentials.ts';
import type { HttpRequest } from './http-request.ts';
import { matchesPath } from './matches-path.ts';

export type Choice =
  | { kind: 'route'; route: Route }
  | { kind: 'challenge'; challenge: string }
  /** @param nearest The route that is nearest, and what is wrong with the request for it; undefined when there is none. */
  | { kind: 'none'; nearest: string | undefined };

interface Candidate {
  index: number;
  route: Route;
  faults: string[];
  /** Of the faults, a wrong path weighs most. */
  distance: number;
}

/** Which route answers a request: the first that matches. One that only lacks its credentials challenges, unless another takes those given. */
export function chooseRoute(routes: readonly Route[], request: HttpRequest, state: TargetState, nonce: string): Choice {
  const candidates: Candidate[] = [];
  let challenge: string | undefined;
  for (const [index, route] of routes.entries()) {
    const differences = findRouteDifferences(route, request);
    const refusal = state.refusalOf(route);
    const credentials = checkCredentials(route, request, nonce);
    const matches = differences.length === 0 && refusal === undefined;
    const isPublic = route.basic === undefined && route.digest === undefined && route.bearer === undefined;
    if (matches && credentials === 'right' && !(challenge !== undefined && isPublic)) return { kind: 'route', route };
    if (matches) challenge ??= challengeOf(route, nonce);
    const others = [
      ...(refusal === undefined ? [] : [refusal]),
      ...(credentials === 'right' ? [] : [describeCredentials(route, credentials)]),
    ];
    const faults = [...differences.map(renderDifference), ...others];
    candidates.push({ index, route, faults, distance: distanceOf(differences) + others.length });
  }
  if (challenge !== undefined) return { kind: 'challenge', challenge };
  const [nearest] = candidates.sort((one, other) => one.distance - other.distance);
  return { kind: 'none', nearest: nearest && renderCandidate(nearest) };
}

function findRouteDifferences(route: Route, request: HttpRequest): Difference[] {
  const { method, path, json, body } = route;
  return [
    ...(method === undefined || method.toUpperCase() === request.method.toUpperCase()
      ? []
      : [{ keys: ['method'], expected: method, got: request.method }]),
    ...(path === undefined || matchesPath(path, request.path)
      ? []
      : [{ keys: ['path'], expected: path, got: request.path }]),
    ...differ('query', route.query, request.query),
    ...differ('headers', lowerNames(route.headers), request.headers),
    ...differ('cookies', route.cookies, request.cookies),
    ...differ('form', route.form, request.form),
    ...(json === undefined ? [] : findDifferences(json, request.json, ['json'])),
    ...(body === undefined ? [] : findTextDifferences(body, request.body, ['body'])),
  ];
}

function differ(name: string, expected: Matchers | undefined, got: Record<string, Json> | undefined): Difference[] {
  return expected === undefined ? [] : findTextDifferences(expected, got, [name]);
}

function lowerNames(headers: Matchers | undefined): Matchers | undefined {
  return headers && Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function distanceOf(differences: readonly Difference[]): number {
  const weights: Record<string, number> = { path: 4, method: 2 };
  return differences.reduce((sum, { keys: [first = ''] }) => sum + (weights[first] ?? 1), 0);
}

function describeCredentials({ basic, bearer }: Route, credentials: 'missing' | 'wrong'): string {
  const kind = basic !== undefined ? 'basic' : bearer !== undefined ? 'bearer' : 'digest';
  return `${kind}: the credentials are ${credentials}`;
}

function renderCandidate({ index, route, faults }: Candidate): string {
  const method = route.method?.toUpperCase() ?? 'any method';
  return `routes.${index} (${method} ${route.path ?? 'any path'}): ${faults.join('; ')}`;
}
