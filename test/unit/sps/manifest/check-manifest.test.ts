import { describe, expect, test } from 'vitest';
import { checkManifest, type ManifestReport } from '../../../../src/sps/manifest/check-manifest.ts';
import { defaultRelease } from '../../../../src/sps/manifest/release.ts';
import { goodManifest, manifestWith } from '../package/good-package.ts';

function check(text: string | Buffer, options: { strict?: boolean; api?: string; sps?: string } = {}): ManifestReport {
  const release = { api: options.api ?? defaultRelease.api, spsVersion: options.sps ?? defaultRelease.spsVersion };
  return checkManifest(Buffer.from(text), { release, strict: options.strict ?? false });
}

/** `E` or `W`, code and line of every problem. */
function briefly({ problems }: ManifestReport): string[] {
  return problems.map(
    ({ level, code, line }) => `${level === 'error' ? 'E' : 'W'} ${code}${line === null ? '' : ` ${line}`}`,
  );
}

test('a good MANIFEST has no problem, and its fields are typed', () => {
  const report = check(goodManifest, { strict: true });
  expect(report.problems).toEqual([]);
  expect(report.fields).toEqual({
    name: 'My_Plugin',
    type: 'aa',
    version: '1.0',
    api: '1.9',
    description: 'Asks for a one-time password',
    entryPoint: 'main.py',
    spsMinVersion: undefined,
    spsMaxVersion: undefined,
  });
  expect(report.entryPoint).toEqual({ name: 'main.py', line: 6 });
});

describe('what the appliance refuses', () => {
  test.each<[string, string | undefined, string]>([
    ['name', undefined, 'FIELD_MISSING'],
    ['name', '', 'FIELD_EMPTY'],
    ['name', '~', 'FIELD_EMPTY'],
    ['name', 'on', 'NAME_FORMAT'],
    ['name', 'yes', 'NAME_FORMAT'],
    ['name', '5', 'NAME_FORMAT'],
    ['name', '2021-04-23', 'NAME_FORMAT'],
    ['name', 'a', 'NAME_FORMAT'],
    ['name', '1ab', 'NAME_FORMAT'],
    ['name', 'a-b', 'NAME_FORMAT'],
    ['name', 'a b', 'NAME_FORMAT'],
    ['name', 'größe', 'NAME_FORMAT'],
    ['name', '"ab\\n"', 'NAME_FORMAT'],
    ['name', '[ab]', 'NAME_FORMAT'],
    ['name', '!!binary YWI=', 'NAME_FORMAT'],
    ['type', undefined, 'FIELD_MISSING'],
    ['type', 'null', 'FIELD_EMPTY'],
    ['type', 'AA', 'TYPE_UNKNOWN'],
    ['type', '[aa]', 'TYPE_UNKNOWN'],
    ['type', 'yes', 'TYPE_UNKNOWN'],
    ['version', undefined, 'FIELD_MISSING'],
    ['version', '', 'FIELD_EMPTY'],
    ['version', 'v1', 'VERSION_FORMAT'],
    ['version', '-1', 'VERSION_FORMAT'],
    ['version', '.inf', 'VERSION_FORMAT'],
    ['version', 'on', 'VERSION_FORMAT'],
    ['version', '[1]', 'VERSION_FORMAT'],
    ['version', '"1\\n2"', 'VERSION_FORMAT'],
    ['api', undefined, 'FIELD_MISSING'],
    ['api', '~', 'FIELD_EMPTY'],
    ['api', '1', 'API_FORMAT'],
    ['api', '"1"', 'API_FORMAT'],
    ['api', '1.x', 'API_FORMAT'],
    ['api', '1.7-rc', 'API_FORMAT'],
    ['api', '1.7.0.1', 'API_FORMAT'],
    ['api', '1.7.0-01', 'API_FORMAT'],
    ['api', '1.7.0-a..b', 'API_FORMAT'],
    ['api', 'v1.7.0', 'API_FORMAT'],
    ['api', '" 1.9"', 'API_FORMAT'],
    ['api', '"01.7"', 'API_FORMAT'],
    ['api', '2021-04-23', 'API_FORMAT'],
    ['entry_point', '5', 'ENTRY_POINT_FORMAT'],
    ['entry_point', 'lib/main.py', 'ENTRY_POINT_FORMAT'],
    ['entry_point', '[main.py]', 'ENTRY_POINT_FORMAT'],
    ['author_email', '5', 'EMAIL_FORMAT'],
    ['author_email', 'nobody', 'EMAIL_FORMAT'],
    ['author_email', 'a@b.', 'EMAIL_FORMAT'],
    ['author_email', 'a@.b', 'EMAIL_FORMAT'],
    ['author_email', 'a@b..c', 'EMAIL_FORMAT'],
  ])('%s: %s is %s', (field, value, code) => {
    const { problems, fields, manifest } = check(manifestWith({ [field]: value }));
    expect(problems.filter(({ level }) => level === 'error').map((problem) => problem.code)).toEqual([code]);
    expect(fields === undefined).toBe(field !== 'author_email'); // an address does not keep the rest from being judged
    expect(manifest).not.toBeNull();
  });
});

