import type { Json } from '../../base/json.ts';
import type { Matchers, Route } from '../description/target-description.ts';
import { type Difference, findDifferences, findTextDifferences } from '../matching/find-differences.ts';
import { renderDifference } from '../matching/render-difference.ts';
import type { TargetState } from '../matching/target-state.ts';
import type { Show, Telling } from '../matching/telling.ts';
import { challengeOf, checkCredentials } from './check-credentials.ts';
import { describeCredentials } from './describe-credentials.ts';
import type { HttpRequest } from './http-request.ts';
import { matchesPath } from './matches-path.ts';

export type Choice =
  | { kind: 'route'; route: Route }
  /** @param credentials Wrong when a route that matches was sent some. @param tell Which routes want others. */
  | { kind: 'challenge'; challenge: string; credentials: 'missing' | 'wrong'; tell: Telling }
  /** @param nearest The route that is nearest, and what is wrong with the request for it; undefined when there is none. */
  | { kind: 'none'; nearest: Telling | undefined };

interface Candidate {
  index: number;
  route: Route;
  faults: Telling[];
  /** Of the faults, a wrong path weighs most. */
  distance: number;
}

/** Which route answers a request: the first that matches. One that only lacks its credentials challenges, unless another takes those given. */
export function chooseRoute(routes: readonly Route[], request: HttpRequest, state: TargetState, nonce: string): Choice {
  const candidates: Candidate[] = [];
  let challenge: string | undefined;
  const challenging: Candidate[] = [];
  let isWrong = false;
  for (const [index, route] of routes.entries()) {
    const differences = findRouteDifferences(route, request);
    const refusal = state.refusalOf(route);
    const credentials = checkCredentials(route, request, nonce);
    const matches = differences.length === 0 && refusal === undefined;
    const isPublic = route.basic === undefined && route.digest === undefined && route.bearer === undefined;
    if (matches && credentials === 'right' && !(challenge !== undefined && isPublic)) return { kind: 'route', route };
    const others = [
      ...(refusal === undefined ? [] : [() => refusal]),
      ...(credentials === 'right' ? [] : [describeCredentials(route, request, credentials)]),
    ];
    const faults = [
      ...differences.map(
        (each): Telling =>
          (show) =>
            renderDifference(each, show),
      ),
      ...others,
    ];
    const candidate = { index, route, faults, distance: distanceOf(differences) + others.length };
    candidates.push(candidate);
    const challenged = matches ? challengeOf(route, nonce) : undefined;
    if (challenged === undefined) continue;
    challenge ??= challenged;
    challenging.push(candidate);
    isWrong ||= credentials === 'wrong';
  }
  if (challenge !== undefined) {
    const tell: Telling = (show) => challenging.map((each) => renderCandidate(each, show)).join('; ');
    return { kind: 'challenge', challenge, credentials: isWrong ? 'wrong' : 'missing', tell };
  }
  const [nearest] = candidates.sort((one, other) => one.distance - other.distance);
  return { kind: 'none', nearest: nearest && ((show) => renderCandidate(nearest, show)) };
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

function renderCandidate({ index, route, faults }: Candidate, show: Show): string {
  const method = route.method?.toUpperCase() ?? 'any method';
  const path = route.path === undefined ? 'any path' : show(route.path);
  return `routes.${index} (${method} ${path}): ${faults.map((tell) => tell(show)).join('; ')}`;
}
