import { conditionStep, type LibrarySteps, returnStep, statusStep } from './library-steps.ts';

const logOut: LibrarySteps[number] = { Disconnect: { ConnectionObjectName: 'TestConnectSsh' } };

function connect(login: string, secret: Readonly<Record<string, string>>): LibrarySteps[number] {
  return {
    Connect: {
      ConnectionObjectName: 'Global:TestConnectSsh',
      Type: 'Ssh',
      NetworkAddress: '%Address%',
      Port: '%Port::$22%',
      Login: login,
      ...secret,
      RequestTerminal: false,
      CheckHostKey: '%CheckHostKey::$true%',
      HostKey: '%HostKey::$%',
      Timeout: '%Timeout::$20%',
    },
  };
}

/** Of `TestLoginSsh`: what a login tells, without a terminal. Written from their interfaces. Source: specification e.2, e.3. */
export const testLoginBodies: Readonly<Record<string, LibrarySteps>> = {
  TestLoginSsh: [
    {
      Try: {
        Do: [connect('%AccountUserName%', { Password: '%AccountPassword::$%' }), logOut],
        Catch: [
          conditionStep(
            'Regex.IsMatch(Exception, "(?i)authentication")',
            [returnStep(false)],
            [{ Throw: { Value: '%Exception%' } }],
          ),
        ],
      },
    },
    returnStep(true),
  ],
  TestNewKey: [
    statusStep('Checking', 80, 'TestingKeyForServiceUser'),
    {
      Try: {
        Do: [connect('%TestUser%', { UserKey: '%TestKey%' }), logOut],
        Catch: [statusStep('Checking', 90, 'NewSshKeyTestFailed'), { Throw: { Value: '%Exception%' } }],
      },
    },
    returnStep(true),
  ],
};
