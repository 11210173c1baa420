import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import { plainVerb, type VerbHandler, waitingVerb } from '../engine/verb-handler.ts';
import { Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';

/** `Compare…Hash`: whether a password has a hash. Source: specification d.5. */
async function compare(active: ActiveStep): Promise<void> {
  const password = secretOf(active, 'Password');
  const hash = secretOf(active, 'SaltedHash');
  active.begin();
  // What needs node:crypto is loaded when it is used.
  const { hashOfShadow, matchesHash } = await import('../hashes/matches-hash.ts');
  const { clock, settings } = active.run;
  const isSame = await matchesHash(
    password,
    hashOfShadow(hash),
    (text, setting) => settings.crypt(text, setting, clock.signal),
    () => clock.yield(),
  );
  if (isSame === undefined) throw new CommandError('COMMAND_FAILED', 'SaltedHash is of a format that is not known');
  active.setNamed('ResultVariable', isSame);
}

function secretOf(active: ActiveStep, name: string): string {
  const node = active.node(name);
  const value = node === undefined ? null : active.substitute(node);
  if (plainValue(value) === null) throw new CommandError('COMMAND_FAILED', `${name} has no value`);
  const secret = Secret.of(toText(value));
  if (name === 'Password') active.run.secrets.add(secret);
  active.noteGiven(name, secret);
  return toText(value);
}

function urlEncode(active: ActiveStep): void {
  const { text, isSecret } = sourceOf(active);
  const encoded = encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  active.setNamed('ResultVariable', encoded, isSecret);
}

/** Octets that are no UTF-8 are replaced; what is no escape stays. */
function urlDecode(active: ActiveStep): void {
  const { text, isSecret } = sourceOf(active);
  const decoded = text
    .replaceAll('+', ' ')
    .replace(/(?:%[\da-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString());
  active.setNamed('ResultVariable', decoded, isSecret);
}

async function cryptMd5(active: ActiveStep): Promise<void> {
  const { text } = sourceOf(active);
  const [{ randomBytes }, { md5Crypt }, { longestPassword }] = await Promise.all([
    import('node:crypto'),
    import('../../crypt/md5-crypt.ts'),
    import('../hashes/matches-hash.ts'),
  ]);
  if (Buffer.byteLength(text) > longestPassword)
    throw new CommandError('COMMAND_FAILED', `Source has more than ${longestPassword} bytes`);
  const salt = randomBytes(6).toString('base64url').replaceAll('-', '.').replaceAll('_', '/');
  active.setNamed('ResultVariable', md5Crypt(text, salt), true);
}

function sourceOf(active: ActiveStep): { text: string; isSecret: boolean } {
  const value: Value = active.value('Source');
  const plain = plainValue(value);
  if (plain === null) throw new CommandError('VARIABLE_NULL', 'expression refers to null variable: Source');
  return { text: toText(plain), isSecret: value instanceof Secret || active.flag('IsSecret', false) };
}

/** Hashes and encodings. */
export const encodingHandlers: Readonly<Record<string, VerbHandler>> = {
  CompareShadowHash: waitingVerb(compare),
  ComparePasswordHash: waitingVerb(compare),
  CompareUnixPasswordHash: waitingVerb(compare),
  UrlEncode: plainVerb(urlEncode),
  UrlDecode: plainVerb(urlDecode),
  CryptMd5: waitingVerb(cryptMd5),
};
