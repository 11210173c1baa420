import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { fewFindings, type Finding, warning } from './finding.ts';

/** What SPS accepts. Source: credential store guide 6.9.4, get_private_key_list. */
const keyTypes = ['ssh-rsa', 'ssh-dss'];
const pemLineLength = 64;

/** Checks what the credential hooks return; the product documents no effect of a violation. Names no secret. */
export function checkCredentials(result: JsonObject): Finding[] {
  return [
    ...fewFindings(
      listOf(result, 'passwords'),
      (password) => (typeof password === 'string' ? undefined : 'is not a string'),
      (what, _password, index) => warning('PASSWORD_FORMAT', `passwords[${index}] ${what}`, passwordHint),
    ),
    ...fewFindings(listOf(result, 'private_keys'), doubtKey, (what, _key, index) =>
      warning('PRIVATE_KEY_FORMAT', `private_keys[${index}] ${what}`, keyHint),
    ),
    ...fewFindings(
      listOf(result, 'totp_codes'),
      (code) => (isJsonObject(code) ? undefined : 'is not a mapping'),
      (what, _code, index) => warning('RESULT_KEY_TYPE', `totp_codes[${index}] ${what}`, totpHint),
    ),
    ...['passwords', 'private_keys', 'totp_codes'].flatMap((name) =>
      name in result && !Array.isArray(result[name]) ? [notAList(name)] : [],
    ),
  ];
}

const passwordHint = 'Return a list of strings.';
const totpHint = 'Return a list of {"unix_time": int, "period": int, "code": str}.';
const keyHint =
  'Return pairs of "ssh-rsa" or "ssh-dss" and a PKCS#1 or PKCS#8 key in PEM, base64 in lines of 64 characters.';

function listOf(result: JsonObject, name: string): Json[] {
  const value = result[name];
  return Array.isArray(value) ? value : [];
}

function notAList(name: string): Finding {
  if (name === 'passwords') return warning('PASSWORD_FORMAT', 'passwords is not a list', passwordHint);
  if (name === 'private_keys') return warning('PRIVATE_KEY_FORMAT', 'private_keys is not a list', keyHint);
  return warning('RESULT_KEY_TYPE', 'totp_codes is not a list', totpHint);
}

function doubtKey(pair: Json): string | undefined {
  if (!Array.isArray(pair) || pair.length !== 2) return 'is not a pair of key type and key';
  const [type, key] = pair;
  if (typeof type !== 'string' || !keyTypes.includes(type))
    return `has a key type other than ${keyTypes.join(' and ')}`;
  if (typeof key !== 'string') return 'has a key that is not a string';
  const lines = key.replaceAll('\r\n', '\n').trim().split('\n');
  const label = /^-----BEGIN ((?:RSA |DSA )?PRIVATE KEY)-----$/.exec(lines[0] ?? '')?.[1];
  if (label === undefined) return 'does not begin with the PEM header of a PKCS#1 or PKCS#8 key';
  if (lines.at(-1) !== `-----END ${label}-----`) return 'does not end with the PEM footer of its header';
  const body = lines.slice(1, -1);
  const isBase64 = body.every((line) => /^[A-Za-z0-9+/]+={0,2}$/.test(line));
  if (body.length === 0 || !isBase64) return 'has lines that are not base64';
  const isWrapped = body.every(
    (line, at) => line.length === pemLineLength || (at === body.length - 1 && line.length < pemLineLength),
  );
  return isWrapped ? undefined : `has base64 lines that are not ${pemLineLength} characters long`;
}
