import { isJsonObject, type Json } from '../../base/json.ts';
import { privateKeySpans } from '../../secrets/private-key-spans.ts';
import { decodeBody, parseJson } from './decode-body.ts';
import type { RecordedExchange } from './recorded-exchange.ts';

/** A text of the target that is a secret, though no parameter is. */
export interface Token {
  /** What it is called where it stands. */
  origin: string;
  text: string;
}

const tellingName =
  /(?:token|secret|passw(?:or)?d|passwd|pwd|api[-_]?key|access[-_]?key|private[-_]?key|session(?:[-_]?id)?|[-_]sid|jwt|assertion|ticket|csrf|xsrf|nonce|credentials?|otp|authorization)$/i;
const word = /[\w.-]+/g;
/** Shorter values are settings rather than tokens. */
const shortest = 8;

/** What the target gave and nobody else may know: cookies, tokens, keys, and what the client sent back as one. @param texts All that it gave */
export function findTokens(requests: readonly RecordedExchange[], texts: readonly string[]): Token[] {
  const found = [
    ...requests.flatMap(tokensOfHeaders),
    ...requests.flatMap(tokensOfBody),
    ...requests.flatMap((call) => tokensSentBack(call, texts)),
    ...texts.flatMap(jsonWebTokens),
    ...texts.flatMap((text) =>
      privateKeySpans(text).map(([start, end]) => ({ origin: 'PrivateKey', text: text.slice(start, end) })),
    ),
  ];
  return found.filter(({ text }) => text.length >= shortest && !/^[*•]+$/.test(text));
}

function tokensOfHeaders({ result }: RecordedExchange): Token[] {
  return (result?.headers ?? []).flatMap(([name, value]): Token[] => {
    if (name.toLowerCase() === 'set-cookie') {
      const [pair = ''] = value.split(';');
      const at = pair.indexOf('=');
      return [{ origin: `${pair.slice(0, at).trim()} cookie`, text: pair.slice(at + 1).trim() }];
    }
    if (name.toLowerCase() === 'location' || name.toLowerCase() === 'link') return tokensOfUrls(value);
    return tellingName.test(name) && !/[\s,]/.test(value) ? [{ origin: name, text: value }] : [];
  });
}

function tokensOfUrls(text: string): Token[] {
  const pairs = text.matchAll(/[?&;#]([\w.-]+)=([^&#\s<>"';]+)/g);
  return Array.from(pairs, ([, name = '', value = '']) => ({ origin: name, text: value })).filter(
    ({ origin }) => tellingName.test(origin) || origin === 'code',
  );
}

function tokensOfBody({ result }: RecordedExchange): Token[] {
  if (result === undefined) return [];
  const text = decodeBody(result);
  const data = parseJson(text);
  if (data !== undefined) return tokensOfJson(data as Json, '');
  return text
    .split('<')
    .filter((tag) => /^(?:input|meta)\s/i.test(tag))
    .flatMap((tag) => tokensOfTag(attributesOf(tag)))
    .filter(({ origin }) => tellingName.test(origin));
}

function tokensOfTag(attributes: ReadonlyMap<string, string>): Token[] {
  const origin = attributes.get('name') ?? '';
  return [{ origin, text: attributes.get('value') ?? attributes.get('content') ?? '' }];
}

function jsonWebTokens(text: string): Token[] {
  return Array.from(text.matchAll(word), ([each]) => ({ origin: 'Jwt', text: each })).filter(
    (each) => each.text.startsWith('eyJ') && each.text.split('.').length === 3,
  );
}

function tokensOfJson(value: Json, name: string): Token[] {
  if (Array.isArray(value)) return value.flatMap((item) => tokensOfJson(item, name));
  if (isJsonObject(value)) return Object.entries(value).flatMap(([key, item]) => tokensOfJson(item, key));
  return typeof value === 'string' && tellingName.test(name) && !/\s/.test(value)
    ? [{ origin: name, text: value }]
    : [];
}

/** Of a tag without its `<`: by name in small letters, without the quotes around them. */
function attributesOf(tag: string): Map<string, string> {
  const [own = ''] = tag.split('>');
  const found = own.slice(0, longestTag).matchAll(/([\w-]{1,40}) {0,2}= {0,2}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g);
  return new Map(
    Array.from(found, ([, name = '', double, single, bare]) => [name.toLowerCase(), double ?? single ?? bare ?? '']),
  );
}

const longestTag = 4000;

/** Credentials of a request that stand in an answer. */
function tokensSentBack({ request }: RecordedExchange, texts: readonly string[]): Token[] {
  return request.headers
    .flatMap(([name, value]): Token[] => {
      if (name.toLowerCase() === 'authorization')
        return [{ origin: 'BearerToken', text: value.replace(/^\S+\s+/, '') }];
      return tellingName.test(name) || /^x-/i.test(name) ? [{ origin: name, text: value }] : [];
    })
    .filter(({ text }) => texts.some((each) => each.includes(text)));
}
