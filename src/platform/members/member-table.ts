import type { Value } from '../values/value.ts';
import type { CallArguments } from './call-arguments.ts';

export type Property<Target> = (target: Target) => Value;
export type Method<Target> = (target: Target, given: CallArguments) => Value;

/** What a class of values offers; a name that is not exactly there is found without regard to case. Source: specification c.3. */
export class MemberTable<Target> {
  readonly #properties: ReadonlyMap<string, Property<Target>>;
  readonly #methods: ReadonlyMap<string, Method<Target>>;

  constructor(properties: Record<string, Property<Target>>, methods: Record<string, Method<Target>>) {
    this.#properties = folded(properties);
    this.#methods = folded(methods);
  }

  property(name: string): Property<Target> | undefined {
    return this.#properties.get(name) ?? this.#properties.get(name.toLowerCase());
  }

  method(name: string): Method<Target> | undefined {
    return this.#methods.get(name) ?? this.#methods.get(name.toLowerCase());
  }
}

function folded<Entry>(entries: Record<string, Entry>): Map<string, Entry> {
  const pairs = Object.entries(entries);
  return new Map([...pairs.map(([name, entry]) => [name.toLowerCase(), entry] as const), ...pairs]);
}
