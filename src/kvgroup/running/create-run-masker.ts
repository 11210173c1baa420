import type { Problem } from '../../base/problem.ts';
import { createHidingMasker } from '../../secrets/create-hiding-masker.ts';
import { createMasker } from '../../secrets/create-masker.ts';
import type { Masker } from '../../secrets/masker.ts';
import { isGroup, isPair, type KvGroup, type KvItem } from '../format/kv-group.ts';
import { parsePath } from '../format/path-step.ts';
import { maskWord } from './mask-word.ts';
import type { Run, RunResult } from './run-result.ts';

/** Keys of pairs whose values are secrets, whatever their case. Ours: the product's pages call these passwords and answers. */
const secretKeys = ['password', 'newpw', 'oldpassword', 'frompass', 'adminpass', 'adminpwd', 'adminpw', 'answer'];

const secretKey = `"?\\b(?:${secretKeys.join('|')})"?(?:\\s+"[^"]*")?\\s*=\\s*`;

/** A pair with such a key in a text, as far as its value: in texts that cannot be read as a group, and for values too short to be looked for. */
const secretPair = new RegExp(`(${secretKey}")((?:[^"\\\\]|\\\\.)+)`, 'gi');

/** The same with a value without quotes. Only for text that was meant as a KVGroup: in a traceback it is program text. */
const unquotedSecretPair = new RegExp(`(${secretKey})([^\\s"{}=;,#]+)`, 'gi');

function isSecretKey(key: string): boolean {
  return secretKeys.includes(key.toLowerCase());
}

/** Of a path as `diffGroups` gives it: what it leads to, or a group around that, has such a key. What is not a path may have one. */
export function isSecretPath(path: string): boolean {
  if (path === '') return false; // the root
  try {
    return parsePath(path.replace(/#\d+(?=\/|$)/g, '')).some(({ key }) => isSecretKey(key));
  } catch {
    return true;
  }
}

function secretsInText(text: string): string[] {
  return [secretPair, unquotedSecretPair].flatMap((pair) =>
    Array.from(text.matchAll(pair), ([, , value = '']) => value.replace(/\\(.)/gs, '$1')),
  );
}

/** The values under secret keys in a group, at every depth. */
export function secretsIn({ c }: KvGroup): string[] {
  return c.flatMap((item) => {
    if (isGroup(item)) return isSecretKey(item.k) ? valuesIn(item) : secretsIn(item);
    return isPair(item) && isSecretKey(item.k) ? [item.v] : [];
  });
}

function valuesIn({ c }: KvGroup): string[] {
  return c.flatMap((item) => (isGroup(item) ? valuesIn(item) : [item.v]));
}

/** Masks the secrets of what was sent and answered. If they cannot be determined, the run is kept, and nothing of it is shown. */
export function createRunMasker(run: Run): Masker {
  const hiding = createHidingMasker(maskWord);
  try {
    const masker = createMasker(
      secretsOfRun(run).filter((value) => value !== ''),
      { maskWord, isSecretName: isSecretPath },
    );
    let failed = 0;
    const text = (value: string): string => {
      try {
        return masker.text(value.replace(secretPair, `$1${maskWord}`));
      } catch {
        failed++;
        return hiding.text(value);
      }
    };
    return { ...masker, text, failures: () => masker.failures() + failed };
  } catch {
    return hiding;
  }
}

function secretsOfRun({ result, inputs, recordings }: Run): string[] {
  const outputs = [
    result.output,
    ...(result.rounds ?? []).map(({ output }) => output),
    ...(result.answers ?? []).map(({ output }) => output),
  ];
  const groups = [...inputs, ...outputs.filter((output) => output !== null)];
  return [...groups.flatMap(secretsIn), ...recordings.flatMap(({ stdout }) => secretsInText(stdout.toString()))];
}

/** A group with its secrets masked, in secret fields whatever their length. */
export function maskGroup(group: KvGroup, masker: Masker, isSecret = false): KvGroup {
  const text = (value: string): string => masker.text(value);
  return {
    k: text(group.k),
    ...(group.n === undefined ? {} : { n: text(group.n) }),
    c: group.c.map((item): KvItem => {
      if (isGroup(item)) return maskGroup(item, masker, isSecret || isSecretKey(item.k));
      const isHidden = item.v !== '' && (isSecret || (isPair(item) && isSecretKey(item.k)));
      const v = isHidden ? maskWord : text(item.v);
      return isPair(item)
        ? { ...item, k: text(item.k), ...(item.n === undefined ? {} : { n: text(item.n) }), v }
        : { v };
    }),
  };
}

/** The result as it may be shown. */
export function maskResult(run: Run, masker = createRunMasker(run)): RunResult {
  const { result, recordings } = run;
  const text = (value: string): string => masker.text(value);
  const textOrNull = (value: string | null): string | null => (value === null ? null : text(value));
  const group = (value: KvGroup | null): KvGroup | null => (value === null ? null : maskGroup(value, masker));
  const { rounds, answers, download } = result;
  const shown: RunResult = {
    ...result,
    retval: textOrNull(result.retval),
    errmsg: textOrNull(result.errmsg),
    output: group(result.output),
    diagnostics: result.diagnostics.map((each) => ({
      ...each,
      message: text(each.message),
      ...(each.hint === undefined ? {} : { hint: text(each.hint) }), // a hint may quote what was written
    })),
    problems: result.problems.map((each) => ({ ...each, message: text(each.message), hint: text(each.hint) })),
    stderr: recordings.at(-1)?.stderr(text) ?? '',
    ...(rounds && {
      rounds: rounds.map((each) => ({ ...each, errmsg: textOrNull(each.errmsg), output: group(each.output) })),
    }),
    ...(answers && { answers: answers.map((each) => ({ ...each, output: group(each.output) })) }),
    ...(download && { download: { ...download, body: text(download.body) } }),
  };
  return masker.failures() === 0 ? shown : { ...shown, problems: [...shown.problems, maskingFailed] };
}

const maskingFailed: Problem = {
  level: 'warning',
  code: 'MASKING_FAILED',
  message: 'not everything in this run could be searched for secrets; what may contain them is hidden completely',
  hint: 'The run itself is valid. --show-secrets shows everything.',
};
