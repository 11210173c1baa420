type Step = Readonly<Record<string, unknown>>;

const log = (text: string): Step => ({ Log: { Text: text } });
const set = (name: string, value: unknown): Step => ({ SetItem: { Name: name, Value: value } });

/** A request to the server that answers with what it got; the answer is logged. */
function request(payload: Step, before: readonly Step[] = []): Step[] {
  return [
    { BaseAddress: { Address: 'http://127.0.0.1:%HttpPort%/' } },
    { NewHttpRequest: { ObjectName: 'Call' } },
    ...before,
    {
      Request: {
        RequestObjectName: 'Call',
        ResponseObjectName: 'Answer',
        Verb: 'POST',
        Url: 'echo',
        SubstitutionInUrl: true,
        ...payload,
      },
    },
    log('%{ Answer.Content }%'),
    log('%{ Answer.Headers["X-Echo"][0] }%'),
    { Return: { Value: '%{ Answer.StatusCode == 200 }%' } },
  ];
}

const connect = (more: Step = {}): Step => ({
  Connect: {
    ConnectionObjectName: 'C',
    Type: 'Ssh',
    NetworkAddress: '127.0.0.1',
    Port: '%SshPort%',
    Login: 'svc',
    Password: '%FuncPassword%',
    CheckHostKey: false,
    ...more,
  },
});
const say = (line: string): Step[] => [
  { Send: { ConnectionObjectName: 'C', Buffer: line } },
  { Receive: { ConnectionObjectName: 'C', BufferName: 'Got', ExpectRegex: '[$:] $' } },
  log('%Got%'),
];
const derived = [
  'FuncPassword.Substring(0, 14)',
  'FuncPassword.ToUpper()',
  'FuncPassword.Replace("7", "x")',
  'FuncPassword.Split("d")',
  'FuncPassword + "-" + AccountPassword',
  'Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("svc:" + FuncPassword))',
  'Regex.Match(FuncPassword, "K.*1").Value',
  'Regex.Replace(FuncPassword, "[^A-Za-z0-9]", "")',
  'string.Format("{0}!", FuncPassword)',
  'FuncPassword.ToString()',
];

