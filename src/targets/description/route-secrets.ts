import type { Route } from './target-description.ts';

/** The passwords and tokens that routes ask for. */
export function routeSecrets(routes: readonly Route[]): string[] {
  return routes.flatMap(({ basic, bearer, digest }) => [
    ...(basic === undefined ? [] : [basic.slice(basic.indexOf(':') + 1)]),
    ...(bearer === undefined ? [] : [bearer]),
    ...(digest === undefined ? [] : [digest.password]),
  ]);
}