describe('what the appliance takes', () => {
  test.each([
    ['name', 'A_1'],
    ['type', 'credentialstore'],
    ['type', 'signingca'],
    ['type', 'configuration_sync'],
    ['version', '2.0.1-a'],
    ['version', '2021-04-23'],
    ['version', '"1\u2028x"'],
    ['api', '"1.9"'],
    ['api', '1.7.0'],
    ['api', '1.7.9'],
    ['api', '1.7.0-rc1'],
    ['api', '1.7.0+build.01'],
    ['api', '|\n  1.9'],
    ['api', '!!str 1.9'],
    ['author_email', ''],
    ['author_email', '""'],
    ['author_email', 'a+b@c_d.example-x'],
  ])('%s: %s', (field, value) => {
    expect(briefly(check(manifestWith({ [field]: value })))).toEqual([]);
  });
});

describe('what only pluginv refuses', () => {
  test.each<[string, string | undefined, string]>([
    ['description', undefined, 'FIELD_MISSING'],
    ['description', '~', 'FIELD_EMPTY'],
    ['entry_point', undefined, 'FIELD_MISSING'],
    ['entry_point', '', 'FIELD_EMPTY'],
  ])('%s: %s is a warning, an error with strict', (field, value, code) => {
    const text = manifestWith({ [field]: value });
    expect(check(text).problems).toMatchObject([{ level: 'warning', code }]);
    expect(check(text, { strict: true }).problems).toMatchObject([{ level: 'error', code }]);
    expect(check(text, { strict: true }).fields).toBeDefined();
  });
});

describe('unquoted values that YAML reads differently', () => {
  test.each([
    ['version', '2.10', '2.1'],
    ['version', '010', '8'],
    ['version', '1:30', '90'],
    ['version', '1_000', '1000'],
    ['version', '0x1F', '31'],
    ['version', '1.0e+16', '1e+16'],
    ['version', '12345678901234567890.5', '1.2345678901234567e+19'],
    ['version', '2021-4-3 1:02:03Z', '2021-04-03 01:02:03+00:00'],
    ['api', '1.10', '1.1'],
    ['scb_min_version', '8.10', '8.1'],
    ['scb_max_version', '9.10', '9.1'],
    ['description', 'on', 'True'],
  ])('%s: %s is read as %s', (field, raw, read) => {
    const report = check(manifestWith({ [field]: raw }));
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]).toMatchObject({
      level: 'warning',
      code: 'SCALAR_CHANGED',
      message: `MANIFEST:${report.problems[0]?.line ?? 0}: ${field}: ${raw} is read as ${read}`,
      hint: `Quote it to keep it as written: ${field}: "${raw}"`,
    });
  });

  test.each(['"2.10"', "'010'", '!!float 2', '1.0', '2021-04-23', '0.1', '|-\n  010'])(
    'version: %s is left as it is',
    (raw) => {
      expect(check(manifestWith({ version: raw })).problems).toEqual([]);
    },
  );
});

