import { toText } from '../conversion/render-text.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import { plainVerb, type VerbHandler } from '../engine/verb-handler.ts';
import { itemsOf } from '../members/items-of.ts';
import { reveal } from '../values/secret.ts';
import { httpSessionOf } from './http-session.ts';

/** The place of a cookie: a domain alone is that of `http://`. @throws CommandError */
function placeOf(active: ActiveStep, scheme = 'http'): URL {
  const domain = active.requireText('Domain').trim();
  const url = /^https?:\/\//i.test(domain) ? domain : `${scheme}://${domain.replace(/^\./, '')}`;
  if (!URL.canParse(url)) throw new CommandError('COMMAND_FAILED', `Domain ${domain} is neither a host nor a URL`);
  const place = new URL(url);
  const path = active.text('Path');
  if (path !== null && path !== '') place.pathname = path;
  return place;
}

/** `GetCookie`: its value, always a secret; null when there is none. */
function getCookie(active: ActiveStep): void {
  const name = active.requireText('Name');
  const place = placeOf(active);
  const { cookies } = httpSessionOf(active.run);
  const secure = new URL(place);
  secure.protocol = 'https:';
  const found = cookies.for(secure).find((each) => each.name === name);
  active.set(active.requireTarget('VariableName'), found?.value ?? null, true);
}

function setCookie(active: ActiveStep): void {
  const isSecure = active.flag('Secure', false);
  const place = placeOf(active, isSecure ? 'https' : 'http');
  httpSessionOf(active.run).cookies.set({
    name: active.requireText('Name'),
    value: active.text('Value') ?? '',
    domain: place.hostname,
    isForSubdomains: active.requireText('Domain').trim().startsWith('.'),
    path: place.pathname,
    isSecure: isSecure || place.protocol === 'https:',
    expiresAt: undefined,
  });
}

function clearCookie(active: ActiveStep): void {
  const names = active.value('Name');
  const list = (itemsOf(reveal(names)) ?? [names]).map((each) => toText(each));
  httpSessionOf(active.run).cookies.delete(list, placeOf(active));
}

/** The cookies of a run. Source: specification d.7. */
export const cookieHandlers: Readonly<Record<string, VerbHandler>> = {
  GetCookie: plainVerb(getCookie),
  SetCookie: plainVerb(setCookie),
  ClearCookie: plainVerb(clearCookie),
};
