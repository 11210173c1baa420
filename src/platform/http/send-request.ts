import { NetworkError } from '../network/network-error.ts';
import type { HeaderLines, HttpAnswer, Network, Proxy } from '../network/network.ts';
import { CookieJar } from './cookie-jar.ts';
import { digestAnswer, digestChallenges, isStale } from './digest-answer.ts';
import type { DigestCredentials } from './request-value.ts';

/** A request with all that may follow of it: redirects, cookies, an answer to a challenge. */
export interface Sending {
  method: string;
  url: URL;
  headers: HeaderLines;
  body: Buffer | undefined;
  digest: DigestCredentials | undefined;
  trustsAll: boolean;
  followsRedirects: boolean;
  keepsCookies: boolean;
  proxy: Proxy | undefined;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Told of each request on the way and of its answer. */
export interface SendingHooks {
  onRequest: (method: string, url: URL) => void;
  onAnswer: (answer: HttpAnswer, url: URL) => void;
}

export interface Received {
  answer: HttpAnswer;
  /** Where the answer came from. */
  url: URL;
  /** Names and values of the cookies of the answer. */
  cookies: { name: string; value: string; domain: string; path: string }[];
}

const mostRedirects = 50;
const largestBody = 16 * 1024 * 1024;
const redirects = [301, 302, 303, 307, 308];

/** Sends a request, and what follows of the answer. @throws NetworkError */
export async function sendRequest(
  network: Pick<Network, 'request'>,
  sending: Sending,
  jar: CookieJar,
  hooks: SendingHooks,
): Promise<Received> {
  let { method, url, headers, body } = sending;
  for (let count = 0; ; count++) {
    const received = await exchange(network, { ...sending, method, url, headers, body }, jar, hooks);
    const next = sending.followsRedirects ? nextUrl(received.answer, url) : undefined;
    if (next === undefined) return received;
    if (count >= mostRedirects) throw new NetworkError('TARGET_UNREACHABLE', `more than ${mostRedirects} redirects`);
    if (next.origin !== url.origin) headers = without(headers, ['authorization', 'cookie']);
    if (becomesGet(received.answer.status, method)) {
      [method, body] = ['GET', undefined];
      headers = without(headers, ['content-type']);
    }
    url = next;
  }
}

async function exchange(
  network: Pick<Network, 'request'>,
  sending: Sending,
  jar: CookieJar,
  hooks: SendingHooks,
): Promise<Received> {
  const first = await sendOnce(network, sending, jar, hooks, undefined);
  if (!isFor(sending.digest, sending.url)) return first;
  const authorization = answerOf(first, sending, sending.digest);
  if (authorization === undefined) return first;
  const second = await sendOnce(network, sending, jar, hooks, authorization);
  const again = challengesOf(second).some(isStale) ? answerOf(second, sending, sending.digest) : undefined;
  return again === undefined ? second : sendOnce(network, sending, jar, hooks, again);
}

function challengesOf({ answer: { status, headers } }: Received): string[] {
  if (status !== 401) return [];
  return digestChallenges(
    headers.flatMap(([name, value]) => (name.toLowerCase() === 'www-authenticate' ? [value] : [])),
  );
}

/** The first challenge that can be answered is. */
function answerOf(
  received: Received,
  { method, url }: Sending,
  { user, password }: DigestCredentials,
): string | undefined {
  const asked = { user, password, method, uri: url.pathname + url.search, count: 1 };
  const answers = challengesOf(received).map((challenge) => digestAnswer({ ...asked, challenge }));
  return answers.find((each) => each !== undefined);
}

function isFor(digest: DigestCredentials | undefined, url: URL): digest is DigestCredentials {
  return digest?.uri.origin === url.origin && url.pathname.startsWith(digest.uri.pathname);
}

async function sendOnce(
  network: Pick<Network, 'request'>,
  sending: Sending,
  jar: CookieJar,
  { onRequest, onAnswer }: SendingHooks,
  authorization: string | undefined,
): Promise<Received> {
  const { method, url, body, trustsAll, proxy, timeoutMs, signal, keepsCookies } = sending;
  const cookies = jar.for(url).map(({ name, value }) => `${name}=${value}`);
  const own = authorization === undefined ? sending.headers : without(sending.headers, ['authorization']);
  const headers: HeaderLines = [
    ...own,
    ...(authorization === undefined ? [] : [['Authorization', authorization] as const]),
    ...(cookies.length === 0 || own.some(([name]) => name.toLowerCase() === 'cookie')
      ? []
      : [['Cookie', cookies.join('; ')] as const]),
  ];
  onRequest(method, url);
  const answer = await network.request({
    method,
    url,
    headers,
    body,
    trustsAll,
    proxy,
    timeoutMs,
    maxBytes: largestBody,
    signal,
  });
  const lines = answer.headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
  onAnswer(answer, url);
  const target = keepsCookies ? jar : new CookieJar();
  const taken = lines.map((line) => target.take(line, url)).filter((each) => each !== undefined);
  return { answer, url, cookies: taken };
}

/** Never from https to http. */
function nextUrl({ status, headers }: HttpAnswer, url: URL): URL | undefined {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (!redirects.includes(status) || location === undefined || !URL.canParse(location, url.href)) return undefined;
  const next = new URL(location, url);
  if (next.hash === '') next.hash = url.hash;
  if (!/^https?:$/.test(next.protocol) || (url.protocol === 'https:' && next.protocol === 'http:')) return undefined;
  return next;
}

/** Source: .NET, `RedirectHandler`. */
function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}

function without(headers: HeaderLines, names: readonly string[]): HeaderLines {
  return headers.filter(([name]) => !names.includes(name.toLowerCase()));
}
