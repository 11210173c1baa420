import { describe, expect, test } from 'vitest';
import { createRoutes } from '../../../src/rest/create-routes.ts';
import { openApi } from '../../../src/rest/open-api.ts';
import { createEndpointTree } from '../../../src/sps/policies/links/create-endpoint-tree.ts';

interface Described {
  paths: Record<string, Record<string, { operationId?: string; responses?: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
}

describe.each(['classic', 'current'] as const)('the description of the API in %s', (compat) => {
  const routes = createRoutes(compat, createEndpointTree(compat));
  const { paths, components } = openApi(routes, compat) as Described;

  test('has every path that is routed, but other names of the same', () => {
    const shown = [...routes.values()].filter(({ isAlias }) => isAlias !== true).map(({ path }) => path);
    expect(Object.keys(paths)).toEqual(shown);
    expect('/api/plugin/integrity' in paths).toBe(compat === 'current');
  });

  test('names each operation once, and says what it may answer', () => {
    const operations = Object.values(paths).flatMap((each) =>
      Object.entries(each).flatMap(([method, operation]) => (method === 'parameters' ? [] : [operation])),
    );
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { responses = {} } of operations) {
      expect(Object.keys(responses).some((status) => status.startsWith('20'))).toBe(true);
      expect(responses).toHaveProperty('500');
    }
  });

  test('has the schema of each answer that it names', () => {
    const named = JSON.stringify({ paths, components }).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    const names = new Set(Array.from(named, ([, name]) => name ?? ''));
    expect([...names].sort()).toEqual(Object.keys(components.schemas).sort());
  });

  test('names the key of each path that has one', () => {
    for (const [path, each] of Object.entries(paths)) {
      expect('parameters' in each).toBe(path.endsWith('/{key}'));
    }
  });
});
