/** How the services fail: `faults:` of plugin-host.yaml. */
export interface Faults {
  /** All, or those named, do not answer. */
  ldapServers?: 'down' | string[];
  /** All, or those named, do not exist. */
  userLists?: 'missing' | string[];
  /** HTTP status of every query of the appliance's configuration. */
  rest?: 401 | 403 | 404 | 500;
  memoryCache?: 'away' | { slow: string | number };
  /** How far the plugin's clock is off: `+1h`, `-30m`. */
  clock?: string;
}
