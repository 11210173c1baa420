import { mask } from '../../secrets/create-masker.ts';
import { diffGroups, type KvDifference } from '../format/diff-groups.ts';
import type { KvGroup } from '../format/kv-group.ts';
import { printItem } from '../format/print-message.ts';
import { isSecretKey } from '../running/create-run-masker.ts';
import type { RunResult } from '../running/run-result.ts';
import type { Expectation } from './expectation-schema.ts';

/** What is not as expected. */
export interface Deviation {
  message: string;
  /** The message where secrets are not shown; default: the message itself. */
  masked?: string;
  /** Key of expect.yaml that asks for it; undefined: the answer differs from expected.kvg. */
  key?: keyof Expectation;
}

/** The answers of a run, as expected.kvg holds them. */
export function answersOf({ output, answers }: RunResult): KvGroup[] {
  if (answers !== undefined) return answers.flatMap((each) => each.output ?? []);
  return output === null ? [] : [output];
}

/** @param expected Groups of expected.kvg; undefined when there is none. */
export function compareRun(
  result: RunResult,
  expectation: Expectation,
  expected: readonly KvGroup[] | undefined,
): Deviation[] {
  const { class: runClass, retval, errmsg, durationMs, problems } = result;
  const found: Deviation[] = [];
  const isAnswer = runClass === 'ok' || runClass === 'failure';
  if (expectation.class === undefined ? !isAnswer : runClass !== expectation.class) {
    const wanted = expectation.class ?? 'ok or failure';
    found.push({ message: `class: expected ${wanted}, got ${runClass}`, key: 'class' });
  }
  if (expectation.retval !== undefined && String(expectation.retval) !== retval) {
    found.push({ message: `retval: expected ${expectation.retval}, got ${retval ?? 'none'}`, key: 'retval' });
  }
  if (expectation.errmsg !== undefined && !isMessage(expectation.errmsg, errmsg)) {
    const wanted =
      typeof expectation.errmsg === 'string'
        ? JSON.stringify(expectation.errmsg)
        : `something that matches /${expectation.errmsg.matches}/`;
    found.push({ message: `errmsg: expected ${wanted}, got ${JSON.stringify(errmsg)}`, key: 'errmsg' });
  }
  if (expectation.maxMs !== undefined && durationMs > expectation.maxMs) {
    found.push({ message: `time: expected at most ${expectation.maxMs} ms, got ${durationMs} ms`, key: 'maxMs' });
  }
  if (problems.some(({ code }) => code === 'NOT_SETTLED')) {
    found.push({ message: 'the plugin has not settled', key: 'settle' });
  }
  return expected === undefined ? found : [...found, ...compareAnswers(expected, answersOf(result))];
}

function isMessage(wanted: string | { matches: string }, errmsg: string | null): boolean {
  if (typeof wanted === 'string') return wanted === (errmsg ?? '');
  return new RegExp(wanted.matches).test(errmsg ?? '');
}

function compareAnswers(expected: readonly KvGroup[], got: readonly KvGroup[]): Deviation[] {
  const found = expected.flatMap((group, index) => {
    const other = got[index];
    if (other === undefined) return [];
    const where = expected.length === 1 ? '' : `answer ${index + 1}: `;
    return diffGroups(group, other).map((each): Deviation => {
      const isSecret = isSecretKey(each.path.split('/').at(-1)?.split('[')[0] ?? '');
      const message = where + renderDifference(each);
      return isSecret ? { message, masked: `${where}${each.path}: not the expected ${mask}` } : { message };
    });
  });
  if (expected.length === got.length) return found;
  return [...found, { message: `answers: expected ${expected.length}, got ${got.length}` }];
}

function renderDifference({ path, before, after }: KvDifference): string {
  const where = path === '' ? 'the root' : path;
  return `${where}: expected ${renderSide(before)}, got ${renderSide(after)}`;
}

function renderSide(side: KvDifference['before']): string {
  if (side === undefined) return 'nothing';
  if (typeof side === 'string') return JSON.stringify(side);
  return side.c.length === 0 ? 'an empty group' : `a group\n${printItem(side, 1)}`;
}
