import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../../src/base/problem.ts';
import type { KvGroup } from '../../../../src/kvgroup/format/kv-group.ts';
import { findPoint, listPoints, resultKeyOf } from '../../../../src/kvgroup/points/find-point.ts';
import { parseMessage } from '../../../../src/kvgroup/reading/parse-message.ts';
import { validateMessage } from '../../../../src/kvgroup/validation/validate-message.ts';

function read(text: string): KvGroup {
  const { root } = parseMessage(text);
  if (root === undefined) throw new Error(`not readable: ${text}`);
  return root;
}

/** The contents of an answer, checked, as `level CODE path`. */
function answer(point: string, contents: string, input?: string): string[] {
  const problems = validateMessage(findPoint(point), 'output', read(`"" "" = { ${contents} }`), {
    input: input === undefined ? undefined : read(`"" "" = { ${input} }`),
  });
  return problems.map(({ level, code, path }) => `${level} ${code} ${path ?? ''}`.trim());
}

const ok = '"retval" = "0"';

describe('keys of an answer', () => {
  test.each([
    ['a key that nobody knows', '03', `${ok} "try" = "a" "tyr" = "b"`, ['warning KEY_UNKNOWN tyr']],
    ['a key in another case', '03', `${ok} "Try" = "b"`, ['warning KEY_MISSING try', 'warning KEY_UNKNOWN Try']],
    ['no retval', '03', '"try" = "a"', ['error KEY_MISSING retval']],
    ['a mandatory key', '16', ok, ['error KEY_MISSING newid']],
    ['failure without what success would need', '16', '"retval" = "1"', []],
    ['a key twice', '03', `${ok} "try" = "a" "try" = "b"`, ['error KEY_REPEATED try']],
    ['a number that is none', '03', '"try" = "a" "retval" = "no"', ['error VALUE_TYPE retval']],
    ['an empty retval', '03', '"try" = "a" "retval" = ""', ['error VALUE_TYPE retval']],
    ['a bool in capitals', '03', `${ok} "try" = "a" "forceUseID" = "TRUE"`, ['error VALUE_TYPE forceUseID']],
    ['a GUID that is none', '03', `${ok} "try" = "a" "reservationid" = "7"`, ['error VALUE_TYPE reservationid']],
    ['a value outside of an enumeration', '48', `${ok} "action" = "maybe"`, ['warning VALUE_UNKNOWN action']],
    ['a flag other than 1', '06', `${ok} "changed" = "false" "skip_role" = "0"`, ['error VALUE_TYPE skip_role']],
    ['a pair for a group', '50', `${ok} "acl" = "x"`, ['error KEY_KIND acl', 'warning KEY_MISSING acl[]']],
    ['a group for a pair', '03', `${ok} "try" "" = { }`, ['error KEY_KIND try[]', 'warning KEY_MISSING try']],
    [
      'a group of another name',
      '50',
      `${ok} "acl" "x" = { }`,
      ['error GROUP_NAME acl[x]', 'warning KEY_MISSING acl[]'],
    ],
    [
      'a spelling of one sample',
      '06',
      `${ok} "changed" = "false" "resource" "" = { "removed" = "true" }`,
      ['warning KEY_SPELLING resource[]/removed'],
    ],
    [
      'the other spelling of a generator',
      '30',
      `${ok} "groupID" = "a" "grouptarget" = "b"`,
      ['warning KEY_SPELLING groupID'],
    ],
    [
      'the obsolete place of a password',
      '06',
      `${ok} "changed" = "false" "password" = "x"`,
      ['warning KEY_OBSOLETE password'],
    ],
    ['one of two that belong together', '30', `${ok} "groupiD" = "a"`, ['error KEYS_CONFLICT']],
    ['neither values nor parents', '02', ok, ['error KEYS_CONFLICT']],
    ['values of a parent alone', '02', `${ok} "parent" "US" = { "restrictedvalue" = "a" }`, []],
    ['success of security questions', '32', '"returnval" = "0"', []],
    ['retval where returnval is wanted', '32', ok, ['error KEY_MISSING returnval', 'warning KEY_UNKNOWN retval']],
    ['keep of a filter', 'FILTER USER PLUGIN', '"keep" = "true"', ['warning KEY_UNKNOWN keep']],
    ['keep of a keeper', 'KEEP USER PLUGIN', '"keep" = "true"', []],
    ['anything where no protocol is published', '54', `${ok} "x" = "y"`, []],
  ])('%s', (_name, point, contents, expected) => {
    expect(answer(point, contents).sort()).toEqual([...expected].sort());
  });

  test.each(
    listPoints()
      .filter((point) => resultKeyOf(point)?.isMandatory)
      .map((point) => [point.id, point] as const),
  )('%s wants to be told success, and takes failure with a message', (_id, point) => {
    const key = resultKeyOf(point)?.key ?? '';
    const check = (contents: string): Problem[] => {
      const { k, group } = { k: point.output.roots[0]?.key ?? '', group: point.output.roots[0]?.group };
      return validateMessage(point, 'output', { ...read(`"" "" = { ${contents} }`), k, n: group?.names?.[0] ?? '' });
    };
    expect(check('').map(({ code, path }) => [code, path])).toContainEqual(['KEY_MISSING', key]);
    expect(check(`"${key}" = "1"`)).toEqual([]);
  });

  test('a problem has place, message and remedy', () => {
    const text = '"" "" = {\n  "retval" = "0"\n  "try" = "a"\n  "frceUseID" = "true"\n}';
    const { root, positionOf } = parseMessage(text, { positions: true });
    expect(root && validateMessage(findPoint('03'), 'output', root, { positionOf })).toEqual([
      {
        level: 'warning',
        code: 'KEY_UNKNOWN',
        message: 'frceUseID: this key is not known here',
        hint: 'Did you mean forceUseID?',
        path: 'frceUseID',
        line: 4,
        column: 3,
      },
    ]);
  });

  test('a secret is not repeated', () => {
    const problems = validateMessage(
      findPoint('36'),
      'output',
      read('"" "" = { "password" = "hunter22" "password" = "x" }'),
    );
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('hunter22');
  });
});

