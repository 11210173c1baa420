/** What a hook fetches from a store: a list of credentials of one kind. */
export interface CredentialKind {
  /** Key of the result that holds them. */
  key: 'passwords' | 'private_keys' | 'totp_codes';
  /** One of them, in words. */
  noun: string;
  /** Which part of a credential is secret; `all`: it consists of the secret. */
  secret: 'all' | SecretPart;
  /** Names of its fields, if it is a mapping. */
  fields: readonly string[];
}

export interface SecretPart {
  /** A malformed credential that is only a text may be the secret. */
  isText: boolean;
  isField: (name: string) => boolean;
}

export const passwords: CredentialKind = { key: 'passwords', noun: 'password', secret: 'all', fields: [] };

/** Pairs of type and key. */
export const privateKeys: CredentialKind = {
  key: 'private_keys',
  noun: 'key',
  secret: { isText: true, isField: (name) => name !== '0' && name !== 'type' },
  fields: [],
};

export const totpCodes: CredentialKind = {
  key: 'totp_codes',
  noun: 'code',
  secret: { isText: false, isField: (name) => name === 'code' },
  fields: ['unix_time', 'period', 'code'],
};

export const credentialKinds: readonly CredentialKind[] = [passwords, privateKeys, totpCodes];

/** What a hook fetches. */
export interface Fetched {
  kind: CredentialKind;
  /** SPS tries one after the other on the target. */
  isTried: boolean;
  /** An empty list does not mean the same as no list. */
  isEmptyMeant: boolean;
}

export function fetches(kind: CredentialKind, details: Partial<Fetched> = {}): Fetched {
  return { kind, isTried: false, isEmptyMeant: false, ...details };
}
