import { describe, expect, test } from 'vitest';
import { answering, runScript } from '../run-script.ts';

const page = `<html><body>
<div class="old"><form name="one" action="/a"><input name="a" value="1"></form></div>
<div><form name="two" id="login" action="/b/login" method="post"><input name="user" value="u"><input type="password" name="pass"></form>
<form name="three" action='/c' class="x y"><input name="c" value="3" disabled><input name="d"><input type="radio" name="r" value="1">
<input type="radio" name="r" value="2" checked><select name="s"><option selected>A<option selected>B</select><select name="m" multiple><option selected>C<option selected>D</select>
<input type="file" name="f"><button name="b">B</button></form></div>
</body></html>`;

const { network } = answering(() => ({ body: Buffer.from(page) }));
const load: object[] = [
  { NewHttpRequest: { ObjectName: 'R' } },
  { Request: { RequestObjectName: 'R', ResponseObjectName: 'A', Verb: 'GET', Url: 'https://portal.example/' } },
];
const extract = (path?: string): object => ({
  ExtractFormData: { ResponseObjectName: 'A', FormObjectName: 'F', ...(path !== undefined && { XPath: path }) },
});

async function outcomeOf(steps: readonly object[], expression: string): Promise<unknown> {
  const { error, response } = await runScript({
    network,
    isMasked: false,
    steps: [...load, ...steps, { WriteResponseObject: { Value: `%{ ${expression} }%` } }, { Return: { Value: true } }],
  });
  return error === null
    ? response
    : (error.cause ?? error).message.replace('Command ', '').replace(' failed with an error', '');
}

describe('an XPath finds', () => {
  test.each([
    ["//form[@id='login']", '/b/login'],
    ['//form[@id="login"]', '/b/login'],
    ['//form', '/a'],
    ['//form[2]', '/c'],
    ['//div[2]/form[1]', '/b/login'],
    ['/html/body/div/form', '/a'],
    ['//form[@id]', '/b/login'],
    ['//form[last()]', '/a'],
    ['(//form)[2]', '/b/login'],
    ['(//form)[last()]', '/c'],
    ["//form[contains(@action, 'log')]", '/b/login'],
    ["//form[starts-with(@action,'/c')]", '/c'],
    ["//*[@name='three']", '/c'],
    ["//form[@class!='z']", '/c'],
    ["//form[@id='x' or @name='three']", '/c'],
    ["//form[@method='post' and @id]", '/b/login'],
    ['//form[not(@id) and not(@class)]', '/a'],
    ['form', '/a'],
    ["//form[@id='none']", null],
    ["//div[@class='old']", null],
  ])('%s', async (path, action) => {
    expect(await outcomeOf([extract(path)], 'F == null ? null : F.Action.ToString()')).toBe(action);
  });

  test.each(['//form[position()<2]', '//form/..', '//form[.//input]', 'count(//form)'])(
    'not by %s, which is said',
    async (path) => {
      expect(await outcomeOf([extract(path)], '1')).toContain('is not emulated');
    },
  );
});

describe('GetFormValue and GetFormData', () => {
  const get = (verb: string, name: string): object[] => [
    extract("//form[@name='three']"),
    { [verb]: { FormObjectName: 'F', InputName: name, VariableName: 'V' } },
  ];

  test.each(['GetFormValue', 'GetFormData'])('%s reads what is chosen', async (verb) => {
    expect(await outcomeOf(get(verb, 'r'), 'V')).toBe('2');
    expect(await outcomeOf(get(verb, 'd'), 'V')).toBe('');
    expect(await outcomeOf(get(verb, 's'), 'V')).toBe('B');
    expect(await outcomeOf(get(verb, 'm'), 'V')).toBe('C');
  });

  test.each(['c', 'f', 'b', 'none'])('there is no field %s', async (name) => {
    expect(await outcomeOf(get('GetFormValue', name), 'V')).toBe(`GetFormValue: the form has no field ${name}`);
  });

  test('what contains a secret is masked', async () => {
    const { log } = await runScript({
      network: answering(() => ({ body: Buffer.from('<form><input name=t value=token-1234></form>') })).network,
      steps: [
        ...load,
        extract(),
        { GetFormValue: { FormObjectName: 'F', InputName: 't', VariableName: 'V', ContainsSecret: true } },
        { Log: { Text: '%V%' } },
        { Return: { Value: true } },
      ],
    });
    expect(log[0]?.text).toBe('**secret**');
  });
});

describe('SetFormValue and SetFormData', () => {
  const set = (more: object, verb = 'SetFormValue'): object => ({ [verb]: { FormObjectName: 'F', ...more } });
  const body = (steps: readonly object[]): Promise<unknown> =>
    outcomeOf([...steps, { GetFormValue: { FormObjectName: 'F', InputName: 'x', VariableName: 'V' } }], 'V');

  test.each([
    [[set({ InputName: 'x', Value: '1' })], '1'],
    [[set({ InputName: 'x', Value: '1' }, 'SetFormData'), set({ InputName: 'x', Value: 2 })], '2'],
    [[set({ CreateForm: 'DoNotCreate', InputName: 'x', Value: '1' })], 'SetFormValue: FormObjectName names no form'],
    [
      [extract('//none'), set({ CreateForm: 'DoNotCreate', InputName: 'x', Value: '1' })],
      'SetFormValue: FormObjectName names no form',
    ],
    [
      [extract(), set({ CreateForm: 'CreateOrFail', InputName: 'x', Value: '1' })],
      'SetFormValue: the form exists already (CreateOrFail)',
    ],
    [[set({ CreateForm: 'CreateOrFail' }), set({ InputName: 'x', Value: null })], ''],
    [
      [set({ InputName: 'x', Value: '1' }), set({ CreateForm: 'CreateOrReplace' })],
      'GetFormValue: the form has no field x',
    ],
    [[set({ CreateForm: 'Maybe' })], 'SetFormValue: CreateForm Maybe is unknown'],
  ])('%j', async (steps, expected) => {
    expect(await body(steps)).toBe(expected);
  });
});
