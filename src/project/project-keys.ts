/** The keys of plugin-host.yaml, in the order in which they are named, and whose they are. */
export const projectKeys = {
  python: 'common',
  proxyTimeout: 'sps',
  config: 'sps',
  environment: 'common',
  secrets: 'sps',
  legacyPython: 'sps',
  limits: 'common',
  services: 'sps',
  files: 'sps',
  faults: 'sps',
  backends: 'sps',
  matrix: 'sps',
  kvgroup: 'kvgroup',
  platform: 'platform',
  serve: 'serve',
  gateway: 'gateway',
  inspector: 'inspector',
} as const;

type ProjectKeys = typeof projectKeys;

/** Whoever reads a part of the file: all systems, or one. */
export type PartName = ProjectKeys[keyof ProjectKeys];

/** The keys of one part. */
export type KeyOf<Part extends PartName> = {
  [Key in keyof ProjectKeys]: ProjectKeys[Key] extends Part ? Key : never;
}[keyof ProjectKeys];
