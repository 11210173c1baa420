import path from 'node:path';
import type { Answer, Route } from '../description/target-description.ts';
import type { BackendDescription } from './backend-description.ts';

/** The same with absolute paths: backends that are laid over each other come from files in several folders. */
export function resolveFiles(backend: BackendDescription, folder: string): BackendDescription {
  const { http } = backend;
  if (http?.routes === undefined) return backend;
  return { ...backend, http: { ...http, routes: http.routes.map((route) => resolveRoute(route, folder)) } };
}

function resolveRoute(route: Route, folder: string): Route {
  const { answer } = route;
  if (answer === undefined) return route;
  return {
    ...route,
    answer: Array.isArray(answer) ? answer.map((each) => resolve(each, folder)) : resolve(answer, folder),
  };
}

function resolve(answer: number | Answer, folder: string): number | Answer {
  if (typeof answer === 'number' || answer.file === undefined) return answer;
  return { ...answer, file: path.resolve(folder, answer.file) };
}
