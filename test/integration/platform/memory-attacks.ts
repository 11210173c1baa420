/** Scripts that try to fill the memory of the host. Prints as JSON how each ended, by name; run with little memory. */
import type { PlainJson } from '../../../src/platform/conversion/from-json.ts';
import { answering, type Given, runScript } from '../../unit/platform/run-script.ts';

const large = 'x'.repeat(1_000_000);
const forEver = (...body: object[]): object => ({ For: { Body: body } });
const set = (name: string, value: PlainJson): object => ({ SetItem: { Name: name, Value: value } });
const evaluate = (text: string): object => ({ Eval: { Expression: text } });
const asked = { Request: { RequestObjectName: 'R', ResponseObjectName: 'A', Verb: 'GET', Url: 'http://127.0.0.1/' } };
const extracted = { ExtractJsonObject: { JsonObjectName: 'A', Name: 'J' } };

/** A list that grows by what an expression makes, for ever. */
const growing = (text: string): Given => ({
  steps: [set('T', large), set('L', []), forEver(evaluate(`L.Add(${text})`))],
});

const answered = (body: string, ...steps: object[]): Given => {
  const headers: [string, string][] = [['Content-Type', 'application/json']];
  const { network } = answering(() => ({ body: Buffer.from(body), headers }));
  return { network, steps: [{ NewHttpRequest: { ObjectName: 'R' } }, set('L', []), ...steps] };
};

const attacks: Record<string, Given> = {
  'a text that doubles': { steps: [set('T', 'ab'), forEver(set('T', '%T%%T%'))] },
  'a list that doubles': { steps: [set('L', [1]), forEver(evaluate('L.AddRange(L)'))] },
  'lists in lists, in a log': { steps: [set('T', [1]), forEver(set('T', ['%T%', '%T%']), { Log: { Text: '%T%' } })] },
  'a log without end': { steps: [set('T', large), forEver({ Log: { Text: '%T%' } })] },
  'short logs without end': { steps: [forEver({ Log: { Text: 'x' } })] },
  'records without end': { steps: [forEver({ WriteDiscoveredAccount: { Name: large } })] },
  'statuses without end': {
    steps: [forEver({ Status: { Type: 'Checking', Percent: 5, Message: { Name: 'X', Parameters: [large] } } })],
  },
  'texts that are kept': growing('T + L.Count'),
  'parts that are kept': growing('T.Split("x")'),
  'matches that are kept': growing('Regex.Matches(T, "x")'),
  'padding that is kept': growing('"a".PadLeft(10000000 + L.Count)'),
  'bytes that are kept': growing('System.Text.Encoding.UTF8.GetBytes(T)'),
  'Split, the verb': {
    steps: [set('T', large), evaluate('T = T + T + T'), { Split: { Source: '%T%', DelimiterChars: ['x'], ResultVariableName: 'P' } }],
  },
  'variables of functions that call each other': {
    script: {
      CheckSystem: { Parameters: [], Do: [{ Function: { Name: 'F', Parameters: [] } }] },
      Functions: [
        {
          Name: 'F',
          Parameters: [],
          Do: [
            set('L', []),
            { For: { Before: 'i = 0', Condition: 'i < 20', End: 'i = i + 1', Body: [evaluate('L.Add("a".PadLeft(10000000 + i))')] } },
            { Function: { Name: 'F', Parameters: [] } },
          ],
        },
      ],
    },
  },
  'JSON of millions of values': answered(`[${'0,'.repeat(4_000_000)}0]`, asked, extracted),
  'JSON 100,000 deep': answered('['.repeat(100_000), asked, extracted),
  'responses that are kept': answered('x'.repeat(10_000_000), forEver(asked, evaluate('L.Add(A)'))),
}; // prettier-ignore

const ended: Record<string, string> = {};
for (const [name, given] of Object.entries(attacks)) {
  const { error } = await runScript(given);
  ended[name] = error?.code ?? 'none';
}
process.stdout.write(JSON.stringify(ended));
