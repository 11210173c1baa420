import { type KvGroup, nameOf } from '../format/kv-group.ts';
import type { GroupShape, ShapeCase } from '../points/point.ts';
import type { Report } from './create-report.ts';
import { joinPath, valueOf } from './groups-of.ts';

/** Rules between the keys of one group. */
export function checkCases(group: KvGroup, { cases, items }: GroupShape, path: string, report: Report): void {
  for (const each of cases) {
    if (!holds(group, each.when ?? {})) continue;
    const when = describe(group, each.when ?? {});
    const has = (key: string): boolean => {
      const other = items.find((shape) => shape.key === key);
      const spellings = [key, ...(other?.aliases ?? []), ...(other?.slips ?? [])];
      return group.c.some((item) => 'k' in item && spellings.includes(item.k));
    };
    for (const key of (each.requires ?? []).filter((name) => !has(name))) {
      report(joinPath(path, { k: key, v: '' }), group, {
        level: 'error',
        code: 'KEY_MISSING',
        what: `missing${when}`,
        hint: `Add "${key}".`,
      });
    }
    const combine = (keys: readonly string[] | undefined, isRight: (count: number) => boolean, rule: string): void => {
      if (keys === undefined || isRight(keys.filter(has).length)) return;
      const found = keys.filter(has).join(' and ') || 'none';
      report(path, group, {
        level: 'error',
        code: 'KEYS_CONFLICT',
        what: `expected ${rule} of ${keys.join(', ')}${when}, got ${found}`,
        hint: 'See the description of the plugin point.',
      });
    };
    combine(each.exactlyOne, (count) => count === 1, 'exactly one');
    combine(each.anyOf, (count) => count > 0, 'at least one');
    combine(each.together, (count) => count === 0 || count === each.together?.length, 'all or none');
  }
}

type When = NonNullable<ShapeCase['when']>;

function holds(group: KvGroup, when: When): boolean {
  return Object.entries(when).every(([key, values]) => {
    const value = key === '$name' ? nameOf(group) : valueOf(group, key);
    if (value === undefined) return false;
    return Array.isArray(values) ? values.includes(value) : !(values as { not: readonly string[] }).not.includes(value);
  });
}

function describe(group: KvGroup, when: When): string {
  const parts = Object.keys(when).map((key) =>
    key === '$name' ? `the group is named ${nameOf(group)}` : `${key} is ${valueOf(group, key) ?? ''}`,
  );
  return parts.length === 0 ? '' : ` where ${parts.join(' and ')}`;
}
