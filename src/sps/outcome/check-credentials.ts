import type { ProblemCode } from '../../base/code.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { type Problem, warning } from '../../base/problem.ts';
import { type CredentialKind, credentialKinds } from '../plugin/credential-kind.ts';
import { fewProblems } from './few-problems.ts';

/** What SPS accepts. Source: credential store guide 6.9.4, get_private_key_list. */
const keyTypes = ['ssh-rsa', 'ssh-dss'];
const pemLineLength = 64;

interface Rule {
  code: ProblemCode;
  hint: string;
  /** What is doubtful of one. */
  doubt: (credential: Json) => string | undefined;
}

const rules: Record<CredentialKind['key'], Rule> = {
  passwords: {
    code: 'PASSWORD_FORMAT',
    hint: 'Return a list of strings.',
    doubt: (password) => (typeof password === 'string' ? undefined : 'is not a string'),
  },
  private_keys: {
    code: 'PRIVATE_KEY_FORMAT',
    hint: 'Return pairs of "ssh-rsa" or "ssh-dss" and a PKCS#1 or PKCS#8 key in PEM, base64 in lines of 64 characters.',
    doubt: doubtKey,
  },
  totp_codes: {
    code: 'RESULT_KEY_TYPE',
    hint: 'Return a list of {"unix_time": int, "period": int, "code": str}.',
    doubt: (code) => (isJsonObject(code) ? undefined : 'is not a mapping'),
  },
};

/** Checks what the credential hooks return; the product documents no effect of a violation. Names no secret. */
export function checkCredentials(result: JsonObject): Problem[] {
  const given = credentialKinds.filter(({ key }) => key in result).map(({ key }) => ({ key, value: result[key] }));
  return [
    ...given.flatMap(({ key, value }) => {
      const { code, hint, doubt } = rules[key];
      if (!Array.isArray(value)) return [];
      return fewProblems(value, doubt, (what, _one, index) => warning(code, `${key}[${index}] ${what}`, hint));
    }),
    ...given
      .filter(({ value }) => !Array.isArray(value))
      .map(({ key }) => warning(rules[key].code, `${key} is not a list`, rules[key].hint)),
  ];
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
