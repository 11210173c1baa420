import { isIP } from 'node:net';

/** `host`, `host:22`, `[::1]:22`, `::1`; brackets stay. @throws RangeError */
export function splitHostPort(text: string): { host: string; port: number | undefined } {
  const found = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text);
  if (found === null) {
    if (isIP(text) === 6) return { host: text, port: undefined };
    throw new RangeError(text);
  }
  const port = found[2] === undefined ? undefined : Number(found[2]);
  if (port !== undefined && (port < 1 || port > 65535)) throw new RangeError(text);
  return { host: found[1] ?? '', port };
}
