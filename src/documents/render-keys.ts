/** `services.credentialStores.local.0.passwords` */
export function renderKeys(keys: readonly (string | number)[]): string {
  return keys.join('.') || 'the file';
}
