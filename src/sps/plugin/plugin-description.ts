import type { Place, SdkClass } from './sdk-class.ts';

export interface HookDescription {
  /** Name and whether it has a default. */
  named: [string, boolean][];
  takesAll: boolean;
  file?: string;
  line?: number;
  /** `async def`; Python only. */
  isAsync?: boolean;
  /** First parameter of a method that is nothing but a function, empty when it has none; Python only. */
  first?: string;
}

/** What a plugin's class is like, as its child reports it before it is constructed. */
export interface PluginDescription {
  hooks: ReadonlyMap<string, HookDescription>;
  /** Public attributes of the class, and of an instance where one was made. */
  names: readonly string[];
  /** Version of the interpreter, `major.minor`; Python only. */
  python?: string | undefined;
  /** Version of the vendor's SDK, when the plugin imports it. */
  sdk?: string | undefined;
  /** How its constructor failed, when the class was constructed to look for hooks. */
  constructorFailure?: string | undefined;
  /** When it is derived from a base class of the SDK. */
  sdkClass?: SdkClass;
  /** Methods of an SDK class that are `async def`. */
  asyncSteps?: readonly string[];
  /** Where a constructor is defined that does not take the configuration text. */
  construction?: Partial<Place>;
  /** What the text of the plugin shows; Python only. */
  syntax?: {
    /** Functions that must return a verdict and can reach their end without one. */
    endings: readonly (Place & { name: string })[];
    /** Statements that consist of a verdict. */
    thrown: readonly Place[];
  };
}