const requestOf = (contents: string): string => `"request" "" = { ${contents} }`;
const twoResources = requestOf('"resource" "R1" = { "authorizer" = "ann" } "resource" "R2" = { "authorizer" = "bob" }');
const reservation = 'D0000000-0000-0000-0000-000000000001';

describe('an answer beside its input', () => {
  test.each([
    [
      'a resource that the request lacks',
      '10',
      `${ok} "resource" "R3" = { }`,
      twoResources,
      ['error RESOURCE_UNKNOWN resource[R3]'],
    ],
    ['a resource of the request', '10', `${ok} "resource" "R2" = { }`, twoResources, []],
    [
      'an authorizer of a resource that there is not',
      '04',
      `${ok} "authorizer" "ann" = { "resource" "R9" = { } }`,
      twoResources,
      ['error RESOURCE_UNKNOWN authorizer[ann]/resource[R9]'],
    ],
    ['a new resource of a rewrite', '06', `${ok} "retainResources" = "true" "resource" "" = { }`, twoResources, []],
    [
      'a rewrite that lists one of two',
      '06',
      `${ok} "resource" "R1" = { }`,
      twoResources,
      ['warning RESOURCES_DROPPED'],
    ],
    [
      'a rewrite that retains the other',
      '06',
      `${ok} "retainResources" = "true" "resource" "R1" = { }`,
      twoResources,
      [],
    ],
    ['a rewrite that changes nothing', '06', `${ok} "changed" = "false"`, twoResources, []],
    ['a rewrite that failed', '06', '"retval" = "3"', twoResources, []],
    [
      'parts of a split that lose one',
      '21',
      `${ok} "request" "" = { "resource" "R1" = { } }`,
      twoResources,
      ['warning RESOURCES_DROPPED'],
    ],
    [
      'more authorizations than authorizers',
      '04',
      `${ok} "resource" "R1" = { "authorizationsRequired" = "2" "phase" "1" = { "authorizer" = "ann" } }`,
      twoResources,
      ['error AUTHORIZERS_TOO_FEW resource[R1]/authorizationsRequired'],
    ],
    [
      'more than the phase has',
      '04',
      `${ok} "resource" "R1" = { "phase" "1" = { "authorizationsRequired" = "2" "authorizer" = "ann" "authorizer" = "ann" } }`,
      twoResources,
      ['error AUTHORIZERS_TOO_FEW resource[R1]/phase[1]/authorizationsRequired'],
    ],
    [
      'as many as there are',
      '04',
      `${ok} "resource" "R1" = { "authorizationsRequired" = "2" "phase" "1" = { "authorizer" = "ann" "authorizer" = "bob" } }`,
      twoResources,
      [],
    ],
    [
      'phases with a gap',
      '04',
      `${ok} "resource" "R1" = { "phase" "1" = { } "phase" "3" = { } }`,
      twoResources,
      ['error NUMBERING_GAP resource[R1]'],
    ],
    [
      'phases from 0',
      '04',
      `${ok} "resource" "R1" = { "phase" "0" = { } }`,
      twoResources,
      ['error NUMBERING_GAP resource[R1]'],
    ],
    [
      'a lost reservation',
      '03',
      `${ok} "try" = "a"`,
      requestOf(`"reservationid" = "${reservation}"`),
      ['error RESERVATION_LOST reservationid'],
    ],
    [
      'another reservation',
      '01',
      `${ok} "reservationid" = "E0000000-0000-0000-0000-000000000001"`,
      requestOf(`"reservationid" = "${reservation}"`),
      ['error RESERVATION_LOST reservationid'],
    ],
    [
      'the same reservation',
      '01',
      `${ok} "reservationid" = "${reservation}"`,
      requestOf(`"reservationid" = "${reservation}"`),
      [],
    ],
    ['no reservation at all', '01', ok, requestOf('"reservationid" = "00000000-0000-0000-0000-000000000000"'), []],
    [
      'a modified value that is the old one',
      '01',
      `${ok} "attribute" "A" = { "modifiedValue" "" = { "value" = "1" "value" = "2" } }`,
      '"attribute" "A" = { "value" "" = { "value" = "1" "value" = "2" } }',
      ['warning VALUE_UNCHANGED attribute[A]/modifiedValue[]'],
    ],
    [
      'a modified value in another order',
      '01',
      `${ok} "attribute" "A" = { "modifiedValue" "" = { "value" = "2" "value" = "1" } }`,
      '"attribute" "A" = { "value" "" = { "value" = "1" "value" = "2" } }',
      [],
    ],
    [
      'an attribute that the input lacks',
      '01',
      `${ok} "attribute" "B" = { }`,
      '"attribute" "A" = { }',
      ['warning ATTRIBUTE_UNKNOWN attribute[B]'],
    ],
    [
      'notifications with a gap',
      '47',
      `${ok} "notification" "1" = { } "notification" "3" = { }`,
      undefined,
      ['error NUMBERING_GAP notification'],
    ],
    ['notifications in any order', '47', `${ok} "notification" "2" = { } "notification" "1" = { }`, undefined, []],
    [
      'a failed rule without a message',
      '34',
      `${ok} "results" "results" = { "a" = "false" "b" = "true" }`,
      '"pwcheck" "pwcheck" = { }',
      ['error RULE_MESSAGE_MISSING results[results]/a'],
    ],
    [
      'a failed rule with one',
      '34',
      `${ok} "results" "results" = { "a" = "false" } "errmsgs" "errmsgs" = { "a" = "be long" }`,
      '"pwcheck" "pwcheck" = { }',
      [],
    ],
    [
      'rules that were asked for',
      '34',
      `${ok} "results" "results" = { "a" = "true" }`,
      '"show_rules" "show_rules" = { }',
      ['error KEY_MISSING rules[rules]'],
    ],
    [
      'another batch',
      '07',
      `${ok} "changed" = "true" "batch" "B" = { "action" "1" = { } }`,
      '"batch" "A" = { "action" "1" = { } }',
      ['error BATCH_CHANGED batch[B]'],
    ],
    [
      'a lost action',
      '07',
      `${ok} "changed" = "true" "batch" "A" = { "action" "2" = { } }`,
      '"batch" "A" = { "action" "1" = { } }',
      ['error BATCH_CHANGED batch[A]'],
    ],
    [
      'a reply that is used twice',
      '07',
      `${ok} "changed" = "true" "batch" "A" = { "action" "1" = { "replyid" = "r" } "action" "2" = { "replyid" = "r" } }`,
      undefined,
      ['error BATCH_CHANGED batch[A]/action[2]'],
    ],
    [
      'two ways to escalate',
      '12',
      `${ok} "autoReject" = "true" "retryInXSeconds" = "5"`,
      undefined,
      ['error KEYS_CONFLICT'],
    ],
    [
      'a service without a name',
      '33',
      `${ok} "status" = "SERVICE_CHANGED"`,
      undefined,
      ['error KEY_MISSING parameters[]/NEW_SERVICE_NAME'],
    ],
    ['HTML of two lines', '39', '"html" = "a\\nb"', undefined, ['error NOT_ONE_LINE html']],
    [
      'a button of another name',
      '39',
      '"html" = "a" "submit-buttons" "" = { "OK" = "Go" "EXT-OK" = "Go" }',
      undefined,
      ['warning BUTTON_NAME submit-buttons[]/OK'],
    ],
    [
      'a download without a name',
      '56',
      '"contentType" = "text/csv"',
      '"queryMode" = "streamResults"',
      ['error KEY_MISSING filename'],
    ],
  ])('%s', (_name, point, contents, input, expected) => {
    expect(answer(point, contents, input)).toEqual(expected);
  });

  test('more than five filters of a saved search, a second without its operator, a gap', () => {
    const filter = (position: number, operator = '"operator" = "AND"'): string =>
      `"filter" "" = { "position" = "${position}" "key" = "k" "comparator" = "=" "value" = "v" ${operator} }`;
    const saved = (filters: string): string =>
      `${ok} "savedSearches" "" = { "savedSearch" "" = { "id" = "s" "label" = "S" "criteria" "" = { ${filters} } } }`;
    const here = 'savedSearches[]/savedSearch[]/criteria[]';
    expect(answer('43', saved([1, 2, 3, 4, 5].map((each) => filter(each)).join(' ')))).toEqual([]);
    expect(answer('43', saved([1, 2, 3, 4, 5, 6].map((each) => filter(each)).join(' ')))).toEqual([
      `error CRITERIA_INVALID ${here}`,
    ]);
    expect(answer('43', saved(filter(1) + filter(2, '')))).toEqual([
      `error CRITERIA_INVALID ${here}/filter[]/operator`,
    ]);
    expect(answer('43', saved(filter(1) + filter(3)))).toEqual([`error NUMBERING_GAP ${here}`]);
  });
});

