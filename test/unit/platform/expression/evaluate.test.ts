import { describe, expect, test } from 'vitest';
import { fromJson } from '../../../../src/platform/conversion/from-json.ts';
import { parseJson } from '../../../../src/platform/conversion/parse-json.ts';
import { Dictionary } from '../../../../src/platform/values/dictionary.ts';
import { HeaderCollection } from '../../../../src/platform/values/header-collection.ts';
import { httpStatus } from '../../../../src/platform/values/http-status.ts';
import { NamedText } from '../../../../src/platform/values/named-text.ts';
import { ScriptList } from '../../../../src/platform/values/script-list.ts';
import type { Value } from '../../../../src/platform/values/value.ts';
import { resultOf, runExpression } from '../run-expression.ts';

const users = '[{"id": 7, "name": "alice", "active": true, "ratio": 1.5, "none": null}, {"id": 8, "name": "bob"}]';

function given(): Record<string, Value> {
  return {
    Name: 'svc',
    Port: 22,
    Big: 2n ** 40n,
    Yes: true,
    No: false,
    Nothing: null,
    Word: 'False',
    Users: parseJson(users),
    User: parseJson('{"id": 7, "name": "alice", "Mail": "a@x", "count": 3}'),
    Result: fromJson({ rc: 0, Stdout: 'ok', Parts: ['a', 'b'] }),
    Items: new ScriptList('list', ['x', 'y', 'z']),
    Response: new Dictionary(
      [
        ['StatusCode', httpStatus(302)],
        [
          'Headers',
          new HeaderCollection([
            ['Link', 'one'],
            ['link', 'two'],
          ]),
        ],
        ['Content', 'body'],
      ],
      'HttpResponse',
    ),
    Ok: new Dictionary([['StatusCode', httpStatus(200)]], 'HttpResponse'),
    Exception: NamedText.ofError('it failed'),
  };
}

describe('operators', () => {
  test.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['7 / 2', '3'],
    ['-7 / 2', '-3'],
    ['7 / 2.0', '3.5'],
    ['7 % 4', '3'],
    ['2147483647 + 1', '-2147483648'],
    ['2147483648 + 1', '2147483649'],
    ['9223372036854775807 + 1', '-9223372036854775808'],
    ['1L + 1', '2'],
    ['0x1F', '31'],
    ['1e3', '1000.0'],
    ['-Port', '-22'],
    ['10 - 3 - 2', '5'],
    ['"a" + 1', '"a1"'],
    ['1 + "a"', '"1a"'],
    ['"a" + null + true', '"aTrue"'],
    ['Name + Nothing', '"svc"'],
    ['1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3', 'true'],
    ['!Yes || No', 'false'],
    ['Yes && !No', 'true'],
    ['No && Missing', 'false'],
    ['Yes || Missing', 'true'],
    ['Yes | No', 'true'],
    ['Port == 22 ? "ssh" : "other"', '"ssh"'],
    ['No ? 1 : Yes ? 2 : 3', '2'],
    ['Nothing ?? "default"', '"default"'],
    ['Name ?? "default"', '"svc"'],
    ['Nothing?.Length', 'null'],
    ['Nothing?[0]', 'null'],
    ['Name?.Length', '3'],
    ['(int)2.9', '2'],
    ['(string)Name', '"svc"'],
    ['(double)1', '1.0'],
    ['(int)User.id + 1', '8'],
    ['1 / 0', 'EXPRESSION_FAILED: Attempted to divide by zero.'],
    ['1 - "a"', "EXPRESSION_FAILED: Operator '-' cannot be applied to operands of type 'Int32' and 'String'"],
    ['Nothing + 1', 'VARIABLE_NULL: expression refers to null variable: operand of +'],
    ['!Nothing', 'VARIABLE_NULL: expression refers to null variable: Nothing'],
    ['!Port', "EXPRESSION_FAILED: Unable to cast object of type 'System.Int32' to type 'System.Boolean'."],
    ['(int)"5"', "EXPRESSION_FAILED: Unable to cast object of type 'System.String' to type 'System.Int32'."],
  ])('%s is %s', (text, result) => {
    expect(resultOf(text, given())).toBe(result);
  });
});