describe('a key that nobody reads', () => {
  const names =
    'name, description, version, type, api, entry_point, scb_min_version, scb_max_version, author_name, author_email';

  test.each([
    ['author', 'Did you mean author_name?'],
    ['entry_pont', `Leave it out; what is read: ${names}.`],
    ['scb_minversion', 'Did you mean scb_min_version?'],
    ['Author-Email', 'Did you mean author_email?'],
    ['__proto__', `Leave it out; what is read: ${names}.`],
  ])('%s is told with its line', (key, hint) => {
    expect(check(manifestWith({ [key]: 'x' })).problems).toEqual([
      {
        level: 'warning',
        code: 'FIELD_UNKNOWN',
        message: `MANIFEST:7: nobody reads ${key}`,
        hint,
        file: 'MANIFEST',
        line: 7,
      },
    ]);
  });

  test.each(['entrypoint', 'entry-point', 'Entry_Point', 'entry_pont'])('%s may stand for what is missing', (key) => {
    const { problems, entryPoint } = check(manifestWith({ entry_point: undefined, [key]: 'main.py' }));
    expect(problems.map(({ code, hint }) => `${code} ${hint}`)).toContain('FIELD_UNKNOWN Did you mean entry_point?');
    expect(entryPoint).toEqual({ name: undefined, line: null, misspelt: { name: key, line: 6 } });
  });

  test('is told ten times, then by number', () => {
    const keys = Array.from({ length: 1000 }, (_, n) => `key${n}: x\n`).join('');
    const { problems } = check(`${goodManifest}${keys}`);
    expect(problems).toHaveLength(11);
    expect(problems.at(-1)?.message).toBe('MANIFEST:17: nobody reads 990 more keys');
  });
});

describe('releases', () => {
  test.each<[string, string, string[]]>([
    ['1.9', '1.9', []],
    ['1.9.5', '1.9', []],
    ['1.0', '1.9', []],
    ['"1.10"', '1.9', ['E API_TOO_NEW 6']],
    ['1.10.0', '1.9', ['E API_TOO_NEW 6']],
    ['"1.99999999999999999999"', '1.9', ['E API_TOO_NEW 6']],
    ['2.0', '1.9', ['E API_OTHER_MAJOR 6']],
    ['0.9', '1.9', ['E API_OTHER_MAJOR 6']],
    ['1.7.0', '1.6', ['E API_TOO_NEW 6']],
    ['1.7.0-rc1', '1.7', []],
  ])('api %s on a release with API %s', (api, release, expected) => {
    const report = check(manifestWith({ api }), { api: release });
    expect(briefly(report)).toEqual(expected);
    expect(report.fields).toBeDefined();
  });

  test.each<[string, string, string, string[]]>([
    ['scb_min_version', '8.1.0', '9.0.0', []],
    ['scb_min_version', '9.0.0', '9.0.0', []],
    ['scb_min_version', '5.10.0', '5.9.0', ['E SPS_TOO_OLD 7']],
    ['scb_max_version', '8.0.0~', '7.5.1', []],
    ['scb_max_version', '8.0.0~', '8.0.0', ['E SPS_TOO_NEW 7']],
    ['scb_max_version', '5.11.0~', '5.10.99', []],
    ['scb_max_version', '5.11.0', '5.11.0', []],
    ['scb_max_version', '""', '9.0.0', []],
    ['scb_max_version', '', '9.0.0', []],
  ])('%s: %s on SPS %s', (field, bound, sps, expected) => {
    expect(briefly(check(manifestWith({ [field]: bound }), { sps }))).toEqual(expected);
    const others = check(manifestWith({ [field]: bound, name: 'on', description: undefined }), { sps });
    expect(briefly(others)).toEqual(expect.arrayContaining(expected.map((each) => each.replace('7', '5'))));
  });

  test('a version that is too new is told whatever else is wrong', () => {
    const codes = briefly(check('api: 2.0\nscb_max_version: 8.0.0~\ntype: AA\n')).map((each) => each.split(' ')[1]);
    expect(codes).toEqual(expect.arrayContaining(['API_OTHER_MAJOR', 'SPS_TOO_NEW', 'TYPE_UNKNOWN', 'FIELD_MISSING']));
  });

  test.each([
    ['1.5.0-rc1', '1.5'],
    ['1.5.0', '1.5'],
    ['1.5.7+build', '1.5'],
    ['1.5', '1.5'],
    ['"1.99999999999999999999"', '1.99999999999999999999'],
    ['1.x', '1.x'],
  ])('api %s is read as %s', (api, text) => {
    const report = check(manifestWith({ api }));
    expect(report.manifest?.['api']).toBe(text);
    if (report.fields !== undefined) expect(report.fields.api).toBe(text);
  });
});

