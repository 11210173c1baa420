/** The emulated appliance. */
export interface Release {
  /** Plugin API, `major.minor`. */
  api: string;
  /** Product version, such as `9.0.0`. */
  spsVersion: string;
}

/** Newest published: SDK 1.9 is API 1.9, first shipped with 9 LTS. Source: sdk_versions.csv of the SDK repository. */
export const defaultRelease: Release = { api: '1.9', spsVersion: '9.0.0' };