describe('equality', () => {
  test.each([
    ['Port == 22', true],
    ['Port == 22.0', true],
    ['Port == 22L', true],
    ['Name == "svc"', true],
    ['Name == "SVC"', false],
    ['Nothing == null', true],
    ['Name != null', true],
    ['Users[0].id == 7', true],
    ['Users[0].id == "7"', true],
    ['Users[0].name == "alice"', true],
    ['Users[0].active == true', true],
    ['Users[0].ratio == 1.5', true],
    ['Users[0].none == null', true],
    ['Users[0].missing == null', true],
    ['Users[0].id != 1', true],
    ['Users[0].id == Users[1].id', false],
    ['Ok.StatusCode == 200', true],
    ['Ok.StatusCode >= 200 && Ok.StatusCode < 300', true],
    ['300 <= Ok.StatusCode', false],
    ['Ok.StatusCode == "OK"', true],
    ['Ok.StatusCode.ToString() == "200"', false],
    ['Response.StatusCode == 302', true],
    ['Response.StatusCode.ToString() == "Redirect"', true],
    ['Response.StatusCode.ToString() == "Found"', true],
    ['Response.StatusCode.ToString().Equals("Redirect")', true],
    ['Response.StatusCode.ToString().Equals("Found")', true],
    ['Response.StatusCode.ToString().Equals("OK")', false],
    ['Exception == "it failed"', true],
    ['Name.GetType() != System.Boolean', true],
    ['Yes.GetType() == System.Boolean', true],
    ['Word == false', true],
    ['Items == Items', true],
    ['"1" == 1', false],
  ])('%s is %s', (text, result) => {
    expect(resultOf(text, given())).toBe(String(result));
  });
});

describe('what the appliance may see in another way is noted', () => {
  test.each([
    ['Word == false', 'compares a Boolean with a text'],
    ['Word ? 1 : 2', 'takes a text for a Boolean'],
    ['!Word', 'takes a text for a Boolean'],
    ['Response.StatusCode == "Found"', '"Found" is another name of "Redirect"'],
    ['User.name.Equals("alice")', 'Equals compares a value inside JSON with one that is not'],
  ])('%s', (text, note) => {
    expect(runExpression(text, given()).notes.join()).toContain(note);
  });

  test('an ordinary comparison is not', () => {
    expect(runExpression('Name == "svc" && Users[0].id == 7 && Yes', given()).notes).toEqual([]);
  });
});

describe('texts', () => {
  test.each([
    [String.raw`"a\tb\\c\"d\u0041\x41"`, 'a\tb\\c"dAA'],
    [String.raw`"\d+\.(\s*)"`, String.raw`\d+\.(\s*)`],
    [String.raw`@"\d+ ""x"""`, String.raw`\d+ "x"`],
    [`'Assign'`, 'Assign'],
    [`''`, ''],
    [`'  '`, '  '],
    [String.raw`'\n'`, '\n'],
    ['$"{Name}:{Port}"', 'svc:22'],
    ['$"{{{Name}}} $?"', '{svc} $?'],
    ['$"{(Yes ? "a" : "b")}"', 'a'],
    ['$"{Port,5}|{Port,-5}|{Port:D4}"', '   22|22   |0022'],
    ['$@"\\{Name}\\"', '\\svc\\'],
    ['@$"{Items[1]}"', 'y'],
    ['$"{Nothing}{Yes}"', 'True'],
    ['Name.ToUpper().Substring(1, 2).PadLeft(4)', '  VC'],
    ['Name[0] + Name[2]', 'sc'],
    ['Name.IndexOf("c").ToString()', '2'],
    ['Name.Replace("s", "")', 'vc'],
    ['Exception.Message', 'it failed'],
    ['Exception.ToUpper()', 'IT FAILED'],
    ['"" + Exception', 'it failed'],
    ['string.Join(",", Items)', 'x,y,z'],
    ['String.Join("-", "a", 1, true)', 'a-1-True'],
    ['string.Format("{0:X2}", 10)', '0A'],
    ['Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("ä"))', 'w6Q='],
    ['System.Text.Encoding.UTF8.GetString(System.Convert.FromBase64String("w6Q="))', 'ä'],
    ['Response.StatusCode.ToString()', 'Redirect'],
    ['"" + Response.StatusCode', 'Redirect'],
    ['1.5.ToString()', '1.5'],
    ['true.ToString().ToLower()', 'true'],
    ['Users[0].active.ToString()', 'True'],
    ['Users[0].name.ToString()', 'alice'],
    ['Users[0].ToString()', '{"id":7,"name":"alice","active":true,"ratio":1.5,"none":null}'],
    ['Name.Substring(1, 1).Insert(0, "<").Remove(1)', '<'],
  ])('%s', (text, result) => {
    expect(resultOf(text, given())).toBe(JSON.stringify(result));
  });
});

