import { library, type Library } from './library.ts';

/** Source: specification e.2; those that are emulated e.3. */
export const unixLibraries: readonly Library[] = [
  library('ResolveAssetName', 'ResolveAssetNameIfEmpty()', { sets: 'AssetName', isEmulated: true }),
  library(
    'LinuxSshLogin',
    `LoginSsh(UserName Password?:Secret LoginKey?:Secret UserDomain?) LogoutSsh() SetUpEnvironment()
    InitializeServiceAccountLoginVariables() VerifyDelegationPrefix() VerifyStringForInvalidCharacters(StringToVerify? InvalidCharacters)
    VerifyAccountPassword(InvalidCharacters) VerifyNewPassword(InvalidCharacters) VerifyFuncPassword(InvalidCharacters)
    VerifyAccountUserName(InvalidCharacters) VerifyEnablePassword(InvalidCharacters) VerifyFuncUserName(InvalidCharacters)
    VerifyOldSshKey(InvalidCharacters) VerifyNewSshKey(InvalidCharacters) VerifyNewSshKeyComment(InvalidCharacters)
    VerifyFuncUserNetBiosName(InvalidCharacters) VerifyDependentSshKey(InvalidCharacters) VerifyDependentSshKeyComment(InvalidCharacters)
    VerifyDependentSshPrivateKey(InvalidCharacters) VerifyDependentCommand(InvalidCharacters) VerifyCommandArguments(InvalidCharacters)
    VerifyFuncUserDomain(InvalidCharacters) VerifyDependentUsername(InvalidCharacters) VerifyDependentPassword(InvalidCharacters)
    VerifyUserDomain(InvalidCharacters) VerifyNetBiosName(InvalidCharacters) VerifyAdminGroupName(InvalidCharacters)`,
    { sets: 'ConnectSsh LoginCheckBuffer FlushBuffer LoginUserName LoginPassword', isEmulated: true },
  ),
  library(
    'LinuxSshFunctions',
    `ValidateAccount() ValidatePassword() ChangeUserPassword() ChangeAccountMode(AccountMode)
    ChangeAccountMembershipList(AccountMode Groups:Array Cmd) ChangeAccountMembership(AccountMode Group Cmd)`,
    { sets: 'SudoPassPrompt', isEmulated: true },
  ),
  library('DiscoverSshHostKey', 'DiscoverHostKeyForAsset()', { isEmulated: true }),
  library('TestLoginSsh', 'TestLoginSsh() TestNewKey(TestUser TestKey)', {
    sets: 'TestConnectSsh',
    isEmulated: true,
  }),
  library('ReturnOperationResultSsh', 'ReturnOperationResult()', { isEmulated: true }),
  library(
    'ChangeSshKeyCommon',
    `CheckKeyChangeRequired(OldKey NewKey Replace:Bool) CheckKeyVars()
    ConverseResponse(ConvDescription Line Expect ThrowOnMismatch PermissionErrorOnMismatch ReceiveCheck)
    Converse(ConvDescription Line Expect ThrowOnMismatch PermissionErrorOnMismatch ReceiveCheck)
    GetOptionalVariableFromResponse(ConvDescription Line ReplaceRegex? ThrowOnMismatch)
    GetVariableFromResponse(ConvDescription Line ReplaceRegex) InitUserVars() ExtractVariableFromLine(Desc Line:Secret ReplaceRegex)
    AssignSshKeyToShellVariable(Key Comment? ShellVariableName) EscapeSingleQuoteFromString(ThisString)
    ValidateBase64String(EncodedString)`,
  ),
  library(
    'UnixShellAuthorizedKeys',
    `LoginForOperation() InitTargetUser(Config) GetUserInfo(Config Platform) GetUsersKeystore(Config) GetSshdConfiguration(Config Platform)
    GetAuthKeys(Config) WriteDiscoveredAuthKeys(Config AuthKeys:Array) InitializeSshConfigData(Platform)
    UnixShellDiscoverAuthorizedKeys(Platform) UnixShellCheckAuthorizedKey(Platform) CheckAuthKey(Config AuthKeysDictionary OldSshKey)
    UnixGetRemoteClient(Config) CheckSshKeystorePermissions(Config Keystore) UnixShellRemoveAuthorizedKey(Platform)`,
  ),
  library(
    'UnixShellAuthorizedKeysOpenSsh',
    `RunSshdCommand(Desc Args SearchStr) GetSshdConfigurationOpenSsh(Config Platform) GetAuthCommandAndUserOpenSsh(Config)
    GetSshdConfigurationPathOpenSsh(Config Platform) GetKeystoreTemplateListOpenSsh(Config) GetUsersKeystoreListOpenSsh(Config)
    GetUsersKeystoreOpenSsh(Config Template) GetAuthKeysOpenSsh(Config) SplitAuthKeys(AuthKeys Filename)
    GetAuthKeysForOneKeystoreOpenSsh(Config Keystore) WriteDiscoveredAuthKeysOpenSsh(Keys) CheckSshKeyOpenSsh(AuthKeyDictionary OldSshKey)
    EvaluateMatchHostConfigurationOpenSsh(Config) CheckForDnsUsageConfig(Config) CheckForPublicKeyAuthConfig(Config)
    RemovePromptSymbolFromEnd(AuthKeys)`,
  ),
  library(
    'UnixShellChangeSshKey',
    'UnixCheckKeyActionRequired() SetPermissions(Desc Path IsFile Config) InitSshEnvironmentVars() UnixShellChangeSshKey(Platform)',
  ),
  library(
    'UnixShellChangeSshKeyOpenSsh',
    `CleanUpOpenSsh(Config Rollback) RemoveKeyOpenSsh(Config) ConfigureNewKeyOpenSsh(Config) IsOldKeyInOpenSshKeystore(Config)
    IsNewKeyInOpenSshKeystore(Config) CreateKeystoreDirOpenSsh(Config KeystoreAdd) CreateKeystoreFileOpenSsh(Config Keystore)
    BackupKeystoreOpenSsh(Config Keystore) AddKeyToKeystoreOpenSsh(Config Keystore) ChangeSshKeyOpenSsh(Platform)
    ReplaceKeyCommentOpenSsh(Config NewKeyWithOldComment NewKeyWithNewComment KeystoreToEdit)`,
  ),
  library('UnixShellDiscoverAccounts', 'RunCmd(Cmd ExpectRegex) DiscoverAccountsOnHost(Platform?)', {
    sets: 'SudoPassPrompt',
    isEmulated: true,
  }),
  library(
    'UnixShellSshFunctions',
    'ChangeAccountMembershipList(AccountMode Groups:Array) ChangeAccountMembership(AccountMode GroupList)',
  ),
  library(
    'UnixUpdateCustomDependency',
    `CheckForErrorsF5BigIp(rc Buffer ErrBuffer) CheckForErrors(rc:Int Buffer ErrBuffer) ParseError(rc Buffer ErrBuffer)
    UnixUpdateCustomDependency(Platform)`,
    { sets: 'ResolvedCommand', isEmulated: true },
  ),
];
