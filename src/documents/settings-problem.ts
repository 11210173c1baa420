/** What is wrong at one place of the settings. */
export interface SettingsProblem {
  /** Keys and list indexes that lead there. */
  keys: readonly (string | number)[];
  /** Names the place too; holds no secret. */
  message: string;
}

/** `services.credentialStores.local.0.passwords` */
export function renderKeys(keys: readonly (string | number)[]): string {
  return keys.join('.') || 'the file';
}