describe('collections and objects', () => {
  test.each([
    ['Items.Count', '3'],
    ['Items.count', '3'],
    ['Items[1]', '"y"'],
    ['Items.ToArray().Length', '3'],
    ['Items.First()', '"x"'],
    ['Items.Last()', '"z"'],
    ['Items.FirstOrDefault(i => i == "q")', 'null'],
    ['Items.Where(i => i != "y").Select((i, at) => i + at).ToList()', '["x0","z1"]'],
    ['Items.Any(i => i == "z") && Items.All(i => i.Length == 1) && Items.Count(i => i != "x") == 2', 'true'],
    ['Items.Contains("y")', 'true'],
    ['Items.Skip(1).Take(1).Distinct().ToArray()', '["y"]'],
    ['Items.Insert(0, "w")', 'null'],
    ['Items.Add(Port)', 'null'],
    ['new List<string>()', '[]'],
    ['new DiscoveredGroup("wheel", 10)', '{"Name":"wheel","Id":10}'],
    ['new DiscoveredGroup("wheel", 10).name', '"wheel"'],
    ['Users.Count', '2'],
    ['Users.count == 2', 'true'],
    ['Users.First().id', '7'],
    ['Users[1].name.Value', '"bob"'],
    ['User.mail', '"a@x"'],
    ['User.count', '3'],
    ['User["name"]', '"alice"'],
    ['User.ContainsKey("id")', 'true'],
    ['User.missing', 'null'],
    ['Users.Select(u => u.name).ToList()', '["alice","bob"]'],
    ['Users.First(u => u.id == 8).name', '"bob"'],
    ['Result.rc == 0', 'true'],
    ['Result.STDOUT', '"ok"'],
    ['Result.Parts[1]', '"b"'],
    ['Result.Count', '3'],
    ['Response.Headers["LINK"].Length', '2'],
    ['Response.Headers["Link"][1]', '"two"'],
    ['Response.Headers.ContainsKey("location")', 'false'],
    [
      'Regex.Match("a1b22", @"(?<n>\\d)+").Groups["n"].Captures.Cast<Capture>().Select(c => c.Value).ToArray()',
      '["1"]',
    ],
    ['Regex.Matches("a1b22", @"\\d+").Count', '2'],
    ['Regex.Match("a", "b").Groups["no"].Success', 'false'],
    ['Regex.Match("a1b2", "[0-9]").NextMatch().Index', '3'],
    ['Regex.Replace("a1b2", "[0-9]", m => m.Value + "!")', '"a1!b2!"'],
    ['new Regex("B", RegexOptions.IgnoreCase).IsMatch("abc")', 'true'],
    ['Users.Length', "EXPRESSION_FAILED: 'JArray' does not contain a definition for 'Length'"],
    ['Items.Length', "EXPRESSION_FAILED: 'List`1' does not contain a definition for 'Length'"],
    ['User.name.StartsWith("a")', "EXPRESSION_FAILED: 'JValue' does not contain a definition for 'StartsWith'"],
    ['Result.nope', 'EXPRESSION_FAILED: Key "nope" was not found, the following keys exist: [rc, Stdout, Parts]'],
    [
      'Items[9]',
      "EXPRESSION_FAILED: Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')",
    ],
    ['"a,b".Split(",")[2]', 'EXPRESSION_FAILED: Index was outside the bounds of the array.'],
    ['Nothing.Length', 'VARIABLE_NULL: expression refers to null variable: Nothing'],
    ['User.missing.more', 'VARIABLE_NULL: expression refers to null variable: User.missing'],
    ['Missing', 'VARIABLE_MISSING: The variable "Missing" is used but it is not declared in that scope'],
    ['Name.Substring(9)', /out of the range/],
    ['Name.Trim(1, 2, 3, 4).Nope()', "EXPRESSION_FAILED: 'String' does not contain a definition for 'Nope'"],
    ['Name.Substring()', "EXPRESSION_FAILED: No overload for method 'Substring' takes 0 arguments"],
    ['Regex.IsMatch(Name, "(")', "EXPRESSION_FAILED: Invalid pattern at offset 0. Not enough )'s."],
    ['Regex.IsMatch(Name, "s", RegexOptions.RightToLeft)', /^NOT_EMULATED/],
    ['Convert.FromBase64String("?")', /not a valid Base-64/],
    ['int.Parse("x")', 'EXPRESSION_FAILED: Input string was not in a correct format.'],
    ['%Port% + 1', '23'],
    ['%Missing::$none%', '"none"'],
    ['%Nothing::$%', '""'],
  ])('%s', (text, result) => {
    if (typeof result === 'string') expect(resultOf(text, given())).toBe(result);
    else expect(resultOf(text, given())).toMatch(result);
  });
});

