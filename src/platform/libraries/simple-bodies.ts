/** Steps of a library's function, in the notation of scripts. */
export type Steps = readonly Readonly<Record<string, unknown>>[];

/** Of `ResolveAssetName`, `DiscoverSshHostKey`, `ReturnOperationResultSsh`. Written from their interfaces. Source: specification e.2, e.3. */
export const simpleBodies: Readonly<Record<string, Steps>> = {
  ResolveAssetNameIfEmpty: [
    {
      Condition: {
        If: 'string.IsNullOrEmpty(AssetName)',
        Then: { Do: [{ SetItem: { Name: 'AssetName', Value: '%Address%' } }] },
      },
    },
  ],
  DiscoverHostKeyForAsset: [
    {
      DiscoverSshHostKey: {
        HostKeyVariableName: 'DiscoveredHostKey',
        NetworkAddress: '%Address%',
        Port: '%Port%',
        Timeout: '%Timeout%',
      },
    },
    { WriteResponseObject: { Value: '%DiscoveredHostKey%' } },
    { Return: { Value: true } },
  ],
  ReturnOperationResult: [
    {
      Switch: {
        MatchValue: '%{ OperationResult.ToString().ToLower() }%',
        Cases: [
          { CaseValue: '^true$', Do: [{ Return: { Value: 'True' } }] },
          { CaseValue: '^false$', Do: [{ Return: { Value: 'False' } }] },
        ],
        DefaultCase: { Do: [{ Return: { Value: 'Error' } }] },
      },
    },
  ],
};