describe('the root', () => {
  test('of an answer may have any key and name', () => {
    expect(validateMessage(findPoint('03'), 'output', read('"output" "x" = { "retval" = "0" "try" = "a" }'))).toEqual(
      [],
    );
  });

  test.each([
    ['31', '"" "" = { "returnval" = "0" }', ['ROOT_UNEXPECTED', 'ROOT_CHANGED']],
    ['31', '"action" "validate" = { "returnval" = "0" }', ['ROOT_CHANGED']],
    ['31', '"action" "questions" = { "returnval" = "0" }', []],
  ])('of an answer at %s is that of the input: %s', (point, text, expected) => {
    const input = read('"action" "questions" = { "state" = "" "userid" = "a" }');
    const problems = validateMessage(findPoint(point), 'output', read(text), { input });
    expect(problems.map(({ code }) => code)).toEqual(expected);
  });

  test.each([
    ['25', 'item', '"prequest" "" = { "description" = "" "itemID" = "" }', []],
    ['25', 'item', '"user" "" = { }', ['ROOT_UNEXPECTED']],
    ['FILTER ROLE PLUGIN', 'item', '"template" "" = { }', ['ROOT_UNEXPECTED']],
    ['24', 'item', '"role" "" = { "roleid" = "" "desc" = "" }', []],
  ] as const)('of an item at %s: %s %s', (point, part, text, expected) => {
    const problems = validateMessage(findPoint(point), 'input', read(text), { part });
    expect(problems.map(({ code }) => code)).toEqual(expected);
  });
});

describe('keys of an input', () => {
  const resource = (contents: string): string[] =>
    validateMessage(findPoint('26'), 'input', read(`"request" "" = { "resource" "R" = { ${contents} } }`), {
      part: 'item',
    })
      .filter(({ message }) => message.includes(' where '))
      .map(({ code, path }) => (code === 'KEY_MISSING' ? (path ?? '').replace(/.*\//, '') : code));

  test.each([
    ['"itemType" = "role"', ['role']],
    ['"itemType" = "role" "role" = "R"', []],
    ['"itemType" = "template" "operation" = "ACUA" "template" = "T"', ['targetid']],
    ['"itemType" = "template" "operation" = "RPRO" "template" = "T" "userid" = "u"', []],
    ['"itemType" = "groupID" "targetid" = "T" "template" = "a" "accountID" = "b" "groupID" = "g"', ['KEYS_CONFLICT']],
    ['"itemType" = "subordinate" "operation" = "ORGTFRSUB" "manager" = "m" "subordinate" = "s"', ['newmanager']],
  ])('hang together: %s', (contents, expected) => {
    expect(resource(contents)).toEqual(expected);
  });
});