describe('an assignment', () => {
  test.each([
    ['Port = Port + 1', 'Port', 23],
    ['Port += 10', 'Port', 32],
    ['Port--', 'Port', 21],
    ['Name = Name + "!"', 'Name', 'svc!'],
    ['%{ Name = "x" }%', 'Name', 'x'],
    ['Name = null', 'Name', null],
  ])('%s', (text, name, value) => {
    expect(runExpression(text, given()).variables.get(name)).toEqual(value);
  });

  test.each([
    ['Result.rc = 5', 'Result', '{"rc":5,"Stdout":"ok","Parts":["a","b"]}'],
    ['Result.RC = 5', 'Result', '{"rc":5,"Stdout":"ok","Parts":["a","b"]}'],
    ['Result.more = Items', 'Result', '{"rc":0,"Stdout":"ok","Parts":["a","b"],"more":["x","y","z"]}'],
    ['Result["k"] = 1', 'Result', '{"rc":0,"Stdout":"ok","Parts":["a","b"],"k":1}'],
    ['Items[0] = 1', 'Items', '[1,"y","z"]'],
    ['User.id += 1', 'User', '{"id":8,"name":"alice","Mail":"a@x","count":3}'],
  ])('%s', (text, name, json) => {
    const { variables } = runExpression(text, given());
    expect(resultOf(name, Object.fromEntries(variables))).toBe(json);
  });

  test.each([
    ['Missing = 1', /^VARIABLE_MISSING/],
    ['Response.Content = "x"', /is read only/],
    ['Name.Length = 1', /cannot be changed/],
    ['Items[5] = 1', /out of range/],
    ['Nothing.x = 1', /^VARIABLE_NULL/],
  ])('%s fails', (text, message) => {
    expect(resultOf(text, given())).toMatch(message);
  });
});

test.each([
  ['Name.Substring(9)', 5],
  ['1 + Missing', 4],
  ['Name + Users.Length', 13],
  ['%{ Nothing.x }%', 11],
])('the failure of %s has its place', (text, offset) => {
  expect(() => runExpression(text, given())).toThrow(expect.objectContaining({ offset }));
});
