import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { findPoint, listPoints, renderSetting, resultKeyOf } from '../../../../src/kvgroup/points/find-point.ts';
import { checkNames } from '../../../../src/kvgroup/points/point.ts';

const folder = path.resolve(import.meta.dirname, '../../../../src/kvgroup/points/kvgroup-points');
const files = readdirSync(folder).filter((name) => /^\d/.test(name));

function readJson(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Record<string, unknown>;
}

const schema = readJson('plugin-point.schema.json') as {
  $defs: object;
  properties: { checks: { items: { enum: string[] } } };
};
const ajv = new Ajv({ allErrors: true, strict: false });
const isPointFile = ajv.compile(schema);
const isItem = ajv.compile({ $defs: schema.$defs, $ref: '#/$defs/item' });

describe('the files of plugin points', () => {
  test.each(files)('%s keeps to the schema', (name) => {
    isPointFile(readJson(name));
    expect(isPointFile.errors).toBeNull();
  });

  test('the schema refuses a misspelled field', () => {
    expect(isPointFile({ ...readJson(files[0] ?? ''), cheks: [] })).toBe(false);
  });

  test.each(Object.entries(readJson('standard-groups.json')['items'] as object))(
    'the standard group %s keeps to the schema of an item',
    (_name, item) => {
      isItem(item);
      expect(isItem.errors).toBeNull();
    },
  );

  test('the schema knows the cross checks that there are', () => {
    expect(schema.properties.checks.items.enum).toEqual([...checkNames]);
  });

  test('are named after number and first setting, numbered without a gap', () => {
    expect(files.map((name) => name.slice(0, 2))).toEqual(files.map((_, index) => String(index + 1).padStart(2, '0')));
    expect(listPoints().map(({ id }) => id)).toEqual(files.map((name) => readJson(name)['id']));
  });

  test('have every setting once', () => {
    const settings = listPoints().flatMap((point) => point.settings);
    expect(new Set(settings).size).toBe(settings.length);
  });
});

describe('finding a point', () => {
  test.each([
    ['03', '03'],
    ['3', '03'],
    ['IDSYNCH ID PLUGIN', '03'],
    ['idsynch id plugin', '03'],
    ['IdsynchIdPlugin', '03'],
    ['  pam attr validation plugin ', '01'],
    ['ATTR VALIDATION PLUGIN, PAM ATTR VALIDATION PLUGIN', '01'],
  ])('%s is %s', (text, id) => {
    expect(findPoint(text).id).toBe(id);
  });

  test.each(listPoints().map((point) => [renderSetting(point), point.id]))(
    '%s is %s as it is listed',
    (setting, id) => {
      expect(findPoint(setting).id).toBe(id);
    },
  );

  test('an unknown name is the fault of who typed it, and the nearest is named', () => {
    expect(() => findPoint('IDSYNCH IDD PLUGIN')).toThrow(
      expect.objectContaining({
        code: 'POINT_UNKNOWN',
        exitCode: 2,
        hint: expect.stringContaining('"IDSYNCH ID PLUGIN" (03)') as string,
      }),
    );
    expect(() => findPoint('99')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('01 to 57') as string }),
    );
  });

  test('the setting decides between answers of one number', () => {
    const keys = (text: string): string[] =>
      (findPoint(text).output.roots[0]?.group?.items ?? [])
        .map(({ key }) => key)
        .filter((key) => /filter|keep/.test(key));
    expect(keys('FILTER USER PLUGIN')).toEqual(['filter']);
    expect(keys('KEEP USER PLUGIN')).toEqual(['keep']);
    expect(keys('27')).toEqual(['filter', 'keep']);
  });

  test.each([
    ['03', { key: 'retval', isMandatory: true }],
    ['25', { key: 'retval', isMandatory: false }],
    ['31', { key: 'returnval', isMandatory: true }],
    ['57', undefined],
  ])('tells where point %s tells success', (id, expected) => {
    expect(resultKeyOf(findPoint(id))).toEqual(expected);
  });
});
