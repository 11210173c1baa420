import { describe, expect, test } from 'vitest';
import { compare, mark, scriptOf } from './marked-script.ts';

const log = '{"Log": {"Text": "x"}}';
const callF = '{"Function": {"Name": "F"}}';
const connect = (more: string): string =>
  `{"Connect": ${more.startsWith(mark) ? mark : ''}{"ConnectionObjectName": "C", "Type": "Ssh", "NetworkAddress": "%Address%", "Login": "x"${more.replace(mark, '')}}}`;
const request = (more: string): string => `{"Request": {"RequestObjectName": "R", "Verb": "GET", ${more}}}`;
const status = (type: string, message: string): string =>
  `{"Status": {"Type": ${type}, "Percent": 1, "Message": ${message}}}`;
const discoverKey = '"DiscoverSshHostKey": {"Do": [{"Return": {"Value": true}}]}';
const secret = '{"Password": {"Type": "Secret"}}';
const tree = (expression: string): string => `{"Return": {"Value": ${JSON.stringify(`%{${expression}}%`)}}}`;
const json = '{"ExtractJsonObject": {"JsonObjectName": "Address", "Name": "J"}}';

const cases: [code: string, what: string, bad: string, good: string][] = [
  ['W01', 'a function that nothing calls', scriptOf('', '◆"CheckPasswords": {}'), scriptOf(callF, '"F": {}')],
  [
    'W01',
    'one that only itself calls',
    scriptOf('', `"Functions": [{"Name": ◆"F", "Do": [${callF}]}]`),
    scriptOf(callF, '"F": {}'),
  ],
  [
    'W02',
    'a global variable',
    scriptOf('{"SetItem": {"Name": ◆"GLOBAL:X", "Value": 1}}, {"SetItem": {"Name": "Global:X"}}'),
    scriptOf('{"SetItem": {"Name": "X"}}'),
  ],
  [
    'W03',
    'what a function was not passed',
    scriptOf(callF, '"F": {"Do": [{"Log": {"Text": ◆"%Address%"}}, {"Log": {"Text": "%Address%"}}]}'),
    scriptOf('{"Log": {"Text": "%Address%"}}'),
  ],
  [
    'W03',
    'a global variable that another function sets',
    scriptOf(`{"SetItem": {"Name": "Global:Req", "Value": 1}}, ${callF}`, '"F": {"Do": [{"Log": {"Text": ◆"%Req%"}}]}'),
    scriptOf(callF, '"F": {"Do": [{"SetItem": {"Name": "Global:Req", "Value": 1}}, {"Log": {"Text": "%Req%"}}]}'),
  ],
  [
    'W04',
    'functions in a circle',
    scriptOf(callF, `◆"F": {"Do": [{"Function": {"Name": "G"}}]}, "G": {"Do": [${callF}]}`),
    scriptOf(callF, '"F": {}'),
  ],
  ['W05', 'a result that is no boolean', scriptOf('{"Return": {"Value": ◆"Error"}}'), scriptOf('{"Return": " True "}')],
  [
    'L01',
    'a reserved name in another case',
    scriptOf('', '', '{◆"AccountUsername": {"Type": "String"}}'),
    scriptOf('', '"F": {"Parameters": [{"accountusername": {"Type": "Integer"}}]}'),
  ],
  [
    'L02',
    'an unknown property',
    scriptOf('{"Throw": {"Value": "x", ◆"Message": "x"}}'),
    scriptOf('{"Throw": {"value": "x"}}'),
  ],
  [
    'L02',
    'one in an object',
    scriptOf(status('"Checking"', '{"Name": "VerifyingPassword", ◆"Text": ""}')),
    scriptOf(status('"Checking"', '{"Name": "VerifyingPassword"}')),
  ],
  [
    'L03',
    'a URL that is not substituted',
    scriptOf(request('"Url": ◆"a/%Address%"')),
    scriptOf(request('"Url": "a/%Address%", "SubstitutionInUrl": true')),
  ],
  [
    'L04',
    'a body beside the properties',
    scriptOf(request('"Url": "a", "Content": {◆"Body": "x"}')),
    scriptOf(request('"Url": "a", "Content": {"ContentObjectName": "Address"}')),
  ],
  [
    'L05',
    'a percent escape',
    scriptOf(request('"Url": ◆"a?b%5Bc%5D", "SubstitutionInUrl": true')),
    scriptOf(request('"Url": "a?b[c]%20", "SubstitutionInUrl": true')),
  ],
  [
    'L06',
    'Split with a character',
    scriptOf(tree("Address.Split(',')").replace('"%', '◆"%')),
    scriptOf(tree('Address.Split("ab")')),
  ],
  [
    'L07',
    'Length of a JSON array',
    scriptOf(`${json}, ${tree('J.items.Length > 0').replace('"%', '◆"%')}`),
    scriptOf(`${json}, ${tree('J.items.Count > Address.Length')}`),
  ],
  [
    'L08',
    'an element named like a parameter',
    scriptOf('{"ForEach": {"CollectionName": "Address", "ElementName": ◆"Address", "Body": []}}'),
    scriptOf('{"ForEach": {"CollectionName": "Address", "ElementName": "a", "Body": []}}'),
  ],
  [
    'L09',
    'a variable of a branch',
    scriptOf('{"Condition": {"If": true, "Then": [{"SetItem": {"Name": "X"}}]}}, {"Log": {"Text": ◆"%X%"}}'),
    scriptOf(
      '{"SetItem": "X"}, {"Condition": {"If": true, "Then": [{"SetItem": {"Name": "X"}}]}}, {"Log": {"Text": "%X%"}}',
    ),
  ],
  [
    'L10',
    'a connection without decision',
    scriptOf(connect('◆'), discoverKey),
    scriptOf(connect(', "RequestTerminal": false'), discoverKey),
  ],
  [
    'L11',
    'what waits for nothing',
    scriptOf('{"Receive": ◆{"ConnectionObjectName": "Address", "BufferName": "B"}}'),
    scriptOf('{"Receive": {"ConnectionObjectName": "Address", "BufferName": "B", "ExpectRegex": "a"}}'),
  ],
  [
    'L12',
    'a silent Catch',
    scriptOf('{"Try": {"Do": [], "Catch": ◆[{"Return": {"Value": false}}]}}'),
    scriptOf(`{"Try": {"Do": [], "Catch": [{"Condition": {"If": true, "Then": {"Do": [${log}]}}}]}}`),
  ],
  [
    'L13',
    'a secret in the log',
    scriptOf('{"SetItem": {"Name": "X", "Value": "a%Password%"}}, {"Log": {"Text": ◆"%{X.Trim()}%"}}', '', secret),
    scriptOf('{"Log": {"Text": "%{string.IsNullOrEmpty(Password) || Password == \\"x\\"}%"}}', '', secret),
  ],
  [
    'L13',
    'a secret in a status',
    scriptOf(status('"Checking"', '{"Name": "LookingUpUser", "Parameters": [◆"%Password%"]}'), '', secret),
    scriptOf(status('"Checking"', '{"Name": "LookingUpUser", "Parameters": ["%{Password.Length}%"]}'), '', secret),
  ],
  [
    'L13',
    'a secret in a URL',
    scriptOf(request('"Url": ◆"a?%Password%", "SubstitutionInUrl": true'), '', secret),
    scriptOf(request('"Url": "a?%Password%", "SubstitutionInUrl": true, "UrlIsSecret": true'), '', secret),
  ],
  [
    'L14',
    'a key of an operation',
    scriptOf('', '"CheckPassword": {"Do": [{"Return": {"Value": true}}], ◆"Catch": []}'),
    scriptOf('', '"CheckPassword": {"Do": [{"Return": {"Value": true}}]}'),
  ],
  [
    'L14',
    'a key of a parameter',
    scriptOf('', '', '{"A": {"Type": "String", ◆"Default": ""}}'),
    scriptOf('', '', '{"A": {"Type": "String", "Name": "label"}}'),
  ],
  [
    'L15',
    'digits of a status',
    scriptOf(
      '{"NewHttpRequest": {"ObjectName": "R"}}, {"Condition": {"If": ◆"R.StatusCode.ToString() == \\"200\\"", "Then": []}}',
    ),
    scriptOf(
      '{"NewHttpRequest": {"ObjectName": "R"}}, {"Condition": {"If": "R.StatusCode == 200 || R.StatusCode.ToString() == \\"OK\\"", "Then": []}}',
    ),
  ],
  [
    'L16',
    'a type of status',
    scriptOf(status('◆"Working"', '{"Name": "VerifyingPassword"}')),
    scriptOf(status('"checking"', '{"Name": "VerifyingPassword"}')),
  ],
  [
    'L16',
    'a message',
    scriptOf(status('"Checking"', '{"Name": ◆"LookingForUser"}')),
    scriptOf(status('"Checking"', '{"Name": "%Address%"}')),
  ],
  [
    'L16',
    'the parameters of a message',
    scriptOf(status('"Checking"', '{"Name": "LookingUpUser", "Parameters": ◆[]}')),
    scriptOf(status('"Checking"', '{"Name": "LookingUpUser", "Parameters": ["a"]}')),
  ],
  [
    'L17',
    'a path without Return',
    scriptOf('', `"CheckPassword": {"Do": ◆[{"Condition": {"If": true, "Then": [{"Return": {}}]}}]}`),
    scriptOf(
      '',
      `"CheckPassword": {"Do": [{"Condition": {"If": true, "Then": [{"Return": {}}], "Else": {"Do": [{"Throw": {}}]}}}]}`,
    ),
  ],
  [
    'L18',
    'a dotted token',
    scriptOf('{"Log": {"Text": ◆"is %Address.Length%"}}'),
    scriptOf('{"Log": {"Text": "is %{Address.Length}%"}}'),
  ],
  ['L19', 'SSH without its key', scriptOf(connect('◆')), scriptOf(connect(''), discoverKey)],
  [
    'L20',
    'discovery without a query',
    scriptOf('', '"DiscoverAccounts": {"Parameters": ◆[], "Do": []}'),
    scriptOf('', '"DiscoverAccounts": {"Parameters": [{"DiscoveryQuery": {"Type": "Object"}}]}'),
  ],
  [
    'L21',
    'half of a pair',
    scriptOf('', '"EnableAccount": ◆{"Do": []}'),
    scriptOf('', '"EnableAccount": {}, "DisableAccount": {}'),
  ],
  ['L22', 'what SPP never asks for', scriptOf('', '◆"CheckHostKey": {}'), scriptOf('')],
  [
    'L23',
    'a function named like an operation',
    scriptOf('', '"Functions": [{"Name": ◆"RemoveAuthorizedKey"}]'),
    scriptOf(callF, '"Functions": [{"Name": "F"}]'),
  ],
  [
    'L24',
    'an unknown member',
    scriptOf(tree('Address.PadLeft(3)').replace('"%', '◆"%')),
    scriptOf(tree('Address.Anything.Trim()')),
  ],
  [
    'L25',
    'a variable in another case',
    scriptOf('{"Log": {"Text": ◆"%address%"}}'),
    scriptOf('{"Log": {"Text": "%Address%"}}'),
  ],
  [
    'L26',
    'an import without its last argument',
    scriptOf('{"Function": {"Name": "LoginSsh", "Parameters": ◆["a", "b", "c"]}}', '"Imports": ["LinuxSshLogin"]'),
    scriptOf('{"Function": {"Name": "LoginSsh", "Parameters": ["a", "b", "c", null]}}', '"Imports": ["LinuxSshLogin"]'),
  ],
  [
    'L27',
    'a header in two cases',
    scriptOf('{"Headers": {"RequestObjectName": "Address", "AddHeaders": {"Accept": "a", ◆"accept": "b"}}}'),
    scriptOf('{"Headers": {"RequestObjectName": "Address", "AddHeaders": {"Accept": "a"}}}'),
  ],
  [
    'L28',
    'the version of a discovery',
    scriptOf(
      '{"DiscoverSshHostKey": {"HostKeyVariableName": "K", "NetworkAddress": "a", ◆"SoftwareVersionVariableName": "V"}}',
    ),
    scriptOf(connect(', "SoftwareVersionVariableName": "V"')),
  ],
  [
    'L29',
    'a group that is stored',
    scriptOf('{"SetItem": {"Name": "X", "Value": ◆"%{Regex.Match(Address, \\"a\\").Groups[0].Value}%"}}'),
    scriptOf('{"SetItem": {"Name": "X", "Value": "%{Regex.Match(Address, \\"a\\").Groups[0].Value.ToString()}%"}}'),
  ],
  ['L30', 'a verb that is not emulated', scriptOf('{◆"AwsFunction": {"Any": 1}}'), scriptOf(log)],
  [
    'L30',
    'a connection that is not emulated',
    scriptOf(connect('').replace('"Ssh"', '◆"Tn3270"')),
    scriptOf(connect('').replace('"Ssh"', '"Telnet"')),
  ],
  [
    'L30',
    'an import that is not emulated',
    scriptOf('', '"Imports": [◆"WindowsSshFunctions"]'),
    scriptOf('', '"Imports": ["ResolveAssetName"]'),
  ],
  [
    'L31',
    'a case that is no pattern',
    scriptOf('{"Switch": {"MatchValue": "%Address%", "Cases": [{"CaseValue": ◆"a+*(", "Do": []}]}}'),
    scriptOf('{"Switch": {"MatchValue": "%Address%", "Cases": [{"CaseValue": "(OK)|(NoContent)", "Do": []}]}}'),
  ],
  [
    'L32',
    'the type Password',
    scriptOf('', '', '{"P": {"Type": ◆"Password"}}'),
    scriptOf('', '', '{"P": {"Type": "Secret"}}'),
  ],
];

const infos = ['W02', 'W03', 'L10', 'L11', 'L12', 'L21', 'L28', 'L29'];

describe('a warning', () => {
  test.each(cases)('%s is told of %s, where it is', (code, _what, bad) => {
    const { told, marks, problems } = compare(code, bad);
    expect(told).toEqual(marks);
    const level = infos.includes(code) ? 'info' : code === 'L22' ? 'error' : 'warning';
    expect(problems.map((each) => each.level)).toEqual(marks.map(() => level));
  });

  test.each(cases)('%s is not told where there is nothing of %s', (code, _what, _bad, good) => {
    expect(good).not.toContain(mark);
    expect(compare(code, good).told).toEqual([]);
  });
});
