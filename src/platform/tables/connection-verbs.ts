import { type Verb, verb } from './verb.ts';

/** SSH and Telnet. Source: specification d.4. */
export const connectionVerbs: readonly Verb[] = [
  verb(
    'Connect',
    `ConnectionObjectName!:sets Type!:text NetworkAddress!:value Port:number Login!:value Password:value UserKey:value RequestTerminal:flag
    CheckHostKey:flag HostKey:value AutoAdjustCiphers:flag Timeout:number SoftwareVersionVariableName:sets WorkstationId:value UseSsl:flag
    SkipServerCertValidation:flag`,
    { source: 'commands/connect' },
  ),
  verb('Disconnect', 'ConnectionObjectName:seeks', { source: 'commands/connect' }),
  verb('Send', 'ConnectionObjectName!:reads Buffer!:value ContainsSecret:flag EndOfDataSuffix:value', {
    source: 'commands/send-receive',
  }),
  verb(
    'Receive',
    `ConnectionObjectName!:reads BufferName!:sets ExpectRegex:pattern ExpectOptions:list ExpectTimeout:number Append:flag
    ContainsSecret:flag TimeoutResultVariableName:reports`,
    { source: 'commands/send-receive' },
  ),
  verb(
    'ExecuteCommand',
    `ConnectionObjectName!:reads Command!:value BufferName!:sets StderrBufferName:sets ExitStatusBufferName:reports Stdin:list
    Timeout:number CommandContainsSecret:flag InputContainsSecret:flag OutputContainsSecret:flag SuppressExceptions:flag`,
    { source: 'commands/execute-command' },
  ),
  verb(
    'ExecuteDependentCommand',
    `ConnectionObjectName!:reads BufferName!:sets ExitStatusBufferName!:reports StderrBufferName!:sets CommandBufferName!:sets
    DependentCommand!:value CommandArguments:value StdinArguments:list Timeout:number Type:text LogCommand:flag LogCommandArguments:flag
    LogStdin:flag LogStdout:flag`,
    { source: 'commands/execute-dependent-command' },
  ),
  verb(
    'DiscoverSshHostKey',
    `HostKeyVariableName!:sets NetworkAddress!:value Port:number Timeout:number AutoAdjustCiphers:flag SoftwareVersionVariableName:sets
    DiscoverHostKey:flag Type:text`,
    { source: 'commands/ssh-host-key' },
  ),
];