/** Operations of a script by a name that says where they show secrets; each is one that nobody should write. */
export const leakyOperations: Readonly<Record<string, readonly Step[]>> = {
  'Basic header': request({}, [
    {
      HttpAuth: {
        RequestObjectName: 'Call',
        Type: 'Basic',
        Credentials: { Login: 'svc', Password: '%FuncPassword%' },
      },
    },
  ]),
  'JSON body': request({ Content: { ContentObjectName: 'Body', ContentType: 'application/json' } }, [
    set('Body', { user: 'svc', password: '%FuncPassword%', nested: [{ token: '%Token%' }] }),
  ]),
  'text body': request({ Content: { ContentObjectName: 'Body', ContentType: 'text/plain' } }, [
    set('Body', '<user password="%FuncPassword%"/>'),
  ]),
  form: request({ Content: { ContentObjectName: 'Form', ContentType: 'application/x-www-form-urlencoded' } }, [
    { SetFormValue: { FormObjectName: 'Form', InputName: 'password', Value: '%FuncPassword%' } },
    { SetFormValue: { FormObjectName: 'Form', InputName: 'token', Value: '%Token%' } },
  ]),
  'URL, encoded': request({ Url: 'echo?password=%Encoded%' }, [
    { UrlEncode: { Source: '%FuncPassword%', ResultVariable: 'Encoded' } },
  ]),
  'URL, as it is': request({ Url: 'echo?password=%AccountPassword%&token=%Token%' }),
  'user of a URL': request({ Url: 'http://svc:%AccountPassword%@127.0.0.1:%HttpPort%/echo' }),
  'host of a URL': request({ Url: 'http://%AccountPassword%/echo' }),
  'base address': [
    { BaseAddress: { Address: 'http://%AccountPassword%/%Token%/' } },
    ...request({ Url: 'echo' }).slice(1),
  ],
  'host that is none': request({ Url: 'http://%FuncPassword%/echo' }),
  redirect: request({ Url: 'redirect', Content: { ContentObjectName: 'Body', ContentType: 'text/plain' } }, [
    set('Body', '%FuncPassword%'),
  ]),
  header: request({}, [
    { Headers: { RequestObjectName: 'Call', AddHeaders: { 'X-Token': '%Token%', Authorization: 'Bearer %Token%' } } },
  ]),
  'header that is none': request({}, [
    { Headers: { RequestObjectName: 'Call', AddHeaders: { 'X-Password': '%FuncPassword%\n' } } },
  ]),
  cookie: [
    { SetCookie: { Name: 'sid', Domain: '127.0.0.1', Path: '/', Value: '%AccountPassword%' } },
    ...request({}).slice(0, -1),
    { GetCookie: { Name: 'sid', Domain: '127.0.0.1', Path: '/', VariableName: 'Sid' } },
    log('%Sid%'),
    { Return: { Value: true } },
  ],
  page: [
    ...request({ Url: 'page', Content: { ContentObjectName: 'Body', ContentType: 'text/plain' } }, [
      set('Body', '%FuncPassword%'),
    ]).slice(0, -2),
    { ExtractFormData: { ResponseObjectName: 'Answer', FormObjectName: 'Form' } },
    { GetFormValue: { FormObjectName: 'Form', InputName: 'shown', VariableName: 'Shown' } },
    log('%Shown% of %Form%'),
    { Return: { Value: true } },
  ],
  'answer that is no JSON': [
    ...request({ Url: 'page', Content: { ContentObjectName: 'Body', ContentType: 'text/plain' } }, [
      set('Body', '%FuncPassword%'),
    ]).slice(0, -3),
    set('Text', '{"password": %FuncPassword%}'),
    { ExtractJsonObject: { JsonObjectName: 'Text', Name: 'Json' } },
    { Return: { Value: true } },
  ],
  'thrown text': [{ Throw: { Value: 'wrong: %FuncPassword% of %AccountPassword%' } }],
  'thrown object': [{ Throw: { Value: { password: '%FuncPassword%' } } }],
  'caught and thrown again': [
    {
      Try: {
        Do: [{ Throw: { Value: '%Token%' } }],
        Catch: [log('%Exception%'), log('%{ Exception.Message }%'), { Throw: { Value: 'again: %Exception%' } }],
      },
    },
  ],
  'expression that fails': [set('Number', '%{ int.Parse(FuncPassword) }%'), { Return: { Value: true } }],
  'index that fails': [set('Part', '%{ FuncPassword.Substring(999) + FuncPassword }%'), { Return: { Value: true } }],
  'member that is not there': [
    set('Object', { '%Token%': 1 }),
    set('Part', '%{ FuncPassword.Kern }%'),
    { Return: { Value: true } },
  ],
  'pattern that is none': [
    { Condition: { If: 'Regex.IsMatch("x", "(" + FuncPassword)', Then: { Do: [] } } },
    { Return: { Value: true } },
  ],
  'argument of another type': [{ Function: { Name: 'Count', Parameters: ['%AccountPassword%'] } }],
  'value that is no Boolean': [{ Return: { Value: '%FuncPassword%' } }],
  'object that is no Boolean': [{ Return: { Value: { password: '%FuncPassword%' } } }],
  'values made of it': [
    ...derived.flatMap((expression, index) => [
      set(`Made${index}`, `%{ ${expression} }%`),
      log(`%{ ${expression} }%`),
      { WriteResponseObject: { Value: { made: `%Made${index}%` } } },
    ]),
    { Return: { Value: true } },
  ],
  status: [
    {
      Status: { Type: 'Checking', Percent: 5, Message: { Name: 'LookingUpUser', Parameters: ['%FuncPassword%'] } },
    },
    { Status: { Type: 'Checking', Percent: 6, Message: { Name: '%Token%', Parameters: ['%AccountPassword%'] } } },
    { Status: { Type: '%Token%', Percent: 7, Message: { Name: 'VerifyingPassword' } } },
    { Return: { Value: true } },
  ],
  records: [
    { WriteDiscoveredAccount: { Name: '%FuncPassword%', UserId: '%Token%', Groups: [{ Name: '%AccountPassword%' }] } },
    { WriteDiscoveredService: { ServiceName: 'sshd', AccountName: '%AccountPassword%' } },
    { WriteDiscoveredSshKey: { KeyType: 'ssh-rsa', SshKey: '%Token%' } },
    { Return: { Value: true } },
  ],
  response: [
    { WriteResponseObject: { Value: { key: '%FuncPassword%', list: ['%Token%', { deep: '%AccountPassword%' }] } } },
    { Return: { Value: true } },
  ],
  loop: [
    { Split: { Source: '%FuncPassword%', DelimiterChars: ' ', ResultVariableName: 'Parts' } },
    { ForEach: { CollectionName: 'Parts', ElementName: 'Part', Body: { Do: [log('%Part%')] } } },
    {
      For: {
        Before: 'Rest = FuncPassword',
        Condition: 'Rest.Length > 20',
        End: 'Rest = Rest.Substring(1)',
        Body: { Do: [log('%Rest%')] },
      },
    },
    { Return: { Value: true } },
  ],
  switch: [
    {
      Switch: {
        MatchValue: '%AccountPassword%',
        Cases: [
          { CaseValue: '%FuncPassword%', Do: [log('one')] },
          { CaseValue: '%AccountPassword%', Do: [log('%AccountPassword%')] },
        ],
      },
    },
    { Condition: { If: 'FuncPassword == AccountPassword', Then: { Do: [log('equal')] } } },
    { Return: { Value: true } },
  ],
  hash: [
    { CryptMd5: { Source: '%FuncPassword%', ResultVariable: 'Hash' } },
    {
      CompareShadowHash: { Password: '%FuncPassword%', SaltedHash: 'svc:%AccountPassword%:1', ResultVariable: 'Same' },
    },
    { Return: { Value: '%Same%' } },
  ],
  'shell that echoes': [
    connect({ RequestTerminal: true }),
    ...say('echo %FuncPassword%'),
    ...say('say'),
    ...say('%Token%'),
  ],
  'shell that closes': [connect({ RequestTerminal: true }), ...say('leave'), ...say('x')],
  'shell that never answers': [
    connect({ RequestTerminal: true }),
    { Send: { ConnectionObjectName: 'C', Buffer: 'echo %FuncPassword%' } },
    {
      Receive: {
        ConnectionObjectName: 'C',
        BufferName: 'Got',
        ExpectRegex: 'never %AccountPassword%',
        ExpectTimeout: 50,
        TimeoutResultVariableName: 'IsLate',
      },
    },
    log('%Got% %IsLate%'),
    { Return: { Value: true } },
  ],
  command: [
    connect({ RequestTerminal: false }),
    {
      ExecuteCommand: {
        ConnectionObjectName: 'C',
        Command: 'say --password "%FuncPassword%"',
        Stdin: ['%AccountPassword%', '%Token%'],
        BufferName: 'Out',
        StderrBufferName: 'Err',
        ExitStatusBufferName: 'Code',
      },
    },
    log('%Out% %Err% %Code%'),
    { Return: { Value: true } },
  ],
  'command in a shell': [
    connect({ RequestTerminal: true }),
    { ExecuteCommand: { ConnectionObjectName: 'C', Command: 'x %FuncPassword%', BufferName: 'Out' } },
  ],
  'login that is refused': [connect({ Login: 'other', RequestTerminal: true })],
  'key that is none': [connect({ Password: null, UserKey: '%FuncPassword%', RequestTerminal: true })],
  'key of a user': [
    { Split: { Source: '%UserKey%', DelimiterChars: '\n', ResultVariableName: 'Lines' } },
    { ForEach: { CollectionName: 'Lines', ElementName: 'Line', Body: { Do: [log('%Line%')] } } },
    log('key: %UserKey%'),
    connect({ Password: null, UserKey: '%UserKey%', RequestTerminal: true }),
  ],
  'key of the host': [connect({ CheckHostKey: true, HostKey: '%FuncPassword%', RequestTerminal: true })],
  'name of a host': [connect({ NetworkAddress: '%AccountPassword%', RequestTerminal: true })],
  'name of a user': [connect({ Login: '%FuncPassword%', RequestTerminal: true })],
  Telnet: [
    {
      Connect: {
        ConnectionObjectName: 'C',
        Type: 'Telnet',
        NetworkAddress: '127.0.0.1',
        Port: '%TelnetPort%',
        Login: '%Token%',
      },
    },
    { Receive: { ConnectionObjectName: 'C', BufferName: 'Got', ExpectRegex: ': $' } },
    ...say('%FuncPassword%'),
    ...say('%AccountPassword%'),
    { Return: { Value: true } },
  ],
};
