/** Something of a state folder that can be removed. Public: the JSON of `plugin-host clean`. */
export interface Removed {
  kind: 'session' | 'package' | 'environment' | 'leftover';
  /** Of a session its name, of a file what it is called in its folder. */
  name: string;
  bytes: number;
}

/** With the file or folder. */
export interface Removable extends Removed {
  file: string;
}
