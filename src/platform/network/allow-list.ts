import { BlockList, isIP } from 'node:net';
import { isLoopback } from '../../loopback/is-loopback.ts';
import { splitHostPort } from './split-host-port.ts';

/** One thing that may be reached: a host, all hosts below a domain, or addresses; on one port or on all. */
type Rule = { port: number | undefined } & (
  { kind: 'host'; host: string } | { kind: 'domain'; suffix: string } | { kind: 'addresses'; list: BlockList }
);

/** What may be reached besides loopback, judged by the name that is asked for and by the address that it has. */
export class AllowList {
  readonly #rules: readonly Rule[];

  /** @param entries `HOST[:PORT]`, `*.DOMAIN`, `CIDR` @throws RangeError with the entry that is none */
  constructor(entries: readonly string[]) {
    this.#rules = entries.map(readRule);
  }

  /** Whether the name alone is enough. */
  allowsName(host: string, port: number): boolean {
    const name = plainHost(host);
    if (isLoopback(name)) return true;
    return this.#rules.some((rule) => isOn(rule, port) && nameMatches(rule, name));
  }

  allowsAddress(address: string, port: number): boolean {
    if (isLoopback(address)) return true;
    return this.#rules.some((rule) => isOn(rule, port) && addressMatches(rule, address));
  }
}

/** Without the brackets of an IPv6 address, the dot at the end, and capitals. */
export function plainHost(host: string): string {
  return host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
}

function readRule(entry: string): Rule {
  const cidr = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(entry.trim());
  if (cidr !== null) return readCidr(entry, cidr[1] ?? '', Number(cidr[2]));
  const { host, port } = splitHostPort(entry.trim());
  if (host === '' || /[\s/@]/.test(host)) throw new RangeError(entry);
  if (host.startsWith('*.')) return { kind: 'domain', suffix: plainHost(host.slice(1)), port };
  return { kind: 'host', host: plainHost(host), port };
}

function readCidr(entry: string, address: string, prefix: number): Rule {
  const kind = isIP(address);
  if (kind === 0 || prefix > (kind === 6 ? 128 : 32)) throw new RangeError(entry);
  const list = new BlockList();
  list.addSubnet(address, prefix, kind === 6 ? 'ipv6' : 'ipv4');
  return { kind: 'addresses', list, port: undefined };
}

function isOn({ port }: Rule, asked: number): boolean {
  return port === undefined || port === asked;
}

function nameMatches(rule: Rule, name: string): boolean {
  if (rule.kind === 'host') return rule.host === name;
  if (rule.kind === 'domain') return name.endsWith(rule.suffix);
  const kind = isIP(name);
  return kind !== 0 && rule.list.check(name, kind === 6 ? 'ipv6' : 'ipv4');
}

function addressMatches(rule: Rule, address: string): boolean {
  if (rule.kind === 'domain') return false;
  return nameMatches(rule, plainHost(address));
}
