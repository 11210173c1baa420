import { hasSecret } from '../conversion/has-secret.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import { waitingVerb } from '../engine/verb-handler.ts';
import type { HeaderLines, Proxy } from '../network/network.ts';
import { hasToken } from '../script/split-tokens.ts';
import { httpStatus } from '../values/http-status.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import { httpSessionOf } from './http-session.ts';
import { isSecretHeader } from './is-secret-header.ts';
import { requestBody } from './request-body.ts';
import { RequestValue } from './request-value.ts';
import { responseValue } from './response-value.ts';
import { sendRequest } from './send-request.ts';

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'];
const defaultTimeoutSeconds = 100;

/** `Request`. Source: specification d.6. */
export const runRequest = waitingVerb(async (active) => {
  const { run } = active;
  const request = findRequest(active);
  const method = active.requireText('Verb').toUpperCase();
  if (!methods.includes(method))
    throw new CommandError('COMMAND_FAILED', `Verb ${method} is unknown`, `Known: ${methods.join(', ')}.`);
  const isUrlSecret = active.flag('UrlIsSecret', false);
  const { url, shown: shownUrl } = readUrl(active, isUrlSecret);
  const trustsAll = active.flag('IgnoreServerCertAuthentication', false);
  const isSecret = active.flag('IsSecret', false);
  const keepsCookies = active.flag('PersistCookies', true);
  const body = requestBody(active, isSecret);
  const { cookies } = httpSessionOf(run);
  const sending = {
    method,
    url,
    headers: headerLines(request, body?.contentType),
    body: body === undefined ? undefined : Buffer.from(body.text),
    digest: request.digest,
    trustsAll,
    followsRedirects: active.flag('AllowRedirect', true),
    keepsCookies,
    proxy: readProxy(active),
    timeoutMs: active.timeoutMs(defaultTimeoutSeconds),
    signal: run.clock.signal,
  };
  const shown = (each: URL): string => {
    if (isUrlSecret) return run.secrets.hide(each.href);
    return each === url ? shownUrl : run.secrets.mask(each.href);
  };
  const received = await sendRequest(run.settings.network, sending, cookies, {
    onRequest: (used, target) => {
      active.trace({
        kind: 'http',
        phase: 'start',
        text: `Sending request [${used} ${shown(target)}] [Skip SSL Validation=${trustsAll ? 'True' : 'False'}]`,
      });
    },
    onAnswer: ({ status, body: content, headers }, target) => {
      if (!run.isTraced) return;
      const status2 = httpStatus(status).text;
      active.trace({
        kind: 'http',
        phase: 'end',
        text: `Response status: ${status2}`,
        value: {
          status,
          url: shown(target),
          bytes: content.length,
          headers: Object.fromEntries(
            headers.map(([name, value]) => [
              name,
              isSecret || isSecretHeader(name) ? run.secrets.hide(value) : run.secrets.mask(value),
            ]),
          ),
        },
      });
    },
  });
  if (isSecret) for (const each of received.cookies) run.secrets.addText(each.value);
  run.budget.make(received.answer.body.length);
  active.setNamed('ResponseObjectName', responseValue(received, { isSecret, isUrlSecret }, run.secrets));
});

/** One that is not there yet is made, which is told. */
function findRequest(active: ActiveStep): RequestValue {
  const found = active.find('RequestObjectName');
  const value = found === undefined ? null : reveal(found);
  if (value instanceof RequestValue) return value;
  if (value !== null)
    throw new CommandError('COMMAND_FAILED', 'RequestObjectName names no request; NewHttpRequest makes one');
  active.warn('E13', 'the request does not exist yet; NewHttpRequest makes one');
  const made = new RequestValue();
  active.setNamed('RequestObjectName', made);
  return made;
}

/** Tokens in it are replaced only when the step says so. */
function readUrl(active: ActiveStep, isSecret: boolean): { url: URL; shown: string } {
  const node = active.node('Url');
  const isSubstituted = active.flag('SubstitutionInUrl', false);
  const value = isSubstituted || node?.kind !== 'string' ? active.value('Url') : node.value;
  const plain = plainValue(value);
  const text = plain === null ? '' : toText(plain).trim();
  if (isSecret) active.run.secrets.addText(text);
  active.noteGiven('Url', isSecret ? Secret.of(text) : value);
  const hint = !isSubstituted && hasToken(text) ? 'Set SubstitutionInUrl to true where the URL has tokens.' : undefined;
  const { baseAddress: base } = httpSessionOf(active.run);
  const baseAddress = base === undefined ? undefined : toText(reveal(base));
  const isAbsolute = /^https?:\/\//i.test(text);
  if (!isAbsolute && baseAddress === undefined)
    throw new CommandError(
      'COMMAND_FAILED',
      'Url is relative and there is no BaseAddress',
      hint ?? 'Set BaseAddress, or begin with https://.',
    );
  if (!URL.canParse(text, baseAddress)) throw new CommandError('COMMAND_FAILED', 'Url is no URL', hint);
  const url = new URL(text, baseAddress);
  url.search = url.search.replaceAll('[', '%5B').replaceAll(']', '%5D');
  return { url, shown: showUrl(active, url, value, base) };
}

/**
 * A URL writes what is in it in a way of its own, and its host in small letters. So what is secret in it is masked before it is a URL.
 */
function showUrl({ run: { secrets } }: ActiveStep, url: URL, value: Value, base: Value | undefined): string {
  if (!(value instanceof Secret) && !(base instanceof Secret)) return secrets.mask(url.href);
  const parts = [secrets.show(value), base === undefined ? undefined : secrets.show(base)] as const;
  const shown = URL.canParse(...parts) ? new URL(...parts) : undefined;
  if (shown?.host !== url.host) for (const each of [url.host, url.hostname]) secrets.addText(each);
  return shown?.href ?? secrets.hide(url.href);
}

function headerLines({ headers }: RequestValue, contentType: string | undefined): HeaderLines {
  const own = Array.from(headers.values(), ({ name, value }) => [name, toText(reveal(value))] as const);
  const others = own.filter(([name]) => contentType === undefined || name.toLowerCase() !== 'content-type');
  return contentType === undefined ? others : [...others, ['Content-Type', contentType]];
}

/** The proxy may be named as a host, an address or a URL; without a host there is none. */
function readProxy(active: ActiveStep): Proxy | undefined {
  const host = active.text('ProxyIp');
  const port = active.number('ProxyPort');
  const user = active.text('ProxyUser');
  const password = active.value('ProxyPassword');
  if (host === null || host === '') return undefined;
  if (hasSecret(password) || password !== null) active.run.secrets.add(Secret.of(password));
  const given = plainValue(password);
  const url = /^https?:\/\//i.test(host) && URL.canParse(host) ? new URL(host) : undefined;
  return {
    host: url?.hostname ?? host.trim(),
    port: port ?? (url === undefined || url.port === '' ? 8080 : Number(url.port)),
    user: user === null || user === '' ? undefined : user,
    password: given === null ? undefined : toText(given),
  };
}
