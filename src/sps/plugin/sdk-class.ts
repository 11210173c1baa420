/** Where something is written. */
export interface Place {
  /** Absolute. */
  file: string;
  /** From 1, null when unknown. */
  line: number | null;
}

/** A class on one of the SDK's bases, whose own hooks call `do_…` methods of the plugin. */
export interface SdkClass {
  /** The methods that the SDK calls, by name. */
  methods: readonly string[];
  /** Public and protected methods of the plugin's own classes; null for what is not written in Python. */
  own: Readonly<Record<string, Place | null>>;
  /** Where the class is written. */
  place: Place | null;
}
