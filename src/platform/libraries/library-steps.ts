/** Steps of a library's function, in the notation of scripts. */
export type LibrarySteps = readonly Readonly<Record<string, unknown>>[];

type Step = LibrarySteps[number];

export function statusStep(type: string, percent: number, name: string, ...parameters: string[]): Step {
  return { Status: { Type: type, Percent: percent, Message: { Name: name, Parameters: parameters } } };
}

export function returnStep(value: unknown): Step {
  return { Return: { Value: value } };
}

export function conditionStep(condition: string, then: LibrarySteps, otherwise?: LibrarySteps): Step {
  return { Condition: { If: condition, Then: { Do: then }, ...(otherwise && { Else: { Do: otherwise } }) } };
}

/** What is told when a host cannot be reached; the error goes on. */
export const connectFailed: LibrarySteps = [
  statusStep(
    'Connecting',
    95,
    'AssetConnectFailedWithReasonAndAddress',
    '%AssetName::$%',
    '%Address%',
    '%Exception::$%',
  ),
  { Throw: { Value: '%Exception%' } },
];