describe('files that are no MANIFEST', () => {
  test.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'E MANIFEST_NOT_A_MAPPING'],
    ['only a comment', '# nothing\n', 'E MANIFEST_NOT_A_MAPPING'],
    ['a list', '- name\n- api\n', 'E MANIFEST_NOT_A_MAPPING 1'],
    ['a text', 'name api type version', 'E MANIFEST_NOT_A_MAPPING 1'],
    ['a set', '!!set {name, api, type, version}', 'E MANIFEST_NOT_A_MAPPING 1'],
    ['an equals sign in place of a colon', `${goodManifest}entry_point=main.py\n`, 'E MANIFEST_NOT_YAML 8'],
    ['a tab behind a colon', 'name:\tx', 'E MANIFEST_NOT_YAML 1'],
    ['a tab behind a value', `${goodManifest}x: y\t\n`, 'E MANIFEST_NOT_YAML 7'],
    ['two documents', `${goodManifest}---\n${goodManifest}`, 'E MANIFEST_NOT_YAML 7'],
    ['a Python object', `${goodManifest}x: !!python/object:os.system y\n`, 'E MANIFEST_NOT_YAML 7'],
    ['a list as key', `${goodManifest}? [a]\n: b\n`, 'E MANIFEST_NOT_YAML 7'],
    ['a day that is none', `${goodManifest}x: 2021-02-29\n`, 'E MANIFEST_NOT_YAML 7'],
    ['a lone equals sign', `${goodManifest}x: =\n`, 'E MANIFEST_NOT_YAML 7'],
    ['an unknown anchor', `${goodManifest}x: *y\n`, 'E MANIFEST_NOT_YAML 7'],
    ['a control character', `${goodManifest}x: \u0007\n`, 'E MANIFEST_NOT_YAML 7'],
    ['a byte that is no UTF-8', Buffer.from(`${goodManifest}x: \xe4\n`, 'latin1'), 'E MANIFEST_NOT_YAML 7'],
    ['UTF-16', Buffer.from(`\ufeff${goodManifest}`, 'utf16le'), 'E MANIFEST_NOT_YAML 1'],
  ])('%s', (_what, text, expected) => {
    const report = check(text);
    expect(briefly(report)).toEqual([expected]);
    expect(report.manifest).toBeNull();
    expect(report.fields).toBeUndefined();
  });

  test.each([
    ['a byte-order mark', `\ufeff${goodManifest}`],
    ['Windows line ends', goodManifest.replaceAll('\n', '\r\n')],
    ['old Macintosh line ends', goodManifest.replaceAll('\n', '\r')],
    ['one line in braces', `{${goodManifest.trimEnd().split('\n').join(', ')}}`],
    ['a YAML directive', `%YAML 1.1\n---\n${goodManifest}...\n`],
    ['a key that stands twice, the last one good', `name: on\napi: 1\n${goodManifest}`],
    ['anchors and aliases', `x: &api 1.9\n${manifestWith({ api: '*api' })}`],
    ['a merge key', `x: &more {api: 1.9, name: on}\n${manifestWith({ api: undefined })}<<: *more\n`],
  ])('but %s is fine', (_what, text) => {
    expect(briefly(check(text)).filter((each) => each !== 'W FIELD_UNKNOWN 1')).toEqual([]);
  });
});

test('all problems are told at once, in the order of their lines', () => {
  const report = check('type: AA\napi: 1\nversion: 010\nname: on\nauthor_email: x\n');
  expect(briefly(report)).toEqual([
    'E TYPE_UNKNOWN 1',
    'E API_FORMAT 2',
    'W SCALAR_CHANGED 3',
    'E NAME_FORMAT 4',
    'E EMAIL_FORMAT 5',
    'W FIELD_MISSING',
    'W FIELD_MISSING',
  ]);
  expect(report.problems.map(({ message }) => message).slice(0, 2)).toEqual([
    'MANIFEST:1: type must be one of aa, credentialstore, signingca, configuration_sync, got "AA"',
    'MANIFEST:2: api must be of the form x.y or x.y.z, got the number 1',
  ]);
  for (const { hint } of report.problems) expect(hint).toMatch(/\w/);
});

test('the report holds the keys as the appliance reads them', () => {
  const extra =
    'yes: [1.50, 0x10, 12345678901234567890, .inf, ~, 2021-4-3 1:02:03]\n__proto__: {a: !!set {b}}\nx: &x [*x]\n';
  const { manifest } = check(`${manifestWith({ version: '2.10', api: '1.7.3' })}${extra}`);
  expect(JSON.stringify(manifest)).toContain(
    '"version":"2.1","api":"1.7","true":[1.5,16,12345678901234567890,"inf",null,"2021-04-03 01:02:03"]',
  );
  expect(JSON.stringify(manifest)).toContain('"__proto__":{"a":["b"]}');
});
