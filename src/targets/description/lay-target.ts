import type { TargetDescription } from './target-description.ts';

/** One target over another: what its routes and commands answer comes first, its other keys win. Source: platform contract §7. */
export function layTarget(below: TargetDescription, over: TargetDescription): TargetDescription {
  return {
    ...below,
    ...over,
    ...(below.http && over.http && { http: layRules(below.http, over.http, 'routes') }),
    ...(below.ssh && over.ssh && { ssh: layRules(below.ssh, over.ssh, 'commands') }),
    ...(below.telnet && over.telnet && { telnet: layRules(below.telnet, over.telnet, 'commands') }),
  };
}

function layRules<K extends string, T extends Partial<Record<K, readonly unknown[]>>>(below: T, over: T, rules: K): T {
  return { ...below, ...over, [rules]: [...(over[rules] ?? []), ...(below[rules] ?? [])] };
}
