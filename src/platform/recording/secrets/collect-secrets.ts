import { createTextMasker } from '../../../secrets/create-text-masker.ts';
import { findTokens } from '../../../targets/recording/find-tokens.ts';
import { otherPassword, StandIns } from '../../../targets/recording/stand-ins.ts';
import { toText } from '../../conversion/render-text.ts';
import type { Crypt } from '../../hashes/matches-hash.ts';
import type { RunOutcome } from '../../run/run-outcome.ts';
import { Secret } from '../../values/secret.ts';
import type { Value } from '../../values/value.ts';
import { answerTexts } from '../observing/answer-texts.ts';
import type { RecordedCall } from '../observing/recorded-call.ts';
import { findHashed, findHashes } from './find-hashes.ts';
import { findMarked } from './find-marked.ts';

export interface CollectedSecrets {
  standIns: StandIns;
  /** Hashes of passwords, with the reference that stands for each. */
  hashes: ReadonlyMap<string, string>;
}

const tellingName = /passw(?:or)?d|secret|token|api_?key/i;
const shortestTold = 4;

/** All that a recording must not hold: secrets of parameters, what the script marked, what the target gave as a secret, hashes. */
export async function collectSecrets(
  outcome: RunOutcome,
  calls: readonly RecordedCall[],
  scriptText: string,
  crypt: Crypt,
): Promise<CollectedSecrets> {
  const answers = answerTexts(calls);
  const parameters = [...outcome.parameters];
  const open = parameters.filter((each) => !isSecret(each)).map(([, value]) => toText(value));
  const around = [scriptText, ...answers, ...parameters.map(([, value]) => toText(revealText(value)))];
  const standIns = new StandIns(around, [...outcome.parameters.keys()]);
  for (const [name, value] of parameters.filter(isSecret)) {
    const text = toText(revealText(value));
    if (text !== '') standIns.addParameter(name, text);
  }
  const hashes = await nameHashes(findHashes(answers), standIns, crypt);
  const isHash = (text: string): boolean => hashes.has(text) || standIns.has(text);
  const isSpelling = createSpellingTest(standIns.all.map(({ secret }) => secret));
  for (const { origin, text } of findTokens(
    calls.filter((call) => call.kind === 'request'),
    answerTexts(calls),
  ))
    if (!isHash(text) && !isSpelling(text)) standIns.addRecorded(origin, text);
  const marked = outcome.secrets.texts.filter((text) => !isHash(text));
  const rest = answers.map((answer) => [...hashes.keys()].reduce((text, hash) => text.replaceAll(hash, '\n'), answer));
  for (const { origin, text } of findMarked(marked, rest, [scriptText, ...open]))
    if (!isHash(text) && !isSpelling(text)) standIns.addRecorded(origin, text);
  if (calls.some((call) => call.kind === 'ssh' && call.failure?.code === 'LOGIN_REFUSED'))
    standIns.addMade(otherPassword, 'password');
  return { standIns, hashes };
}

/** Whether a text is a secret that is known, written in another way. */
function createSpellingTest(secrets: readonly string[]): (text: string) => boolean {
  const mask = createTextMasker(secrets, maskWord);
  return (text) => mask(text).replaceAll(maskWord, '').length < shortestTold;
}

const maskWord = '*****';

/** A text that its name calls a secret is one too, whatever its type. */
function isSecret([name, value]: readonly [string, Value]): boolean {
  if (value instanceof Secret) return true;
  return typeof value === 'string' && tellingName.test(name) && value.length >= shortestTold;
}

function revealText(value: Value): Value {
  return value instanceof Secret ? value.value : value;
}

async function nameHashes(found: readonly string[], standIns: StandIns, crypt: Crypt): Promise<Map<string, string>> {
  const parameters = [...standIns.all];
  const names = new Map<string, string>();
  for (const hash of found) {
    const of = (await findHashed(hash, parameters, crypt)) ?? standIns.addMade(otherPassword, 'password');
    names.set(hash, `\${hash:${of.name}}`);
  }
  return names;
}
