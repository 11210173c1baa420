import type { Target } from './target.ts';

/** Where a connection goes that asks for a name and port: the target and its port on 127.0.0.1. Undefined when none claims them. */
export function findTarget<T extends Pick<Target, 'claims'>>(
  targets: readonly T[],
  address: string,
  port: number,
): { target: T; loopbackPort: number } | undefined {
  for (const target of targets) {
    const loopbackPort = target.claims(address, port);
    if (loopbackPort !== undefined) return { target, loopbackPort };
  }
  return undefined;
}

/** The same name however it is written: case, a dot at its end, the brackets of an address. */
export function plainName(address: string): string {
  return address
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
