import type { SecretTexts } from '../engine/secret-texts.ts';
import { Dictionary } from '../values/dictionary.ts';
import { HeaderCollection } from '../values/header-collection.ts';
import { httpStatus } from '../values/http-status.ts';
import { ScriptList } from '../values/script-list.ts';
import { Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import { isSecretHeader } from './is-secret-header.ts';
import type { Received } from './send-request.ts';

/** What of a response nobody may see. */
export interface Secrecy {
  isSecret: boolean;
  isUrlSecret: boolean;
}

/** What `Request` gives. Source: specification d.6. */
export function responseValue(
  { answer, url, cookies }: Received,
  { isSecret, isUrlSecret }: Secrecy,
  secrets: SecretTexts,
): Dictionary {
  const hide = (value: Value): Value => (isSecret ? Secret.of(value) : value);
  const hideUrl = (value: Value): Value => (isUrlSecret ? Secret.of(value) : value);
  const type = headerOf(answer.headers, 'content-type') ?? '';
  const content = hide(decodeBody(answer.body, type));
  if (isSecret) secrets.add(content);
  const [mediaType = ''] = type.split(';');
  return new Dictionary(
    [
      ['StatusCode', httpStatus(answer.status)],
      ['Content', content],
      ['ContentType', mediaType.trim()],
      ['Headers', hide(new HeaderCollection(answer.headers.map(([name, value]) => [name, hideHeader(name, value)])))],
      [
        'Cookies',
        hide(
          new ScriptList(
            'list',
            cookies.map((cookie) => new Dictionary(cookieMembers(cookie), 'Cookie')),
          ),
        ),
      ],
      ['RequestUri', hideUrl(url.href)],
      ['RequestUriAbsoluteUriQueryParams', hideUrl(new Dictionary(url.searchParams.entries()))],
    ],
    responseType,
  );
}

/** The type of a response, by which commands know it. */
export const responseType = 'HttpResponseObject';

/** Its value is a secret, as that which `GetCookie` gives. */
function cookieMembers({ name, value, domain, path }: Received['cookies'][number]): [string, Value][] {
  return [
    ['Name', name],
    ['Value', Secret.of(value)],
    ['Domain', domain],
    ['Path', path],
  ];
}

function hideHeader(name: string, value: string): Value {
  return isSecretHeader(name) ? Secret.of(value) : value;
}

function headerOf(headers: Received['answer']['headers'], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** In the encoding that the header names, UTF-8 without. */
function decodeBody(body: Buffer, contentType: string): string {
  const charset = /;\s*charset="?([\w-]+)"?/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
