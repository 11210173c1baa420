import { library, type Library } from './library.ts';

/** Source: specification e.2. None is emulated: what they do stands on no page. */
export const windowsLibraries: readonly Library[] = [
  library(
    'WindowsSshFunctions',
    `WinLoginSshAttempt(UserName Password? LoginKey? Term:Bool)
    WinLoginInteractiveSsh(UserName Password? LoginKey? UserDomain? TerminalRequired:Bool)
    WinLoginBatchModeSsh(UserName Password? LoginKey? UserDomain?) WinValidateServiceAccount(LocalUser CmdContext:Object)
    WinValidateAccountExists(QuotedUserName CmdContext) WinCheckError(Output) WinChangeUserPassword()
    WinChangeUserPasswordBatch(IgnorePrefix) WinChangeAccountMode(AccountMode) WinChangeAccountMembership(AccountMode Groups:Array)
    WinValidatePassword() WinCheckForPowershell(IgnorePrefix?)
    WinRunBatchCommand(ConvDescription Line SuccessRegex CommandContainsSecret:Bool OutputContainsSecret:Bool UseCmd:Object SuppressExceptions:Bool)
    WinRunBatchStrictCommand(ConvDescription Line SuccessRegex CommandContainsSecret:Bool OutputContainsSecret:Bool UseCmd:Object)`,
    { sets: 'ConnectSsh EndOfDataSuffix ServerSoftwareName' },
  ),
  library(
    'WindowsSshFunctionsDiscovery',
    `WinDiscoverAccountsOnHost(IgnorePrefix?) WinDiscoverServices(DiscoverOnly:Bool QueryString ServiceType CmdContext HostIdentity)
    WinCheckDiscoveryRequired() WinUpdateDependencies(HostIdentity IgnorePrefix? DependentUsername) WinRunDependentCommand(CmdContext)
    WinDiscoverAssets(IgnorePrefix?) WinProcessDiscoveredGroup(DiscoveryData InputString)
    WinProcessAccountDiscoveryData(DiscoveryData InputString) WinDiscoverNextBatchOfAccounts(DiscoveryData CmdContext)
    WinDiscoverNextBatchOfGroups(DiscoveryData CmdContext) WinCountObjects(SearchType CmdContext)
    WinFilterDependentUser(variablename HostIdentity IncludeLocal ObjectSid)
    WinGetRunningDependenciesList(ServiceName DisplayName Context) WinStopService(ServiceName DisplayName Context)
    CheckUpdatedServices(DepList Context RunningState) WinStartService(RestartServiceName Context)
    WinRestartDependencyList(DepList Context) WinStoppingServices(ServiceName ServiceDisplayName Result Output Error)
    WinTryToStopDependentServices(DepList Context) WinStopAllDependentServices(DepList Context)
    WinUpdateServicePassword(ServiceName DisplayName Account ServiceState Context HostIdentity)
    WinCheckTaskXml(ServicePath ServiceAccount CheckAccount CheckDomain CmdContext HostIdentity)
    WinGetMatchingAccount(CmdContext Account CheckDomain HostIdentity IncludeLocal) WinParseAccount(Account)
    WinUpdateTaskPassword(ServiceName Runas ServiceState ServicePath CmdContext HostIdentity ParsedAccount)
    WinUpdateIisPassword(ServiceName Account ServiceState ServicePath CmdContext HostIdentity ParsedAccount)
    WinUpdateComPlusPassword(ServiceName Account ServiceState ServicePath CmdContext HostIdentity ParsedAccount)
    InitIgnoredUsers(IgnoredUserList) FilterIgnoredRunasUsers(CheckName) IsUserLocal(Account Domain NetBios)
    LookupUser(CmdContext CheckDomain CheckAccount Runas) ResolveUserIdentity(CmdContext Runas CheckAccount CheckDomain HostIdentity)
    WinProcessServiceDiscoveryData(InputString ServiceType CmdContext HostIdentity)
    WinDiscoverNextBatchOfServices(DiscoveryData CmdContext QueryString ServiceType HostIdentity)
    CheckForErrors(rc:Int Buffer ErrBuffer Cmd Resolved) WinGetAssetCount(CmdContext) WinGetSummary(CmdContext)
    WinGetNetworkInfo(CmdContext) WriteAssetDiscoveryResults()`,
  ),
  library(
    'WindowsSshFunctionsSshKey',
    `WinChangeSshKey(LocalUser IgnorePrefix?) WinDiscoverAuthKeys(LocalUser IgnorePrefix?) WinCheckAuthKey(LocalUser IgnorePrefix?)
    WinRemoveAuthorizedKey(LocalUser IgnorePrefix?) InitializeSshConfigData(LocalUser IgnorePrefix?)
    WinDiscoverSshConfig(LocalUser ChangingKeys IgnorePrefix?) WinQuoteUser(User Context?:Object)
    GetSid(CmdContext ObjectSid DomainName UserName) GetHostname(IgnorePrefix?) GetHomeDir(CmdContext)
    WinGetVariableFromLine(ConvDescription Line SuccessRegex ReplaceRegex ThrowIfNotFound) WinGetSshServerVersion(Config)
    WinCheckTargetHomeDir(Config) WinCheckKeyActionRequired() WinGetOpenSshAuthConfigForHost(Config ConfigFile User Host Address)
    WinReadFileContents(Config Filename ReturnFalseIfAccessErrors) WinCheckMatch(Config MatchType MatchString)
    WinCheckSshdConfig(Config ConfigFile) WinRunSshdCommand(Config ConfigFile SshdOptions) WinGetRemoteClient(Config)
    WinEvaluateTemplateFile(Config Template) WinGetOpenSshOptions(Config) WinGetSshdConfig(Config ChangingKeys)
    WinGetCurrentKeys(ConfigData) WinGetKeysFromFile(ConfigData AuthKeyDictionary Filename)
    WinCheckKeyConfigured(KeyDictionary CheckKey UseCmd Comment) SetAcl(Filename CmdContext Account HomeDir HostName)
    WinConfigureNewKey(ConfigData) WinCleanUp(ConfigData Rollback) WinTestNewKey(TestUser TestKey)
    WinRemoveKeyFromFile(ConfigData Filename) WinRemoveKey(ConfigData) WinCheckKeyPermission(Filename CmdContext Account HomeDir)`,
  ),
];
