type Step = Readonly<Record<string, unknown>>;

/** Shows to its target, and to whoever reads its log, all that it is given. */
export const testedScript: Readonly<Record<string, Step[]>> = {
  CheckSystem: [
    { BaseAddress: { Address: 'http://%Address%/' } },
    { NewHttpRequest: { ObjectName: 'Call' } },
    { Headers: { RequestObjectName: 'Call', AddHeaders: { Authorization: 'Bearer %Token%' } } },
    { SetItem: { Name: 'Body', Value: { user: 'svc', password: '%FuncPassword%' } } },
    {
      Request: {
        RequestObjectName: 'Call',
        ResponseObjectName: 'Answer',
        Verb: 'POST',
        Url: 'api/login?key=%AccountPassword%',
        SubstitutionInUrl: true,
        Content: { ContentObjectName: 'Body', ContentType: 'application/json' },
      },
    },
    { Log: { Text: '%{ Answer.Content }% for %FuncPassword%' } },
    {
      Status: { Type: 'Checking', Percent: 5, Message: { Name: 'LookingUpUser', Parameters: ['%FuncPassword%'] } },
    },
    { WriteResponseObject: { Value: { key: '%Token%' } } },
    { WriteDiscoveredAccount: { Name: '%AccountPassword%' } },
    { Return: { Value: '%{ Answer.StatusCode == 200 }%' } },
  ],
  CheckPassword: [
    {
      Connect: {
        ConnectionObjectName: 'C',
        Type: 'Ssh',
        NetworkAddress: '%Address%',
        Login: 'svc',
        Password: '%FuncPassword%',
        RequestTerminal: true,
        CheckHostKey: false,
      },
    },
    { Send: { ConnectionObjectName: 'C', Buffer: 'say %AccountPassword% %FuncPassword%' } },
    { Receive: { ConnectionObjectName: 'C', BufferName: 'Got', ExpectRegex: '[$:] $' } },
    { Send: { ConnectionObjectName: 'C', Buffer: '%Token%' } },
    { Receive: { ConnectionObjectName: 'C', BufferName: 'Got', ExpectRegex: '[$:] $' } },
    { Throw: { Value: 'got %Got% for %Token%' } },
  ],
};

const http = { http: { routes: [{ path: '/api/login', answer: { json: { got: '${FuncPassword}' } } }] } };
const ssh = {
  ssh: { commands: [{ command: { matches: '^say' }, output: 'said ${AccountPassword}' }], unmatched: 'allowed' },
};
const login = { operation: 'CheckSystem', target: http };
const shell = { operation: 'CheckPassword', target: ssh };

/** Cases that fail, each in a way that shows what was expected and what came. */
export const leakyCases: readonly (Step & { name: string })[] = [
  {
    name: 'a route that differs in its body',
    operation: 'CheckSystem',
    target: { http: { routes: [{ path: '/api/login', json: { password: '${FuncPassword}!' }, answer: 200 }] } },
  },
  {
    name: 'a route that differs in its query',
    operation: 'CheckSystem',
    target: { http: { routes: [{ path: '/api/login', query: { key: 'other' }, answer: 200 }] } },
  },
  {
    name: 'a route that differs in its header',
    operation: 'CheckSystem',
    target: { http: { routes: [{ path: '/api/login', bearer: '${Token}!', answer: 200 }] } },
  },
  { name: 'no route', operation: 'CheckSystem', target: { http: { routes: [{ path: '/other', answer: 200 }] } } },
  {
    name: 'other requests',
    ...login,
    expect: { requests: [{ path: '/api/login', json: { password: 'other' } }, { path: '/more' }] },
  },
  { name: 'another query', ...login, expect: { requests: [{ query: { key: '${AccountPassword}!' } }] } },
  { name: 'another log', ...login, expect: { log: { contains: '${FuncPassword} is not there' } } },
  { name: 'another status', ...login, expect: { status: [{ name: 'LookingUpUser', parameters: ['${Token}'] }] } },
  { name: 'another response', ...login, expect: { response: { key: '${AccountPassword}' } } },
  { name: 'other records', ...login, expect: { records: { accounts: [{ name: '${Token}' }] } } },
  { name: 'another outcome', ...login, expect: { outcome: 'mismatch', value: '${Token}' } },
  { name: 'an error that was not expected', ...shell },
  {
    name: 'another error',
    ...shell,
    expect: { outcome: 'error', error: { contains: '${FuncPassword} is not there' } },
  },
  {
    name: 'another error, as a pattern',
    ...shell,
    expect: { outcome: 'error', error: { code: 'LOGIN_REFUSED', message: { matches: 'x${Token}' } } },
  },
  { name: 'other commands', ...shell, expect: { outcome: 'error', commands: ['say ${AccountPassword}'] } },
  {
    name: 'a command that nobody answers',
    operation: 'CheckPassword',
    target: { ssh: { commands: [{ command: 'say ${AccountPassword}' }] } },
    expect: { outcome: 'error' },
  },
  {
    name: 'an input that nobody expects',
    operation: 'CheckPassword',
    target: {
      ssh: {
        commands: [
          { command: { matches: '^say' }, dialogue: [{ prompt: 'Password: ', expect: '${AccountPassword}' }] },
        ],
      },
    },
    expect: { outcome: 'error' },
  },
  {
    name: 'a login that is refused',
    operation: 'CheckPassword',
    target: { ssh: { users: { svc: { password: '${Token}' } } } },
    expect: { outcome: 'success' },
  },
];
