import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { nearestName } from '../../base/nearest-name.ts';
import { error, type Problem, warning } from '../../base/problem.ts';
import { type Hook, isSince } from '../plugin/find-hook.ts';
import { checkCredentials } from './check-credentials.ts';
import { fewProblems } from './few-problems.ts';

/** Above this the host warns; the product documents no limit. */
const cookieWarnBytes = 64 * 1024;

/** Protocols in which SPS can ask the user. Source: administration guide 6.0.2; SDK 1.5.3 changelog for MS SQL. */
export const askingProtocols = ['ssh', 'telnet', 'rdp'];

/** Questions in authorize. Source: SDK documentation 1.9.0, changelog of 1.6.0. */
const authorizeAsksSince = '1.6';

/** Problems of a result's cookies; the keys are `cookie` and `session_cookie`. */
export function checkCookies(result: JsonObject | null): Problem[] {
  return ['cookie', 'session_cookie'].flatMap((name) => {
    const cookie = result?.[name];
    if (cookie === undefined) return [];
    if (cookie === null) {
      return [
        warning(
          'COOKIE_NULL',
          `${name} is None; the old value is kept`,
          `Leave ${name} out to keep it, return {} to empty it.`,
        ),
      ];
    }
    if (!isJsonObject(cookie)) {
      return [
        error(
          'COOKIE_NOT_A_MAPPING',
          `${name} is ${nameType(cookie)}; expected a mapping`,
          `Return a dict as ${name}.`,
        ),
      ];
    }
    const bytes = Buffer.byteLength(JSON.stringify(cookie));
    if (bytes <= cookieWarnBytes) return [];
    return [
      warning('COOKIE_LARGE', `${name} has ${bytes} bytes`, 'Store identifiers in it, not the things themselves.'),
    ];
  });
}

/** Keys that the product ignores or may not understand. */
export function checkKeys(
  hook: Hook,
  result: JsonObject,
  { protocol, api }: { protocol: Json | undefined; api: string },
): Problem[] {
  return [
    ...fewProblems(
      Object.keys(result),
      (key) => (hook.resultKeys.includes(key) ? undefined : 'SPS does not read'),
      (what, key) => {
        const nearest = nearestName(key, hook.resultKeys);
        const hint = nearest === undefined ? `SPS reads ${hook.resultKeys.join(', ')}.` : `Did you mean ${nearest}?`;
        return warning('UNKNOWN_RESULT_KEY', `${hook.name}: ${what} ${JSON.stringify(key)} of the result`, hint);
      },
    ),
    ...checkTypes(hook, result),
    ...checkGateway(hook, result),
    ...checkQuestion(hook, result, protocol, api),
    ...(hook.verdicts.length === 0 ? checkCredentials(result) : []),
  ];
}

const textKeys = ['reason', 'additional_metadata', 'gateway_user', 'account', 'asset'];

function checkTypes(hook: Hook, result: JsonObject): Problem[] {
  return textKeys
    .filter((key) => hook.resultKeys.includes(key) && result[key] !== undefined && typeof result[key] !== 'string')
    .map((key) =>
      warning(
        'RESULT_KEY_TYPE',
        `${hook.name}: ${key} is ${nameType(result[key] ?? null)}; expected a string`,
        `Return a string as ${key}.`,
      ),
    );
}

/** Source: 5 F3 administrator guide: both keys belong together; what a user name alone does is an open question. */
function checkGateway(hook: Hook, result: JsonObject): Problem[] {
  if (!hook.resultKeys.includes('gateway_user')) return [];
  const groups = result['gateway_groups'];
  if (groups !== undefined && !(Array.isArray(groups) && groups.every((group) => typeof group === 'string'))) {
    return [
      warning(
        'RESULT_KEY_TYPE',
        'gateway_groups is not a list of strings',
        'Return a list of group names, [] for none.',
      ),
    ];
  }
  if (result['gateway_user'] === undefined || groups !== undefined) return [];
  return [
    warning(
      'GATEWAY_GROUPS_MISSING',
      'gateway_user without gateway_groups: here the user is changed, and the groups stay as they were',
      'Return both; the product reads them as a pair.',
    ),
  ];
}

function checkQuestion(hook: Hook, result: JsonObject, protocol: Json | undefined, api: string): Problem[] {
  if (result['verdict'] !== 'NEEDINFO') return [];
  if (typeof protocol === 'string' && !askingProtocols.includes(protocol)) {
    return [
      warning(
        'QUESTION_IMPOSSIBLE',
        `SPS cannot ask the user in ${protocol}; the session would end`,
        'Decide without a question in this protocol.',
      ),
    ];
  }
  if (hook.name !== 'authorize' || isSince(authorizeAsksSince, api)) return [];
  return [
    warning(
      'QUESTION_IMPOSSIBLE',
      `a question in authorize; this plugin asks for API ${api}, the vendor's tools handle it since ${authorizeAsksSince}`,
      'Ask in authenticate, or raise `api` in the MANIFEST.',
    ),
  ];
}

export function nameType(value: Json): string {
  if (value === null) return 'None';
  if (Array.isArray(value)) return 'a list';
  if (isJsonObject(value)) return 'a mapping';
  if (typeof value === 'string') return 'a string';
  return typeof value === 'boolean' ? 'a boolean' : 'a number';
}
