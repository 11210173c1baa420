import { isGroup, nameOf } from '../format/kv-group.ts';
import type { CrossChecks, CrossContext } from './cross-check.ts';
import { groupsOf, joinPath, pairsOf, valueOf } from './groups-of.ts';

/** Answers of login, password and user-interface points. */
export const answerChecks: CrossChecks = {
  'password-rules': checkPasswordRules,
  'one-line': checkOneLine,
  'submit-buttons': checkSubmitButtons,
  'service-changed': checkServiceChanged,
  'one-escalation': checkOneEscalation,
  download: checkDownload,
};

/** The text follows "The password must:". */
function checkPasswordRules({ output, input, report }: CrossContext): void {
  const [results] = groupsOf(output, 'results', 'results');
  const [messages] = groupsOf(output, 'errmsgs', 'errmsgs');
  for (const rule of pairsOf(results).filter(({ v }) => v === 'false')) {
    if ((valueOf(messages, rule.k) ?? '') !== '') continue;
    report(joinPath('results[results]', rule), rule, {
      level: 'error',
      code: 'RULE_MESSAGE_MISSING',
      what: 'the rule failed and has no message',
      hint: `Add "${rule.k}" = "…" to "errmsgs" "errmsgs"; the text continues "The password must:".`,
    });
  }
  const asked = { show_rules: 'rules', pwcheck: 'results' };
  for (const [question, answer] of Object.entries(asked)) {
    if (groupsOf(input, question).length === 0 || groupsOf(output, answer).length > 0) continue;
    report(`${answer}[${answer}]`, output, {
      level: 'error',
      code: 'KEY_MISSING',
      what: `missing, and it is the answer to ${question}`,
      hint: `Add "${answer}" "${answer}" = { … }.`,
    });
  }
}

function checkOneLine({ output, report }: CrossContext): void {
  const replacements = groupsOf(output, 'replacement').flatMap((group) =>
    pairsOf(group, 'value').map((pair) => ({ pair, path: joinPath(joinPath('', group), pair) })),
  );
  const html = pairsOf(output, 'html').map((pair) => ({ pair, path: 'html' }));
  for (const { pair, path } of [...html, ...replacements].filter((each) => /[\r\n]/.test(each.pair.v))) {
    const what = 'HTML for the front end must be one line';
    report(path, pair, { level: 'error', code: 'NOT_ONE_LINE', what, hint: 'Take the line breaks out.' });
  }
}

function checkSubmitButtons({ point, output, report }: CrossContext): void {
  for (const buttons of groupsOf(output, 'submit-buttons')) {
    if (point.setting === 'S STATUS EXT') {
      const what = 'S STATUS EXT takes no form elements';
      report('submit-buttons[]', buttons, { level: 'error', code: 'BUTTON_NAME', what, hint: 'Leave them out.' });
    }
    for (const item of buttons.c) {
      if (!('k' in item)) continue;
      const names = [item.k, isGroup(item) ? (valueOf(item, 'name') ?? nameOf(item)) : item.v];
      if (names.some((name) => name.startsWith('EXT-'))) continue;
      const what = 'the name of a button must begin with EXT-';
      const hint = `Name it EXT-${item.k}.`;
      report(joinPath('submit-buttons[]', item), item, { level: 'warning', code: 'BUTTON_NAME', what, hint });
    }
  }
}

function checkServiceChanged({ output, report }: CrossContext): void {
  if (valueOf(output, 'status') !== 'SERVICE_CHANGED') return;
  if (valueOf(groupsOf(output, 'parameters')[0], 'NEW_SERVICE_NAME') !== undefined) return;
  report('parameters[]/NEW_SERVICE_NAME', output, {
    level: 'error',
    code: 'KEY_MISSING',
    what: 'missing where status is SERVICE_CHANGED',
    hint: 'Add the name of the new service.',
  });
}

function checkOneEscalation({ output, report }: CrossContext): void {
  const answers = ['escalate', 'canEscalateEarly', 'autoReject', 'retryInXSeconds'];
  const found = answers.filter((key) => output.c.some((item) => 'k' in item && item.k === key));
  if (found.length < 2) return;
  const what = `expected one of ${answers.join(', ')}, got ${found.join(' and ')}`;
  report('', output, { level: 'error', code: 'KEYS_CONFLICT', what, hint: 'Answer with one of them.' });
}

function checkDownload({ output, input, report }: CrossContext): void {
  const asked = new Map([
    ['displayDownloadButton', ['displayDownloadButton']],
    ['streamResults', ['contentType', 'filename']],
  ]);
  const mode = valueOf(input, 'queryMode') ?? '';
  for (const key of (asked.get(mode) ?? []).filter((each) => pairsOf(output, each).length === 0)) {
    const what = `missing where queryMode is ${mode}`;
    report(key, output, { level: 'error', code: 'KEY_MISSING', what, hint: `Add "${key}" = "…".` });
  }
}
