/** Where something is defined. */
export interface Place {
  /** Absolute. */
  file: string;
  /** From 1, null when unknown. */
  line: number | null;
}

/** A class that is derived from one of the SDK's base classes, whose hooks call `do_…` methods of the plugin. */
export interface SdkClass {
  /** The methods that the SDK calls, by name. */
  methods: readonly string[];
  /** Public and protected methods of the plugin's own classes; null for what is not written in Python. */
  own: Readonly<Record<string, Place | null>>;
  /** Where the class is defined. */
  place: Place | null;
}
