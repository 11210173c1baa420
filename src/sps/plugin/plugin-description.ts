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

/** What a plugin's class is like, as its child tells it before it is constructed. */
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
  /** When it stands on a base class of the SDK. */
  sdkClass?: SdkClass;
  /** Methods of an SDK class that are `async def`. */
  asyncSteps?: readonly string[];
  /** Where a constructor is written that does not take the configuration text. */
  construction?: Partial<Place>;
  /** What the text of the plugin tells; Python only. */
  syntax?: {
    /** Functions that have to return a verdict and have a way to their end without. */
    endings: readonly (Place & { name: string })[];
    /** Statements that are nothing but a verdict. */
    thrown: readonly Place[];
  };
}
