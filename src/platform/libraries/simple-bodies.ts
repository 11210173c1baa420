import { conditionStep, connectFailed, type LibrarySteps, returnStep, statusStep } from './library-steps.ts';

/** Of `ResolveAssetName`, `DiscoverSshHostKey`, `ReturnOperationResultSsh`. Written from their interfaces. Source: specification e.2, e.3. */
export const simpleBodies: Readonly<Record<string, LibrarySteps>> = {
  ResolveAssetNameIfEmpty: [
    conditionStep('string.IsNullOrEmpty(%AssetName::$%)', [{ SetItem: { Name: 'AssetName', Value: '%Address%' } }]),
  ],
  DiscoverHostKeyForAsset: [
    statusStep('Connecting', 30, 'AssetConnectingWithAddress', '%AssetName::$%', '%Address%'),
    {
      Try: {
        Do: [
          {
            DiscoverSshHostKey: {
              HostKeyVariableName: 'HostKey',
              NetworkAddress: '%Address%',
              Port: '%Port::$22%',
              Timeout: '%Timeout::$20%',
            },
          },
          { WriteResponseObject: { Value: '%HostKey%' } },
        ],
        Catch: connectFailed,
      },
    },
  ],
  ReturnOperationResult: [
    {
      Switch: {
        MatchValue: '%OperationResult::$%',
        Cases: [
          { CaseValue: '(?i)^\\s*true\\s*$', Do: [returnStep('True')] },
          { CaseValue: '(?i)^\\s*false\\s*$', Do: [returnStep('False')] },
        ],
        DefaultCase: { Do: [returnStep('Error')] },
      },
    },
  ],
};
