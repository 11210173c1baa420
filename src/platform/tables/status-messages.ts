/** A message id of a `Status`, and what its parameters are. */
export interface StatusMessage {
  id: string;
  parameters: readonly string[];
}

/** Id, then its parameters in their order. Source: specification, appendix B. */
const table = `
AssetConnecting: address
AssetConnected: address
AssetConnectingWithAddress: asset, address
AssetTestingConnection: address
AssetTestingConnectionWithAddress: asset, address
AssetConnectFailedWithAddress: asset, address
AssetConnectFailedWithReason: address, reason
AssetConnectFailedWithReasonAndAddress: asset, address, reason
SystemLoginCheck: address
LoggingInToService: asset, account
LoggingInWithAccountFailed: asset, account
ConnectionFailed: asset, reason
FuncAccountLoginFailed: account
AccountLoginFailed: account
VerifyingPassword
PasswordCheckFailedLockedOrDisabled: asset, account
AccountLocked: account
AccountVerificationRequested: account, challenge
AccountHasLoginApprovalsEnabled: account
AccessRestricted: account
LookingUpUser: account
LookingUpGroup: group
ChangingPassword: account
CurrentAndNewPasswordsAreIdentical: account
AccountNotFound: account
AccountNotFoundOnly: account
InvalidPasswordForAccount: account
PasswordChangeFailed: account
PasswordFailedComplexity
PasswordTooShort: account
PasswordTooLong: account
PasswordTooWeak: account
InsufficientDelegationPrivileges: delegation prefix
InsufficientPrivilegesAccessPassword
InsufficientPrivilegesChangePassword
InsufficientPrivilegesToAccess: mode
GroupNotFound: group
DiscoveringAccounts: asset or address
DiscoverAccountsFiltering: address
DiscoveredAccounts: count, asset
DiscoveringServices
ExpectedResponseTimeout: expected marker
ExpectedResponseTimeoutWithPartialResults: expected marker
UnexpectedDataReceived: detail text
CheckSshKey: account, asset
DiscoveringAuthKeyFileTemplates: templates, asset
DiscoveringAuthKeyFiles: files
DiscoverKeyFile: file, account, asset
DiscoveredAuthKeys: count, file
TotalDiscoveredAuthKeys: count, account
InstallingSshKey
NoKeyToAdd
SshKeyConfiguredInFile: file
RemovingOldSshKey
NoKeyToRemove
TestingKeyForServiceUser
NewSshKeyTestFailed
EnablingAccount: account
DisablingAccount: account
ElevatingAccount: account, group
DemotingAccount: account, group
AccountMembershipElevated: account, group
AccountMembershipElevateFailed: account, group
AccountMembershipDemoted: account, group
AccountMembershipDemoteFailed: account, group
`;

/** The predefined message ids; the appliance knows more than are published. */
export const statusMessages: readonly StatusMessage[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [id = '', parameters] = line.split(': ');
    return { id, parameters: parameters === undefined ? [] : parameters.split(', ') };
  });

/** The types of a `Status`, compared without regard to case. Source: specification f.3. */
export const statusTypes: readonly string[] =
  `Unknown Success Failure Connecting Checking Changing PasswordMismatch SshHostKeyMismatch
ServiceChangePasswordSuccess ServiceChangePasswordFailure ServiceRestartSuccess ServiceRestartFailure TaskChangePasswordSuccess
TaskChangePasswordFailure Running Queued Finalizing Saving SshKeyMismatch Discovering Submitted Cancelled ApiKeyMismatch Skipped
FileMismatch`.split(/\s+/);
